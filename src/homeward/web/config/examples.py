"""Recording the worked examples that come with the software.

A module of its own: it loads the software for casework, which most commands do without.
"""

from __future__ import annotations

from importlib.resources import as_file, files

from homeward.core.errors import InputError, Problem
from homeward.web.accounts.models import User
from homeward.web.bundle.importing import IMPORT_DECISIONS, already_imported, import_bundle
from homeward.web.casework.actions import record_analysis
from homeward.web.config.preparation import FIRST_USER

BUNDLES = {
    "korean_war_record": "The Korean War record, 1950 to 2025, from public sources",
    "worked_books": "Two books for practice: real containers, made-up people, families, bones and profiles",
}
"""The folders of the bundles, in the order in which they rest on each other, and what they are."""
NEEDED = ("casework.add_analysis", "journal.import_record", IMPORT_DECISIONS, "roll.view_families")


def record_examples() -> list[str]:
    """Record the worked examples that come with the software, as the first user; return what they are.

    The Korean War record is true as far as its sources are; so are the containers of the two books, and all people and
    bones behind them are made up, as is the case. What was recorded before is left as it is.

    Raises
    ------
    InputError
        The first user may no longer record them.
    """
    user = User.objects.get(username=FIRST_USER)
    if not user.has_perms(NEEDED):
        raise InputError(
            Problem(
                what="The worked examples are recorded as this user, who may no longer record them.",
                where=f"user {FIRST_USER}",
                fix="Run 'homeward init --no-example'.",
            )
        )
    examples = files("homeward") / "examples"
    for name in BUNDLES:
        with as_file(examples / name) as bundle:
            if not already_imported(bundle):
                import_bundle(bundle, by=user, why="A worked example that comes with the software.")
    with as_file(examples / "worked_case") as case:
        analysis = record_analysis(case, by=user)
    return [*BUNDLES.values(), f"A made-up case: {analysis.title}"]
