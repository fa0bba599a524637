"""Who may do what: the table of roles, the groups that follow it, and giving roles to people."""

import json

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from homeward.core.errors import InputError
from homeward.web.accounts import permissions_sync
from homeward.web.accounts.actions import add_user, replace_roles
from homeward.web.accounts.models import User
from homeward.web.accounts.permissions_sync import check_role_permissions, synchronise_roles
from homeward.web.accounts.roles import ROLE_PERMISSIONS, Role
from homeward.web.journal.models import Entry
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db

R = Role
EVERYBODY = set(Role)
# Written apart from the table in the code, and the other way round: for each permission who has it.
EXPECTED: dict[str, set[Role]] = {
    "journal.view_record": EVERYBODY,
    "journal.view_journal": {R.ADMINISTRATOR, R.HISTORIAN, R.ENGAGEMENT_OFFICER, R.EXAMINER},
    "journal.verify_record": {R.ADMINISTRATOR, R.EXAMINER},
    "journal.export_record": {R.ADMINISTRATOR, R.HISTORIAN, R.ENGAGEMENT_OFFICER},
    "journal.import_record": {R.HISTORIAN},
    "sources.enter_sources": {R.ENGAGEMENT_OFFICER, R.HISTORIAN, R.RECOVERY_LEAD, R.FAMILY_LIAISON},
    "sources.keep_conflicts": {R.ENGAGEMENT_OFFICER, R.HISTORIAN},
    "sources.withdraw_sources": {R.ENGAGEMENT_OFFICER, R.HISTORIAN},
    "sources.view_family_documents": {R.FAMILY_LIAISON, R.EXAMINER, R.HISTORIAN},
    "sources.view_genetic_documents": {R.DNA_ANALYST, R.EXAMINER},
    "parties.keep_parties": {R.ENGAGEMENT_OFFICER, R.HISTORIAN},
    "places.keep_places": {R.ENGAGEMENT_OFFICER, R.HISTORIAN, R.RECOVERY_LEAD},
    "engagement.keep_engagement": {R.ENGAGEMENT_OFFICER},
    "engagement.keep_operations": {R.ENGAGEMENT_OFFICER, R.RECOVERY_LEAD},
    "engagement.keep_handovers": {R.ENGAGEMENT_OFFICER, R.EVIDENCE_CUSTODIAN, R.RECOVERY_LEAD},
    "casework.view_analysis": {R.DNA_ANALYST, R.EXAMINER, R.READER},
    "casework.add_analysis": {R.DNA_ANALYST},
    "accounts.view_user": {R.ADMINISTRATOR},
    "accounts.add_user": {R.ADMINISTRATOR},
    "accounts.change_user": {R.ADMINISTRATOR},
    "auth.view_group": {R.ADMINISTRATOR},
    "journal.import_decisions": {R.ADMINISTRATOR},
    "identity.keep_identifiers": {R.HISTORIAN, R.EVIDENCE_CUSTODIAN, R.ANTHROPOLOGIST},
    "roll.keep_roll": {R.HISTORIAN},
    "roll.view_families": {R.DNA_ANALYST, R.EXAMINER, R.FAMILY_LIAISON},
    "roll.keep_families": {R.FAMILY_LIAISON},
    "recovery.keep_recovery": {R.RECOVERY_LEAD},
    "remains.keep_remains": {R.RECOVERY_LEAD, R.EVIDENCE_CUSTODIAN, R.ANTHROPOLOGIST, R.DNA_ANALYST},
    "remains.keep_custody": {R.RECOVERY_LEAD, R.EVIDENCE_CUSTODIAN},
    "laboratory.view_profiles": {R.DNA_ANALYST, R.EXAMINER},
    "laboratory.keep_profiles": {R.DNA_ANALYST},
    "casework.view_cases": {R.ANTHROPOLOGIST, R.DNA_ANALYST, R.EXAMINER},
    "casework.keep_associations": {R.ANTHROPOLOGIST},
    "casework.prepare_identification": {R.ANTHROPOLOGIST, R.DNA_ANALYST},
    "casework.review_identification": {R.ANTHROPOLOGIST, R.DNA_ANALYST, R.EXAMINER},
    "casework.sign_identification": {R.EXAMINER},
    "casework.announce_identification": {R.EXAMINER, R.FAMILY_LIAISON},
    "casework.tell_family": {R.FAMILY_LIAISON},
}
INSTALLED = [name for name in EXPECTED if name.split(".")[0] in apps.app_configs]


