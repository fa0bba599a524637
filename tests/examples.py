"""How many examples a test of a property takes: all that it asks for where CI is set, fewer at a desk."""

import os

FEWEST = 20


def examples(n: int) -> int:
    """Return n in a thorough run (CI=true, as .ci/run sets it), and otherwise a third of it, but no fewer than 20."""
    return n if os.environ.get("CI") == "true" else max(FEWEST, n // 3)
