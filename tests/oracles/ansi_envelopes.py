"""What ansi-x12 says of envelopes: run by its own Python with files, prints one JSON line each."""

import json
import sys
from pathlib import Path

from x12 import X12Error, parse_x12_interchange, tokenize_x12


def told(data: bytes) -> dict[str, object]:
    try:
        document = tokenize_x12(data)
        shape = [[text.decode("latin-1") for text in _elements(row)] for row in document.segments]
    except X12Error as error:
        return {"segments": None, "fault": type(error).__name__, "words": str(error)}
    try:
        parse_x12_interchange(document)
    except X12Error as error:
        return {"segments": shape, "fault": type(error).__name__, "words": str(error)}
    return {"segments": shape, "fault": None, "words": ""}


def _elements(row) -> list[bytes]:
    return [row.tag.encode(), *(row.element(place) for place in range(1, len(row.elements) + 1))]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(json.dumps(told(Path(name).read_bytes())))
