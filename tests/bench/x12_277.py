"""``parse-277`` on 10,000 claims beside x12sdk: CPU time, best of five, both in one run."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from nodes.parse_277 import Parse277Request, parse_277
from tests.nodes.x12_text import wrapped

CLAIMS = 10_000
ROOT = Path(__file__).parents[2]
STATUSES = ("P3:317", "F0:3", "F2:88:QC", "A1:20")
PEER = """
import json, resource, sys, time
from x12sdk.io import X12ModelReader
text = sys.stdin.read()
spent = []
for _ in range(5):
    began = time.process_time()
    with X12ModelReader(text) as reader:
        assert len(list(reader.models())) == 1
    spent.append(time.process_time() - began)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([min(spent), peak]))
"""


def document(claims: int = CLAIMS) -> str:
    """Answers to status requests: eight segments a claim, some 1.8 MB for 10,000."""
    segments = [
        "BHT*0010*08*277X212*20261116*0810*DG",
        "HL*1**20*1",
        "NM1*PR*2*SANDBOX HEALTH PLAN*****PI*SBXHP01",
        "HL*2*1*21*1",
        "NM1*41*2*RIVERBEND*****46*RIVERBEND",
        "HL*3*2*19*1",
        "NM1*1P*2*RIVERBEND SPINE*****XX*9000000031",
    ]
    for place in range(claims):
        segments += [
            f"HL*{place + 4}*3*22*0",
            f"NM1*IL*1*SMITH{place % 977}*FRED****MI*{100_000_000 + place}A",
            f"TRN*2*TRACE{place}",
            f"STC*{STATUSES[place % 4]}*202611{place % 28 + 1:02d}**{100 + place / 10:.2f}*0",
            f"REF*1K*0534{place:07d}",
            "REF*BLT*111",
            f"REF*EJ*SM{place:06d}",
            "DTP*472*RD8*20260831-20260906",
        ]
    return wrapped(*segments, kind="277", guide="005010X212", group="HN")


def ours(text: str) -> tuple[float, int]:
    """Seconds from text to response, and the process's peak in MB."""
    request = Parse277Request(edi=text)
    spent = []
    for _ in range(5):
        began = time.process_time()
        assert len(parse_277(request).claims) == CLAIMS
        spent.append(time.process_time() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return min(spent), peak


def run(command: list[str], text: str) -> tuple[float, int]:
    """The same in a process of its own."""
    answer = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    seconds, peak = json.loads(answer.stdout.splitlines()[-1])
    return seconds, peak


def report() -> None:
    """Print both, as segments a second, and the ratio."""
    oracles = subprocess.run([ROOT / ".ci/oracles"], capture_output=True, text=True, check=True)
    peer = Path(oracles.stdout.strip()) / "python/bin/python"
    text = document()
    count = text.count("~")
    measured = {
        "parse-277": run([sys.executable, "-m", "tests.bench.x12_277"], text),
        "x12sdk models": run([str(peer), "-c", PEER], text),
    }
    print(
        f"277 with {CLAIMS:,} claims, {count:,} segments, {len(text) / 1e6:.1f} MB, text to models"
    )
    for name, (seconds, peak) in measured.items():
        print(f"  {name:16}{count / seconds:12,.0f} segments/s {seconds:8.2f} s {peak:6} MB peak")
    ratio = measured["x12sdk models"][0] / measured["parse-277"][0]
    print(f"  parse-277 is {ratio:.1f} times as fast (wanted: 10)")


if __name__ == "__main__":
    print(json.dumps(ours(sys.stdin.read())))
