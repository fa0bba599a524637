"""Signed heads: whoever keeps one sees when the journal was cut short, written anew, or is another."""

import json
import stat
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from homeward.core.errors import InputError
from homeward.web.journal.chain import Line, append
from homeward.web.journal.heads import (
    KEY_NAME,
    SignedHead,
    check_head,
    current_head,
    public_pem,
    read_head,
    read_public_key,
    sign,
    signing_key,
)
from homeward.web.journal.models import Entry
from homeward.web.journal.verification import verify_record
from tests.web.record_rows import enter_ground, keep, party
from tests.web.unguarded import attack, unguarded


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture
def signed(officer, key) -> SignedHead:
    """The head of a small journal, which ends with the line of a document."""
    enter_ground(officer)
    return sign(current_head(), key)


def problem(signed: SignedHead, key: Ed25519PrivateKey) -> str:
    [found] = check_head(signed, key.public_key(), where="head.json")
    assert found.where == "head.json"
    return found.what


def holds(signed: SignedHead, key: Ed25519PrivateKey | None = None) -> bool:
    return check_head(signed, None if key is None else key.public_key(), where="head.json") == []


def test_a_head_says_which_line_was_the_last_and_of_which_journal(signed):
    first, last = Entry.objects.first(), Entry.objects.last()
    assert (signed.head.record, signed.head.number, signed.head.digest) == (first.digest, last.number, last.digest)


def test_a_head_holds_when_it_is_taken_and_after_more_was_written(signed, key, officer):
    assert holds(signed, key)
    keep(party("west"), by=officer)
    assert holds(signed, key)


def test_a_journal_cut_short_is_found_through_a_head(signed, key, officer):
    keep(party("west"), by=officer)
    later = sign(current_head(), key)
    with unguarded() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE number = %s", [later.head.number])
        cursor.execute("DELETE FROM parties_party WHERE code = 'west'")
    assert verify_record().holds
    assert holds(signed, key)
    number = later.head.number
    assert f"This head is line {number}, and the journal here ends at line {number - 1}" in problem(later, key)


def test_a_journal_written_anew_from_some_line_is_found_through_a_head(signed, key, officer):
    attack("DELETE FROM journal_entry WHERE number = %s", signed.head.number)
    attack("DELETE FROM search_indexed")
    attack("DELETE FROM sources_document")
    append([Line("party.amended", "other", "x")], by=officer)
    assert verify_record().holds
    assert f"Line {signed.head.number} is not the line that was signed" in problem(signed, key)


def test_another_journal_is_found_through_a_head(signed, key, officer):
    with unguarded() as cursor:
        for table in ("journal_entry", "search_indexed", "sources_document", "parties_party"):
            cursor.execute(f"DELETE FROM {table}")
    enter_ground(officer)
    assert verify_record().holds
    assert "This head was taken of another record" in problem(signed, key)


def test_an_emptied_journal_is_found_through_a_head(signed, key):
    with unguarded() as cursor:
        for table in ("journal_entry", "search_indexed", "sources_document", "parties_party"):
            cursor.execute(f"DELETE FROM {table}")
    assert verify_record().holds
    assert "another record" in problem(signed, key)


@pytest.mark.parametrize("change", [{"number": 2}, {"digest": "0" * 64}, {"record": "0" * 64}, {"at": "2018-07-12"}])
def test_a_head_altered_after_it_was_signed_is_refused(signed, key, change):
    assert "The signature of this head is not good" in problem(
        replace(signed, head=replace(signed.head, **change)), key
    )


def test_a_head_signed_by_somebody_else_is_refused_by_who_kept_the_key(signed, key):
    forged = sign(signed.head, Ed25519PrivateKey.generate())
    assert holds(forged)
    assert "signed with another key" in problem(forged, key)


def test_a_head_with_the_right_key_and_another_signature_is_refused(signed, key):
    forged = sign(signed.head, Ed25519PrivateKey.generate())
    assert "signature" in problem(replace(forged, public_key=signed.public_key), key)


def test_an_altered_last_line_is_not_signed(signed):
    attack("UPDATE journal_entry SET why = 'x' WHERE number = %s", signed.head.number)
    with pytest.raises(InputError, match="is not signed"):
        current_head()


def test_an_empty_journal_has_no_head(db):
    with pytest.raises(InputError, match="Nothing was written"):
        current_head()


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    first = signing_key(tmp_path)
    assert public_pem(signing_key(tmp_path).public_key()) == public_pem(first.public_key())
    assert stat.S_IMODE((tmp_path / KEY_NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_holds_no_key_is_refused(tmp_path, content):
    (tmp_path / KEY_NAME).write_text(content)
    with pytest.raises(InputError, match="does not hold the key"):
        signing_key(tmp_path)
    (tmp_path / "public.pem").write_text(content)
    with pytest.raises(InputError, match="not an Ed25519 public key"):
        read_public_key(tmp_path / "public.pem")


def test_a_head_and_a_key_come_back_from_their_files_as_they_were(tmp_path, signed, key):
    (tmp_path / "head.json").write_text(json.dumps(signed.as_json()))
    (tmp_path / "public.pem").write_text(signed.public_key)
    assert read_head(tmp_path / "head.json") == signed
    assert read_public_key(tmp_path / "public.pem") == key.public_key()


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"head": 1}', '{"head": {"record": "x", "number": "many", "digest": "", "at": ""}}', "\ud83d"],
)
def test_a_file_that_is_no_head_is_refused(tmp_path, content):
    (tmp_path / "head.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError, match=r"not a head|cannot be read"):
        read_head(tmp_path / "head.json")


def test_a_head_without_a_usable_key_or_signature_is_refused(tmp_path, signed):
    for name, value in (("public_key", "none"), ("signature", "none")):
        (tmp_path / "head.json").write_text(json.dumps({**signed.as_json(), name: value}))
        with pytest.raises(InputError):
            read_head(tmp_path / "head.json")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_head(tmp_path / "none.json")
