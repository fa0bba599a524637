"""Time and peak memory of counting and of grouping bones, and how well grouping finds people that are known.

    python -m benchmarks.bones_numbers

Each job runs in a process of its own. Made-up bones with a fixed seed: `tests/unit/osteology/grouping/commingled.py`.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

TARGET_SECONDS = 10.0
TARGET_BONES = 2000
GROUPED = {
    "250 bones": "group(16)",
    "500 bones": "group(33)",
    "1,000 bones": "group(66)",
    "2,000 bones": "group(132)",
    "4,000 bones": "group(265)",
    "1,000 bones, five measurements": "group(66, n_measurements=5)",
    "2,000 bones, five measurements": "group(132, n_measurements=5)",
    "2,000 bones, strong DNA of 40 %": "group(132, dna=0.4)",
}
COUNTED = {
    "10,000 fragments in 10 boxes": "count(1500)",
    "100,000 fragments in 10 boxes": "count(15000)",
}


def group(n_people: int, **options: float) -> dict[str, object]:
    """Group the bones of so many people."""
    import numpy as np
    from tests.unit.osteology.grouping.commingled import commingled
    from tests.unit.osteology.grouping.divisions import adjusted_rand_index

    from homeward.osteology.grouping.individuals import group_specimens

    inventory, evidence, truth = commingled(np.random.default_rng(8), n_people, **options)  # type: ignore[arg-type]
    start = time.perf_counter()
    found = group_specimens(inventory, evidence)
    seconds = time.perf_counter() - start
    pairs = len({frozenset((one.a, one.b)) for one in evidence})
    share = found.log10_lr / found.upper_bound
    quality = "exact" if found.is_exact else f"{share:.1%} of the bound"
    agreement = adjusted_rand_index(truth, found.group_of())
    return {
        "seconds": seconds,
        "n": len(inventory),
        "words": f"{len(inventory):,} bones, {pairs:,} pairs; {quality}; "
        f"{len(found.groups)} groups, MNI {found.minimum.value}, {n_people} people; adjusted Rand {agreement:.2f}",
    }


def count(n_people: int) -> dict[str, object]:
    """Count the fragments of so many people, box by box."""
    import numpy as np
    from tests.unit.osteology.assemblages import simulated

    from homeward.osteology.counting import count_inventory
    from homeward.osteology.inventory import Inventory, choose_inventory

    made, _, _ = simulated(np.random.default_rng(9), n_people, recovery=0.4, fragments=True)
    boxes = tuple(str(i % 10) for i in range(len(made)))
    inventory = Inventory(made.ids, made.elements, made.sides, made.zones, made.age_classes, {"box": boxes})
    assert len(choose_inventory(inventory, [0])) == 1
    start = time.perf_counter()
    found = count_inventory(inventory, pairs=[], by=["box"])
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "n": 0, "words": f"{len(inventory):,} fragments; MNI {found.minimum.value:,}"}


def main(arguments: list[str]) -> None:
    if arguments:
        result = eval(arguments[0])
        print(json.dumps(result | {"mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
        return
    missed = []
    for name, expression in (GROUPED | COUNTED).items():
        command = [sys.executable, "-m", "benchmarks.bones_numbers", expression]
        found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        print(f"{name:<40} {found['seconds']:>7.2f} s {found['mib']:>5.0f} MiB  {found['words']}", flush=True)
        if expression.startswith("group") and found["n"] <= TARGET_BONES * 1.05 and found["seconds"] > TARGET_SECONDS:
            missed.append(name)
    if missed:
        sys.exit(f"Slower than {TARGET_SECONDS:g} s: {', '.join(missed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
