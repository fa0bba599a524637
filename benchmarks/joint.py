"""Time and peak memory of resolving simulated cases of growing size.

    python -m benchmarks.joint

Each case runs in a process of its own. Made-up data: gene dropping with a fixed seed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter

from benchmarks.measuring import peak_mib

CASES = {
    "20 families, 20 samples": "siblings_and_children(20)",
    "60 families, 60 samples": "siblings_and_children(60)",
    "200 families, 200 samples": "siblings_and_children(200)",
    "16 weak families, 16 strangers": "cousins_and_strangers(n_families=16)",
    "40 weak families, 40 strangers": "cousins_and_strangers(n_families=40)",
    "one family, 6 missing, no mutation": "one_large_family(6, rate=0.0)",
    "one family, 8 missing, no mutation": "one_large_family(8, rate=0.0)",
    "one family, 5 missing, mutation": "one_large_family(5, rate=0.001)",
    "one family, 6 missing, mutation": "one_large_family(6, rate=0.001)",
    "one family, 7 missing, mutation": "one_large_family(7, rate=0.001)",
}


def measure(expression: str) -> dict[str, object]:
    """Resolve one case and say how long it took, how good the posterior is and what came out."""
    from tests import simulated

    from homeward.identification.resolve import resolve

    case = eval(expression, vars(simulated))
    start = time.perf_counter()
    resolution = resolve(case)
    seconds = time.perf_counter() - start
    return {
        "seconds": seconds,
        "mib": peak_mib(),
        "quality": resolution.joint.quality.value,
        "error": f"{resolution.joint.error:.1e}",
        "verdicts": dict(Counter(c.verdict.value for c in resolution.conclusions if c.about == "missing")),
    }


def main(arguments: list[str]) -> None:
    if arguments:
        print(json.dumps(measure(arguments[0])))
        return
    print(f"{'case':<36} {'time':>9} {'memory':>9}  posterior")
    for name, expression in CASES.items():
        command = [sys.executable, "-m", "benchmarks.joint", expression]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found = json.loads(done.stdout)
        verdicts = ", ".join(f"{n} {verdict}" for verdict, n in found["verdicts"].items())
        print(
            f"{name:<36} {found['seconds']:>7.2f} s {found['mib']:>5.0f} MiB"
            f"  {found['quality']} ({found['error']}): {verdicts}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
