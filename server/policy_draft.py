"""``policy draft`` and ``policy approve``: a model proposes, a named person lets it decide."""

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from nodes.errors import UnreadableDocument
from nodes.pdf.reading import UnreadablePdf, read_pages
from nodes.policy.approval import approve, ready
from nodes.policy.drafting import Draft, Header
from nodes.policy.outline import outline
from nodes.policy.source_text import SourceText
from nodes.writing.policy_draft import propose
from server.policy_new import filled, services, write_new
from server.policy_show import paper
from server.policy_text import laid_out


def draft(asked: Namespace) -> int:
    """Have a policy drafted from a text, write it beside its cases, and say what to look at."""
    today = date.today()
    codes = services(asked.code)
    header = Header(
        id=asked.id,
        title=asked.title,
        services=tuple(codes),
        source=asked.source or asked.title,
        first=asked.first or today,
        today=today,
        payers=tuple(asked.payer or ()),
        lines_of_business=tuple(asked.line_of_business or ()),
    )
    file = Path(asked.out or f"{asked.id}.yaml")
    found = propose(source(Path(asked.file)), header)
    line = header.lines_of_business[0] if header.lines_of_business else "commercial"
    gaps = {"service": " ".join(codes[0]), "line": line, "today": str(today)}
    cases = filled("draft-cases.yaml", gaps)
    write_new({file: remarks(found) + found.text, file.parent / "cases" / file.name: cases})
    report(found, file)
    return 0


def source(file: Path) -> SourceText:
    """Read a PDF page by page, or a text; form feeds part its pages."""
    raw = file.read_bytes()
    if raw.startswith(b"%PDF"):
        try:
            return SourceText(tuple(read_pages(raw)), numbered=True)
        except UnreadablePdf as error:
            raise UnreadableDocument(f"the PDF gives no text: {error}") from None
    try:
        pages = raw.decode().split("\f")
    except UnicodeDecodeError:
        raise UnreadableDocument("the file is neither a PDF nor text in UTF-8") from None
    return SourceText(tuple(pages), numbered=len(pages) > 1)


def remarks(found: Draft) -> str:
    """What a reviewer must look at, as comments on top of the file."""
    lines = ["Drafted by a model; it decides nothing until `prior-auth policy approve`."]
    lines += [told for _, some in findings(found) for told in some]
    return "".join(f"# {line}\n" for line in lines)


def findings(found: Draft) -> list[tuple[str, tuple[str, ...]]]:
    """What was found, by heading."""
    return [
        ("Look out", found.warnings),
        ("Dropped", tuple(f"dropped: {one}" for one in found.dropped)),
        ("Not in the text", tuple(f"unverified: {one}" for one in found.doubts)),
        ("No operator asks", tuple(f"not covered: {one}" for one in found.not_covered)),
    ]


def report(found: Draft, file: Path) -> None:
    """Say what was written and what to do next."""
    count = len(found.held.compiled.leaves)
    print(f"wrote {file}: {count} questions, each with the words it rests on. It is a draft.")
    for _, some in findings(found):
        for one in some:
            print(f"  {one}")
    print(f"Next: read it against the text, add cases to cases/{file.name}, then")
    print(f'  prior-auth policy show {file}\n  prior-auth policy approve {file} --by "Your Name"')


def approved(asked: Namespace) -> int:
    """Show the policy and let it decide, when its checks and cases hold."""
    file, on = Path(asked.file), asked.on or date.today()
    beside = file.parent / "cases" / file.name
    text = file.read_text(encoding="utf-8")
    cases = beside.read_text(encoding="utf-8") if beside.exists() else None
    found = ready(text, cases, on)
    if found.faults:
        for fault in found.faults:
            print(f"{file.name}: {fault}", file=sys.stderr)
        print("prior-auth: not approved: mend these first", file=sys.stderr)
        return 1
    signed = approve(text, found.held.policy, asked.by, on)
    print(laid_out(outline(found.held, on), paper()))
    file.write_text(signed, encoding="utf-8")
    print(f"\n{file} decides now, approved by {asked.by} on {on}; any change of it voids that")
    return 0
