"""Real files that are not ours to ship, in the folder that PRIOR_AUTH_CASES names."""

import os
from pathlib import Path

import pytest


def case(path: str) -> Path:
    """A file of that folder; the test is skipped where it is not there."""
    folder = os.environ.get("PRIOR_AUTH_CASES")
    if not folder or not Path(folder, path).exists():
        pytest.skip(f"PRIOR_AUTH_CASES names no folder with {path} in it")
    return Path(folder, path)
