"""Recording the worked examples that come with the software.

A module of its own: it loads the software for casework, which most commands do without.
"""

from __future__ import annotations

from importlib.resources import as_file, files

from homeward.core.errors import InputError, Problem
from homeward.web.accounts.models import User
from homeward.web.bundle.importing import already_imported, import_bundle
from homeward.web.casework.actions import record_analysis
from homeward.web.config.preparation import FIRST_USER


def record_examples() -> list[str]:
    """Record the two worked examples that come with the software, as the first user; return what they are.

    One is the Korean War record, which is true as far as its sources are; the other is a made-up case. What was
    recorded before is left as it is.

    Raises
    ------
    InputError
        The first user may no longer record them.
    """
    user = User.objects.get(username=FIRST_USER)
    if not (user.has_perm("casework.add_analysis") and user.has_perm("journal.import_record")):
        raise InputError(
            Problem(
                what="The worked examples are recorded as this user, who may no longer record them.",
                where=f"user {FIRST_USER}",
                fix="Run 'homeward init --no-example'.",
            )
        )
    examples = files("homeward") / "examples"
    with as_file(examples / "korean_war_record") as bundle:
        if not already_imported(bundle):
            import_bundle(bundle, by=user, why="The worked example that comes with the software.")
    with as_file(examples / "worked_case") as case:
        analysis = record_analysis(case, by=user)
    return ["The Korean War record, 1950 to 2025, from public sources", f"A made-up case: {analysis.title}"]
