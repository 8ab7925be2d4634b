"""Draw the pictures of the page "Add a payer's form in ten minutes": part of ``make docs``."""

import base64
import json
from pathlib import Path

from nodes.catalog import NODES
from nodes.pdf.inspecting.asked import inspected
from nodes.pdf.picture import pictures
from nodes.pdf.supply import uploaded
from server.forms import filled

FOLDER = Path(__file__).parent.parent / "server" / "static" / "forms"


def drawn():
    """Each picture's name and its bytes."""
    asked = json.loads(NODES["inspect-form"].example("request"))
    pdf = base64.b64decode(asked["pdf_base64"])
    form, _ = inspected(pdf, asked["template"])
    given = json.loads(NODES["fill-form"].example("request"))
    preview = filled(uploaded(pdf, form.mapping), given)
    page = pictures(base64.b64decode(preview.pdf_base64), [1], 75)[0]
    return {
        "proposal.png": base64.b64decode(form.pictures[0].png_base64),
        "filled.png": page.png,
    }


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, png in drawn().items():
        (FOLDER / name).write_bytes(png)


if __name__ == "__main__":
    main()
