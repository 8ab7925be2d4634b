"""The rules for how a workflow looks on n8n's canvas: notes, sections, distances, tables."""

from collections.abc import Iterator

from tests.workflow_rules import Json, kind, of

SIZE = 96
OVERVIEW, SECTION = 1, 7


def overview(workflow: Json) -> Iterator[str]:
    """One yellow note, at the left, says how the workflow works and what to set up."""
    yellow = [n for n in of(workflow, "stickyNote") if n["parameters"].get("color") == OVERVIEW]
    if len(yellow) != 1:
        yield "there must be one overview note"
        return
    text = yellow[0]["parameters"]["content"]
    if "### How it works" not in text or "### Setup" not in text:
        yield "the overview needs the headings How it works and Setup"
    if not 100 <= len(text.split()) <= 300:
        yield f"the overview has {len(text.split())} words, not 100 to 300"
    if yellow[0]["position"][0] != min(node["position"][0] for node in workflow["nodes"]):
        yield "the overview belongs at the left"


def section_notes(workflow: Json) -> Iterator[str]:
    """The other notes are white and under 50 words."""
    for note in of(workflow, "stickyNote"):
        if note["parameters"].get("color") == OVERVIEW:
            continue
        if note["parameters"].get("color") != SECTION:
            yield f"{note['name']}: a section note is white"
        if len(note["parameters"]["content"].split()) >= 50:
            yield f"{note['name']}: 50 words or more"


def nodes_stand_in_sections(workflow: Json) -> Iterator[str]:
    """Every node stands inside exactly one section note."""
    notes = [n for n in of(workflow, "stickyNote") if n["parameters"].get("color") == SECTION]
    for node in workflow["nodes"]:
        if kind(node) == "stickyNote":
            continue
        x, y = node["position"]
        around = [n for n in notes if inside(n, x, y) and inside(n, x + SIZE, y + SIZE)]
        if len(around) != 1:
            yield f"{node['name']} stands in {len(around)} sections"


def nothing_overlaps(workflow: Json) -> Iterator[str]:
    """Nodes keep a distance for their labels; notes do not cover each other."""
    nodes = [n for n in workflow["nodes"] if kind(n) != "stickyNote"]
    for index, one in enumerate(nodes):
        for other in nodes[index + 1 :]:
            dx, dy = (abs(a - b) for a, b in zip(one["position"], other["position"], strict=True))
            if dx < SIZE + 64 and dy < SIZE + 48:
                yield f"{one['name']} and {other['name']} are too close"
    notes = of(workflow, "stickyNote")
    for index, one in enumerate(notes):
        for other in notes[index + 1 :]:
            if apart(one, other, 0) < 0 and apart(one, other, 1) < 0:
                yield f"{one['name']} and {other['name']} overlap"


def inside(note: Json, x: float, y: float) -> bool:
    """Say whether a point lies on a note."""
    left, top = note["position"]
    parameters = note["parameters"]
    return bool(left <= x <= left + parameters["width"] and top <= y <= top + parameters["height"])


def apart(one: Json, other: Json, axis: int) -> float:
    """The distance of two notes along an axis; negative when they overlap there."""
    side = ("width", "height")[axis]
    first, second = sorted((one, other), key=lambda note: note["position"][axis])
    return float(second["position"][axis] - first["position"][axis] - first["parameters"][side])


def tables_agree(workflows: list[Json]) -> Iterator[str]:
    """A data table has the same columns in every file, and rows only name columns it has."""
    nodes = [n["parameters"] | {"node": n["name"]} for w in workflows for n in of(w, "dataTable")]
    tables: dict[str, set[str]] = {}
    for made in (n for n in nodes if n["resource"] == "table"):
        columns = {column["name"] for column in made["columns"]["column"]}
        if tables.setdefault(made["tableName"], columns) != columns:
            yield f"{made['node']}: {made['tableName']} has other columns elsewhere"
    for row in (n for n in nodes if n["resource"] == "row"):
        named = {*row.get("columns", {}).get("value", {})}
        named |= {c["keyName"] for c in row.get("filters", {}).get("conditions", [])}
        if missing := named - tables[row["dataTableId"]["value"]]:
            yield f"{row['node']}: no column {sorted(missing)}"
