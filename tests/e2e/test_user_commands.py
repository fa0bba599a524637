"""The commands that look after users, run as people run them."""

import json


def as_json(record, *arguments: str) -> dict:
    done = record.run("user", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_user_can_have_several_roles_and_others_later(record):
    added = as_json(record, "add", "maria", "--role", "historian", "--role", "family liaison")
    assert added["user"]["roles"] == ["Historian", "Family liaison"]
    assert added["password"]
    assert as_json(record, "roles", "maria", "--role", "examiner")["user"]["roles"] == ["Examiner"]
    said = record.run("user", "roles", "maria", "--role", "reader", "--role", "examiner").stdout
    assert said == "maria is now Examiner, Reader.\n"


def test_users_are_listed_with_roles_and_protection_and_without_anything_secret(record):
    password = as_json(record, "add", "ines", "--role", "anthropologist")["password"]
    listed = record.run("user", "list").stdout
    assert "ines: Anthropologist. Signs in by password." in listed
    [found] = [user for user in as_json(record, "list")["users"] if user["name"] == "ines"]
    assert (found["active"], found["second_factors"], found["tokens"]) == (True, [], 0)
    assert password not in listed


def test_a_token_is_made_and_still_counts_after_a_new_password(record):
    as_json(record, "add", "pavel", "--role", "reader")
    made = as_json(record, "token", "pavel", "--name", "notebook", "--days", "7")
    assert made["secret"].startswith(made["token"]["prefix"])
    assert made["token"]["scope"] == "read"
    written = record.run("user", "token", "pavel", "--name", "robot", "--write").stdout
    assert "Made the token robot for pavel: read and change, until" in written
    assert "API tokens that still work: 2" in record.run("user", "password", "pavel").stdout


def test_problems_with_a_token_are_told_at_once(record):
    as_json(record, "add", "olga", "--role", "reader")
    refused = record.run("user", "token", "olga", "--name", "", "--days", "1000")
    assert refused.returncode == 2
    assert "2 problems; nothing was written." in refused.stderr
    assert as_json(record, "list")["users"]


def test_second_factors_of_a_user_are_removed(record):
    as_json(record, "add", "amina", "--role", "reader")
    assert as_json(record, "reset-mfa", "amina")["user"]["second_factors"] == []
    said = record.run("user", "reset-mfa", "amina").stdout
    assert said.startswith("amina signs in by password alone now.")


def test_nobody_is_changed_when_there_is_no_such_user(record):
    for arguments in (["roles", "nobody", "--role", "reader"], ["reset-mfa", "nobody"], ["password", "nobody"]):
        refused = record.run("user", *arguments)
        assert refused.returncode == 2
        assert "There is no user of this name." in refused.stderr
