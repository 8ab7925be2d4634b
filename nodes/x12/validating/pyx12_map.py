"""pyx12's maps: made from our tables, or pyx12's own where we have none; each once per process."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple, cast

from pyx12.map_if import element_if, load_map_file, loop_if, map_if, segment_if, x12_node
from pyx12.map_index import map_index
from pyx12.nodeCounter import NodeCounter
from pyx12.path import X12Path

from nodes.x12.guide import Guide, guides
from nodes.x12.validating.pyx12_nodes import Loop, Tree, Use, settings


class Map(NamedTuple):
    """A map ready to be walked: where ST is, all segments in it, and what each loop holds."""

    start: Use
    names: frozenset[str]
    below: dict[int, tuple[int, ...]]
    """The identities of the paths of all that a loop holds, by the identity of its own path."""
    kin: frozenset[str] = frozenset()
    """Segments of other tables for the same transaction: the standard has them in it."""


class Counts(NodeCounter):
    """How often each use and loop was met, by identity: pyx12 counts by path, and slowly."""

    def __init__(self, below: dict[int, tuple[int, ...]]) -> None:
        """Begin with none."""
        super().__init__()
        self.below, self.met = below, dict[int, int]()

    def reset_to_node(self, xpath: str | X12Path) -> None:
        """Forget what was met in a loop."""
        for inside in self.below.get(id(xpath), ()):
            self.met.pop(inside, None)

    def increment(self, xpath: str | X12Path) -> None:
        """Count one more."""
        self.met[id(xpath)] = self.met.get(id(xpath), 0) + 1

    def get_count(self, xpath: str | X12Path) -> int:
        """How often it was met."""
        return self.met.get(id(xpath), 0)


def made(guide: Guide) -> Map:
    """Make the map of a table."""
    ready = _ready(Tree(guide), "/HEADER/ST")
    same = (one for one, _ in guides().values() if one.transaction == guide.transaction)
    kin = frozenset(use.segment for one in same for _, use in one.segments())
    return ready._replace(kin=kin - ready.names)


@cache
def guide_map(guide: str) -> Map:
    """The map of one of our tables by its id."""
    return made(guides()[guide][0])


@cache
def stock_map(version: str, group: str, guide: str, transaction: str, purpose: str) -> Map | None:
    """pyx12's own map for ISA12, GS01, GS08, ST01 and BHT02; none where it has none.

    A wrong GS01 is the envelope's fault: the map is then the only one with this guide and ST01.
    """
    own = [m for m in _index().maps if m["vriic"] and m["fic"]]
    known = [m for m in own if m["icvn"] == version and m["vriic"] == guide]
    exact = [m for m in known if m["fic"] == group] or known
    files = [m["map_file"] for m in exact if m["tspc"] in {None, purpose}]
    files = files or [m["map_file"] for m in exact]
    for name in dict.fromkeys(filter(None, files)):
        loaded = _stock_file(name)
        if transaction in cast(element_if, loaded.start.children[0]).valid_codes:
            return loaded
    return None


@cache
def _index() -> map_index:
    return map_index()


@cache
def _stock_file(name: str) -> Map:
    return _ready(load_map_file(name, settings()), "/ISA_LOOP/GS_LOOP/ST_LOOP/ST")


def _ready(root: map_if, start: str) -> Map:
    """Fill every cache a node has while only one thread sees it; pyx12's own nodes become ours."""
    below: dict[int, tuple[int, ...]] = {}
    first = cast(segment_if, root.getnodebypath(start))
    _visit(root, below)
    names = frozenset(_names(cast(x12_node, first.parent)))
    return Map(cast(Use, first), names, below)


def _visit(node: x12_node, below: dict[int, tuple[int, ...]]) -> list[int]:
    inside = []
    for child in _children(node):
        inside += [id(child.x12path), *_visit(child, below)]
    if type(node) is loop_if:
        node.__class__ = Loop
    elif type(node) is segment_if:
        _adopt(node)
    below[id(node.x12path)] = tuple(inside)
    return inside


def _adopt(node: segment_if) -> None:
    """Make a node of pyx12's own map ours, by the element that pyx12 tells its use by."""
    found = node._resolve_unique_key_field(node.id, with_qual=False)
    node.__class__ = Use
    use = cast(Use, node)
    use.key, use.allowed = None, frozenset()
    if found is not None:
        child, element, component = found
        use.key = f"{element:02d}" + (f"-{component}" if component else "")
        use.allowed = frozenset(code for code in child.valid_codes if code)


def _names(node: x12_node) -> Iterator[str]:
    if isinstance(node, segment_if):
        yield node.id or ""
    for child in _children(node):
        yield from _names(child)


def _children(node: x12_node) -> Iterable[x12_node]:
    if isinstance(node, map_if | loop_if):
        return [child for place in sorted(node.pos_map) for child in node.pos_map[place]]
    return ()
