"""FHIR software of others, in an environment of its own (``.ci/fhir``), and what it serves."""

import subprocess
from functools import cache
from pathlib import Path

REPO = Path(__file__).parents[2]
REASON = "the FHIR server and its company are not installed: run .ci/fhir"


@cache
def home() -> Path:
    """The folder they are in, installed or not."""
    told = subprocess.run([REPO / ".ci/fhir", "where"], capture_output=True, text=True, check=True)
    return Path(told.stdout.strip())


def installed() -> bool:
    """Whether they are there."""
    return (home() / ".ready").is_file()