@pytest.mark.parametrize("name", INSTALLED)
@pytest.mark.parametrize("role", Role)
def test_a_user_of_a_role_has_exactly_its_permissions(name, role):
    user = add_user("somebody", role, PASSWORD)
    assert User.objects.get(pk=user.pk).has_perm(name) == (role in EXPECTED[name])


def test_the_table_names_no_other_permission():
    assert set().union(*ROLE_PERMISSIONS.values()) == set(EXPECTED)


def test_no_group_has_a_permission_that_the_table_does_not_name():
    given = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Permission.objects.filter(group__isnull=False).select_related("content_type")
    }
    assert given <= set(EXPECTED)


def test_nobody_may_delete_anything():
    assert not Permission.objects.filter(group__isnull=False, codename__startswith="delete_").exists()


def test_several_roles_add_up():
    add_user("somebody", [Role.FAMILY_LIAISON, Role.DNA_ANALYST], PASSWORD)
    user = User.objects.get(username="somebody")
    assert user.roles == [Role.DNA_ANALYST, Role.FAMILY_LIAISON]
    assert user.has_perm("casework.add_analysis")
    assert user.has_perm("journal.view_record")
    assert not user.is_staff


def test_every_role_says_what_it_is_for():
    assert len({role.purpose for role in Role}) == len(Role)


def test_a_migration_gives_back_what_a_role_has_lost_and_takes_what_it_should_not_have():
    reader = Group.objects.get(name="Reader")
    reader.permissions.set(Permission.objects.filter(codename="add_analysis"))
    Group.objects.get(name="Examiner").delete()
    call_command("migrate", verbosity=0)
    assert set(reader.permissions.values_list("codename", flat=True)) == {
        name.split(".")[1] for name in INSTALLED if Role.READER in EXPECTED[name]
    }
    assert Group.objects.get(name="Examiner").permissions.exists()


def test_synchronising_again_writes_nothing(django_assert_max_num_queries):
    before = sorted(Group.permissions.through.objects.values_list("pk", "group_id", "permission_id"))
    with django_assert_max_num_queries(50) as queries:
        synchronise_roles(using="default")
    assert not [query for query in queries if query["sql"].split()[0] in ("INSERT", "DELETE", "UPDATE")]
    assert sorted(Group.permissions.through.objects.values_list("pk", "group_id", "permission_id")) == before


def test_synchronising_leaves_other_groups_alone():
    others = Group.objects.create(name="Guests of the archive")
    others.permissions.set(Permission.objects.filter(codename="view_analysis"))
    synchronise_roles(using="default")
    assert others.permissions.count() == 1


def test_a_role_with_a_permission_that_an_installed_app_lacks_is_reported(monkeypatch):
    table = {Role.READER: frozenset({"casework.view_analysis", "casework.bend_spoons", "elsewhere.view_moon"})}
    monkeypatch.setattr(permissions_sync, "ROLE_PERMISSIONS", table)
    errors = check_role_permissions(None)
    assert [(error.id, "casework.bend_spoons" in error.msg) for error in errors] == [("accounts.E001", True)]


def test_the_table_of_roles_passes_its_check():
    assert check_role_permissions(None) == []


def test_roles_are_replaced_and_the_change_is_written_down_once(reader, analyst):
    replace_roles("reader", [Role.HISTORIAN, Role.EXAMINER], by=analyst)
    assert User.objects.get(username="reader").roles == [Role.HISTORIAN, Role.EXAMINER]
    lines = Entry.objects.filter(noun="user", code="reader", action="user.roles-replaced")
    assert [json.loads(line.after)["detail"] for line in lines] == ["Historian, Examiner"]
    assert [line.by for line in lines] == [analyst]


def test_administrators_and_nobody_else_enter_the_pages_of_django():
    add_user("admin", Role.ADMINISTRATOR, PASSWORD)
    assert User.objects.get(username="admin").is_staff
    replace_roles("admin", [Role.READER])
    assert not User.objects.get(username="admin").is_staff
    assert not User.objects.filter(is_superuser=True).exists()


def test_roles_for_nobody_are_refused():
    with pytest.raises(InputError, match="no user of this name"):
        replace_roles("nobody", [Role.READER])


def test_an_administrator_sees_no_analysis(client, analysis):
    client.force_login(add_user("admin", Role.ADMINISTRATOR, PASSWORD))
    assert client.get(f"/analyses/{analysis.public_id}/").status_code == 404
