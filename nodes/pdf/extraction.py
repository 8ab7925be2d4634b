"""The program that reads a PDF's text layer in a process of its own: see ``nodes.pdf.reading``.

A PDF on standard input becomes ``{"pages": [text, ...], "hidden": [text, ...]}`` or
``{"problem": words}`` on standard output, ``{"excess": words}`` where there is more than it reads.
It is run by path, so that it needs nothing of the server's but pypdf.
"""

import io
import json
import logging
import resource
import sys
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

# pypdf and the file beside this one are all there is: it runs isolated, without the server's path.
sys.path.append(str(Path(__file__).parent))
from hidden_text import shown_and_hidden  # type: ignore[import-not-found]

MEMORY = 1_500_000_000
TROUBLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    PyPdfError,
    RecursionError,
    TypeError,
    ValueError,
)


def extract(pdf: bytes, pages: int) -> dict[str, Any]:
    """Give the text of each page, or the problem with the document."""
    try:
        reader = PdfReader(io.BytesIO(pdf))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"problem": "it is encrypted"}
        if len(reader.pages) > pages:
            return {"excess": "it has more pages than this server reads"}
        told = [shown_and_hidden(page) for page in reader.pages]
        return {"pages": [shown for shown, _ in told], "hidden": [hidden for _, hidden in told]}
    except MemoryError:
        return {"excess": "it needs more time or memory than this server gives it"}
    except TROUBLE:
        return {"problem": "its PDF cannot be read"}


def main() -> None:
    """Read, within bounds of processor time and memory, and write the answer."""
    pages, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    logging.disable()
    sys.stdout.write(json.dumps(extract(sys.stdin.buffer.read(), pages)))


if __name__ == "__main__":
    main()
