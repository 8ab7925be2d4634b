"""X12 readers of others, in environments of their own (``.ci/oracles``), asked by subprocess."""

import json
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
REASON = "the other X12 readers are not installed: run .ci/oracles"


@cache
def home() -> Path:
    """The folder they are in, installed or not."""
    script = HERE.parents[1] / ".ci" / "oracles"
    told = subprocess.run([script, "where"], capture_output=True, text=True, check=True)
    return Path(told.stdout.strip())


def installed() -> bool:
    """Whether they are there."""
    return (home() / ".ready").is_file()


def x12_parser(files: Iterable[Path]) -> list[list[dict[str, str]]]:
    """The segments of each file as npm's x12-parser sees them."""
    return _asked([home() / "node", HERE / "x12_parser.cjs", home() / "npm", *files])


def ansi_x12(files: Iterable[Path]) -> list[dict[str, object]]:
    """The segments of each file and what ansi-x12 says of its envelopes."""
    return _asked([home() / "python/bin/python", HERE / "ansi_envelopes.py", *files])


def _asked(command: list[object]) -> list:
    told = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in told.stdout.splitlines()]
