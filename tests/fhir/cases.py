"""Real files that are not ours to ship, in the folder PRIOR_AUTH_CASES names."""

import os
from pathlib import Path

WITHOUT = "PRIOR_AUTH_CASES names no folder with these files"
CASES = Path(os.environ["PRIOR_AUTH_CASES"]) if os.environ.get("PRIOR_AUTH_CASES") else None


def files(pattern: str) -> list[Path]:
    """The files of a pattern, in order; none without the folder."""
    return sorted(CASES.glob(pattern)) if CASES else []
