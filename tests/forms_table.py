"""The table of form templates: whose PDF each needs, how much is filled, what is verified.

An issuer's PDF is never part of this repository: without PRIOR_AUTH_CASES the figures of those
forms stay as they were last measured.
"""

import json

import pytest

from nodes.pdf.plain_yaml import mapping_of
from nodes.pdf.template import SHIPPED
from server.forms_page import FOLDER
from tests.forms_filled import NAMES, PATIENTS, UNSEEN, figure

FILE = FOLDER / "templates.json"
WHOSE = {
    "bundled": "ours, shipped",
    "integrator": "the issuer's: you supply it",
    "paper": "none: printed on the paper form",
}
SHOWN = ("form", "pages", "whose", "filled", "status")
COLUMNS = ("template", "form", "pages", "whose PDF", "filled, of what applies", "status")


def fresh():
    """Each template as it is now; one whose PDF is not here as it was kept."""
    kept = {row["template"]: row for row in json.loads(FILE.read_text())} if FILE.exists() else {}
    return [{**described(name), "filled": filled(name, kept.get(name, {}))} for name in NAMES]


def described(name):
    mapping = mapping_of(name, (SHIPPED / name / "mapping.yaml").read_bytes())
    return {
        "template": name,
        "form": mapping.title,
        "pages": mapping.source.pages,
        "whose": WHOSE[mapping.source.supply],
        "status": "unverified" if name in UNSEEN else "verified",
    }


def filled(name, kept):
    """The least and the most share over the sandbox's patients whom the form suits."""
    try:
        shares = [round(100 * figure(name, patient).share) for patient in PATIENTS.get(name, ())]
    except pytest.skip.Exception:
        return kept["filled"]
    if not shares:
        return "a claim form: not counted"
    least, most = min(shares), max(shares)
    return f"{least} %" if least == most else f"{least} to {most} %"


def markdown():
    """The README's table, from what is kept."""
    rows = [
        (f"`{SHIPPED.name}/{row['template']}`", *(row[key] for key in SHOWN))
        for row in json.loads(FILE.read_text())
    ]
    lines = [COLUMNS, ("---",) * len(COLUMNS), *rows]
    return "\n".join(
        f"| {' | '.join(str(cell).replace('|', '/') for cell in one)} |" for one in lines
    )


def main():
    text = json.dumps(fresh(), indent=1, ensure_ascii=False)
    FILE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
