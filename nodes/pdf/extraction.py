"""The job that reads a PDF's text layer in the box: see ``nodes.pdf.reading``."""

from collections.abc import Mapping, Sequence
from typing import Any

from nodes.pdf.box.opening import calm


def extract(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[dict[str, list[str]], Sequence[bytes]]:
    """Give the text of each page that is seen, and of each the text that is not."""
    from nodes.pdf.hidden_text import shown_and_hidden

    reader = calm(data, int(options["pages"]), annotations=None)
    told = [shown_and_hidden(page) for page in reader.pages]
    return {"pages": [shown for shown, _ in told], "hidden": [hidden for _, hidden in told]}, ()
