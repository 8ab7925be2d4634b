"""Jobs that read nothing: what the box itself costs and where it ends is measured with them."""

import subprocess
from collections.abc import Mapping, Sequence
from time import sleep
from typing import Any

PROGRAM = ("sleep", "600")


def count(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[int, Sequence[bytes]]:
    """Count the document's bytes."""
    return len(data), ()


def spend(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[str, Sequence[bytes]]:
    """Spend without end what is named: time, processor, memory, or time with a program running."""
    held: list[bytes] = []
    if options["what"] == "program":
        subprocess.Popen(PROGRAM)
    while options["what"] != "memory":
        if options["what"] != "processor":
            sleep(1)
    while True:
        held.append(bytes(1 << 20))
