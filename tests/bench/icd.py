"""Finding ICD-10-CM codes: ours beside simple-icd-10-cm in its own environment, time and memory.

That package looks codes up and has no search by words; what is compared is what must be paid
before the first answer, and looking one code up. Ours is measured in a fresh process too.
"""

import json
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
MEMORY_MB, SEARCH_MS = 60, 10
RSS = """
def rss():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6
"""
OURS = (
    """
import json, resource, sys, time
import nodes.audit, nodes.chart, nodes.datafile
"""
    + RSS
    + """
texts = json.load(sys.stdin)
before, began = rss(), time.process_time()
from nodes.coding.icd10cm import shipped
from nodes.coding.leaf import suggestions
suggestions("right knee pain")
ready = time.process_time() - began
times = []
for text in texts:
    began = time.process_time()
    suggestions(text)
    times.append(time.process_time() - began)
times.sort()
began = time.process_time()
for _ in range(1000):
    shipped().find("S52.501A")
look = time.process_time() - began
print(json.dumps({"ready": ready, "mb": rss() - before, "look_us": look * 1000,
                  "p50": times[len(times) // 2] * 1e3, "p95": times[int(len(times) * .95)] * 1e3}))
"""
)
THEIRS = (
    """
import json, resource, time
"""
    + RSS
    + """
before, began = rss(), time.process_time()
import simple_icd_10_cm as codes
codes.get_description("M54.16")
ready = time.process_time() - began
began = time.process_time()
for _ in range(1000):
    codes.get_description("S52.501A")
look = time.process_time() - began
print(json.dumps({"ready": ready, "mb": rss() - before, "look_us": look * 1000}))
"""
)


def run(python: str, script: str, said: str = "") -> dict[str, float]:
    """Run a script in a fresh process and read its figures."""
    done = subprocess.run(
        [python, "-c", script], input=said, check=True, capture_output=True, text=True, cwd=ROOT
    )
    return json.loads(done.stdout)


def texts() -> list[str]:
    """The short wordings of the evaluation set."""
    told = yaml.safe_load((ROOT / "tests/evals/suggest-codes.yaml").read_text())
    return [one["request"]["text"] for one in told["cases"] if "code" in one["expect"]]


def report() -> None:
    """Print the table."""
    ours = run(sys.executable, OURS, json.dumps(texts()))
    python = subprocess.run(
        [".ci/icd10cm", "python"], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout.strip()
    theirs = run(python, THEIRS)
    print("\nICD-10-CM codes, CPU time in a fresh process")
    print(f"{'':<26}{'first answer, s':>16}{'memory, MB':>12}{'look-up, us':>13}")
    for name, one in (("simple-icd-10-cm", theirs), ("ours", ours)):
        print(f"{name:<26}{one['ready']:>16.2f}{one['mb']:>12.1f}{one['look_us']:>13.1f}")
    print(f"search by words (ours alone): p50 {ours['p50']:.1f} ms, p95 {ours['p95']:.1f} ms")
    assert ours["mb"] < MEMORY_MB, "the code table takes too much memory"
    assert ours["p95"] < SEARCH_MS, "searching for codes is too slow"


if __name__ == "__main__":
    report()
