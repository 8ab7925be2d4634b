"""``policy new``: a policy file and its cases that load and pass, to be changed step by step."""

import re
import sys
from argparse import Namespace
from collections.abc import Iterable
from datetime import date, timedelta
from errno import EEXIST
from importlib.resources import files
from pathlib import Path

from nodes.errors import UnreadableDocument
from nodes.policy.reading import read

SYSTEMS = {"CPT": r"\d{4}[0-9A-Z]", "HCPCS": r"[A-V]\d{4}", "NDC": r"\d{11}"}
NEEDED = {
    "id": "id, such as acme.knee-brace",
    "title": "title, such as Knee brace",
    "code": "code, such as L1833 or CPT 72148",
}


def new(asked: Namespace) -> int:
    """Write both files; what is missing is asked for on a terminal only."""
    missing = [name for name in NEEDED if not getattr(asked, name)]
    if missing and not sys.stdin.isatty():
        print(f"prior-auth: give {', '.join(f'--{name}' for name in missing)}", file=sys.stderr)
        return 2
    for name in missing:
        setattr(asked, name, [said] if (said := input(f"{NEEDED[name]}: ")) else [])
    file = Path(asked.file)
    told = words(asked, date.today())
    policy, cases = filled("policy.yaml", told), filled("cases.yaml", told)
    read(policy)
    write_new({file: policy, file.parent / "cases" / file.name: cases})
    print(
        f"wrote {file} and {file.parent / 'cases' / file.name}\n"
        f"  prior-auth policy show {file}\n  prior-auth policy test {file}"
    )
    return 0


def words(asked: Namespace, today: date) -> dict[str, str]:
    """What stands in the starter's gaps."""
    (system, code), *_ = services(listed(asked.code))
    line = (asked.line_of_business or ["commercial"])[0]
    payers = asked.payer or []
    title = "".join(listed(asked.title))
    return {
        "id": "".join(listed(asked.id)),
        "title": quoted(title),
        "source": quoted(asked.source or title).strip('"'),
        "system": system,
        "code": code,
        "line": line,
        "payers": ", ".join(map(quoted, payers)),
        "payer": f" payer: {quoted(payers[0])}," if payers else "",
        "first": f"{today.year}-01-01",
        "today": str(today),
        "review": str(today + timedelta(days=180)),
        "ordered": str(today - timedelta(days=4)),
        "visit": str(today - timedelta(days=8)),
        "long_ago": str(today - timedelta(days=400)),
        "child": str(today - timedelta(days=4000)),
    }


def listed(given: str | list[str]) -> list[str]:
    """An option given once or several times."""
    return [given] if isinstance(given, str) else given


def quoted(text: str) -> str:
    """A text as YAML may hold it on one line."""
    plain = re.sub(r"[\"\\\x00-\x1f\x7f]", " ", text)
    return f'"{" ".join(plain.split())}"'


def filled(name: str, told: dict[str, str]) -> str:
    """A starter with its gaps filled."""
    text = (files("server") / "starters" / name).read_text(encoding="utf-8")
    return text.format_map(told)


def services(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Read codes, with their system or by their form."""
    found = []
    for given in codes:
        *named, code = given.upper().split()
        systems = [one for one, form in SYSTEMS.items() if re.fullmatch(form, code)]
        if (named and named != systems[:1] and named[0] not in systems) or not systems:
            raise UnreadableDocument("a code is such as L1833, CPT 72148, or an NDC of 11 digits")
        found.append((named[0] if named else systems[0], code))
    return found


def write_new(texts: dict[Path, str]) -> None:
    """Write new files; none is written when one is there."""
    for file in texts:
        if file.exists():
            raise FileExistsError(EEXIST, "exists and is not overwritten", str(file))
    for file, text in texts.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
