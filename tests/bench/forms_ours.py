"""Our filler under the same clock as the others: in a process of its own, from file to file."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import process_time

from nodes.pdf.filling.fill import fill


def fill_ours(
    told: Path, form: Path, target: Path, rounds: int, *, flatten: bool
) -> dict[str, float]:
    """Fill in a process of its own; its median CPU milliseconds and peak memory."""
    command = [sys.executable, "-m", "tests.bench.forms_ours", told, form, target, rounds, flatten]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def main() -> None:
    """Fill as often as asked."""
    told, form, target, rounds, flatten = sys.argv[1:]
    plan, took = json.loads(Path(told).read_text()), []
    for _ in range(int(rounds)):
        began = process_time()
        values = plan["texts"] | plan["boxes"]
        done = fill(Path(form).read_bytes(), values, flatten=flatten == "True", title="Filled")
        Path(target).write_bytes(done.pdf)
        took.append((process_time() - began) * 1000)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"ms": median(took), "mb": memory}))


if __name__ == "__main__":
    main()
