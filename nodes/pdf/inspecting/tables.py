"""Tables of a form: columns of one height, a row for each service, diagnosis or drug."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from nodes.pdf.inspecting.concepts import WhatWords, plain
from nodes.pdf.inspecting.drafts import Draft
from nodes.pdf.inspecting.naming import Named
from nodes.pdf.inspecting.texts import meaning, rows
from nodes.pdf.inspecting.whose import Whose

SERVICE = {"code", "display", "modifiers", "quantity", "start", "end"}
TRIED = re.compile(
    r"(previous|prior|tried|failed|past|history|trial).{0,30}(drug|medication|therap|treatment)|(drug|medication|treatment|therapy).{0,20}(history|tried|failed|trial)"
)
OF_DRUG = (
    ("name", r"(drug|medication|therapy|treatment)( name)?$|name"),
    ("stopped", r"reason|respon|outcome|fail|allerg|result"),
    ("dosage", r"dos(e|age)|strength|frequency|sig\b"),
    ("start", r"(start|begin)"),
    ("end", r"(end|stop)"),
)
APART = 5.0
BARE = frozenset({"bare_code", "bare_text"})


def tables(fields: Sequence[Named], whom: Sequence[Whose | None], *, request: bool) -> list[Draft]:
    """Draft the tables of a page of a request form; others' tables are not known."""
    if not request:
        return []
    found = []
    for block in _blocks(fields):
        found += list(_drugs(fields, block)) or list(_listed(fields, whom, block))
    return found


def _blocks(fields: Sequence[Named]) -> Iterator[list[list[int]]]:
    """Join columns that begin and end at the same heights."""
    blocks: list[list[list[int]]] = []
    for chain in sorted(rows(fields), key=lambda c: fields[c[0]].place.box[0]):
        for block in blocks:
            if len(block[0]) == len(chain) and all(
                abs(fields[a].place.box[3] - fields[b].place.box[3]) < APART
                for a, b in ((block[0][0], chain[0]), (block[0][-1], chain[-1]))
            ):
                block.append(chain)
                break
        else:
            blocks.append([chain])
    yield from blocks


def _listed(
    fields: Sequence[Named], whom: Sequence[Whose | None], block: list[list[int]]
) -> Iterator[Draft]:
    """Columns of services and of diagnoses; a bare "code" is that of the column before it.

    A bare "description" stands for nothing where no column before it says of what.
    """
    kinds: dict[str, list[tuple[dict[str, Any], tuple[int, ...], float]]] = {}
    last = "case.service_lines"
    for chain in block:
        known = meaning(fields[chain[0]])
        owner = whom[chain[0]]
        if known is None or known[0].row is None or (owner and owner.who == "stranger"):
            continue
        what, trust = known
        if what.id == "bare_text" and not kinds:
            continue
        path = last if what.id in BARE else _list(what)
        last = path
        row = what.row or ""
        if all(row != column["from"] for column, _, _ in kinds.get(path, [])):
            column = {"id": row, "label": fields[chain[0]].label[:80], "from": row}
            kinds.setdefault(path, []).append((column, tuple(chain), trust))
    for path, columns in kinds.items():
        told = {column["from"] for column, _, _ in columns}
        if not told & {"code", "display"}:
            continue
        name = path.rpartition(".")[2]
        yield _table(name, path, columns, f"a table with {', '.join(sorted(told))} in each row")


def _list(what: WhatWords) -> str:
    return "case.diagnoses" if what.id.startswith("dx") else "case.service_lines"


def _drugs(fields: Sequence[Named], block: list[list[int]]) -> Iterator[Draft]:
    """A table of drugs tried before, where its section or its headings say so."""
    heads = " ".join(plain(text) for chain in block for text in fields[chain[0]].above[:1])
    labels = {chain[0]: plain(fields[chain[0]].label) for chain in block}
    if not TRIED.search(f"{heads} {' '.join(labels.values())}"):
        return
    columns: list[tuple[dict[str, Any], tuple[int, ...], float]] = []
    for chain in block:
        part = next((p for p, words in OF_DRUG if re.search(words, labels[chain[0]])), None)
        if part and all(part != column["from"] for column, _, _ in columns):
            column = {"id": part, "label": fields[chain[0]].label[:80], "from": part}
            columns.append((column, tuple(chain), fields[chain[0]].labels[0].score))
    if any(column["from"] == "name" for column, _, _ in columns):
        yield _table("drugs_tried", "chart.tried", columns, "a table of drugs tried before")


def _table(
    name: str,
    path: str,
    columns: list[tuple[dict[str, Any], tuple[int, ...], float]],
    reason: str,
) -> Draft:
    most = max(len(chain) for _, chain, _ in columns)
    label = {"case.diagnoses": "Diagnosis", "chart.tried": "Drug tried"}.get(path, "Service")
    entry = {"label": label, "from": path, "repeat": {"max": most, "overflow": "addendum"}}
    numbers = tuple(n for _, chain, _ in columns for n in chain)
    return Draft(
        name,
        entry,
        numbers,
        round(min(trust for _, _, trust in columns), 2),
        reason,
        columns=tuple((column, chain) for column, chain, _ in columns),
    )
