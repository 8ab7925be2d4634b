"""The nodes of a pyx12 map, made from a table of ours.

Two things are set right on the way. pyx12 takes any first element with a code list for what tells
uses of a segment apart; here the table's ``key`` does. And pyx12 holds two uses of one segment
for the same; here each is its own.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from xml.etree.ElementTree import Element, SubElement

from pyx12.dataele import DataElements
from pyx12.map_if import composite_if, element_if, loop_if, map_if, segment_if, x12_node
from pyx12.params import ParamsBase
from pyx12.segment import Segment as Row

from nodes.x12.guide import Guide, LoopUse, SegmentUse, dictionary
from nodes.x12.loops import HEADER

UPDATED = "remark_code,claim_status,claim_status_cat,service_type,pos,entity_id,country,currency"
"""Code lists that their owners change several times a year: pyx12's copies are too old to judge."""


class Use(segment_if):
    """A use of a segment as the table has it."""

    key: str | None
    allowed: frozenset[str]

    def __init__(
        self, root: map_if, parent: x12_node, use: SegmentUse, pos: int, *, opens: bool = False
    ) -> None:
        """Make the node; what tells it from others is the table's key.

        A use that opens a loop is told by its first codes where the table has no key: another
        NM1 is not this loop's second one.
        """
        super().__init__(root, parent, _segment(use, pos))
        self.key, self.allowed = None, frozenset()
        told = use.key or ("1" if opens and "1" in use.codes else None)
        if told:
            element, _, component = told.partition("-")
            self.key = f"{int(element):02d}" + (f"-{component}" if component else "")
            self.allowed = frozenset(_codes(use, told))

    def is_match(self, seg: Row) -> bool:
        """Say whether a segment is this use."""
        if seg.seg_id != self.id:
            return False
        return self.key is None or not self.allowed or seg.get_value(self.key) in self.allowed

    def get_child_node_by_idx(self, idx: int) -> element_if | composite_if | None:
        """The element at a place, from 0; pyx12 searches them all."""
        return self.children[idx] if idx < len(self.children) else None

    __eq__ = object.__eq__
    __hash__ = object.__hash__


class Loop(loop_if):
    """A loop as the table has it."""

    def __init__(self, root: map_if, parent: x12_node, use: LoopUse, places: Iterator[int]) -> None:
        """Make the loop and all in it; uses of one segment in a row may come in any order."""
        repeat = str(use.repeat or ">1")
        bare = {"xid": use.loop, "name": use.words, "usage": use.usage, "repeat": repeat}
        super().__init__(root, parent, Element("loop", bare, pos=str(next(places))))
        before, place = None, 0
        for number, item in enumerate(use.content):
            name = _opener(item)
            place = place if name == before and number > 1 else next(places)
            before = name
            node: x12_node
            if isinstance(item, SegmentUse):
                node = Use(root, self, item, place, opens=number == 0 and use.loop != HEADER)
            else:
                node = Loop(root, self, item, places)
                node.pos = place
            self.pos_map.setdefault(place, []).append(node)

    __eq__ = object.__eq__
    __hash__ = object.__hash__


class Tree(map_if):
    """The root: as pyx12's, but with the elements of our dictionary and no file read."""

    def __init__(self, guide: Guide) -> None:
        """Make the whole map of a guide."""
        x12_node.__init__(self)
        self.path, self.cur_path, self.base_name = "/", "/transaction", "transaction"
        self.id, self.name, self.icvn = guide.id, guide.id, "00501"
        self.param = settings()
        self.data_elements = DataElements.__new__(DataElements)
        self.data_elements.dataele = {
            number: {
                "data_type": element.type,
                "min_len": element.shortest,
                "max_len": element.longest,
                "name": number,
            }
            for number, element in dictionary().elements.items()
        }
        first, last = (_whole("ST", "start"), _whole("SE", "end"))
        whole = LoopUse(loop=HEADER, usage="R", content=(first, *guide.content, last))
        loop = Loop(self, self, whole, count(1))
        self.pos_map = {loop.pos: [loop]}


def settings() -> ParamsBase:
    """Settings for pyx12 from here, not from files of the machine: 5010's extended characters."""
    own = ParamsBase()
    own.params.update(charset="E", exclude_external_codes=UPDATED)
    return own


def _opener(item: SegmentUse | LoopUse) -> str:
    return item.segment if isinstance(item, SegmentUse) else _opener(item.content[0])


def _whole(segment: str, name: str) -> SegmentUse:
    """ST and SE, which the tables leave out; ST03 came with 5010."""
    return SegmentUse(
        segment=segment, name=name, usage="R", elements={"ST": "RRS", "SE": "RR"}[segment]
    )


def _segment(use: SegmentUse, pos: int) -> Element:
    """A use as pyx12 reads it."""
    known = dictionary().segments[use.segment]
    most = str(use.repeat or ">1")
    made = Element("segment", xid=use.segment, name=use.name, usage=use.usage, pos=str(pos))
    made.set("max_use", most)
    for syntax in known.syntax:
        SubElement(made, "syntax").text = syntax
    for number, (name, kind) in enumerate(known.elements, start=1):
        usage = _usage(use.elements, number)
        repeat = str(known.repeats.get(name, 1))
        place = {"xid": f"{use.segment}{number:02d}", "name": name, "seq": str(number)}
        parts = dictionary().composites.get(kind)
        if parts is None:
            single = _element(place, kind, usage, _codes(use, str(number)))
            single.set("max_use", repeat)
            made.append(single)
            continue
        composite = SubElement(made, "composite", place, data_ele=kind, usage=usage, repeat=repeat)
        for component, (part, element) in enumerate(parts, start=1):
            at = {"xid": f"{place['xid']}-{component:02d}", "name": part, "seq": str(component)}
            of = _usage(use.parts.get(str(number), ""), component)
            composite.append(_element(at, element, of, _codes(use, f"{number}-{component}")))
    return made


def _element(place: dict[str, str], kind: str, usage: str, codes: Iterable[str]) -> Element:
    made = Element("element", place, data_ele=kind, usage=usage)
    allowed = list(codes)
    if allowed:
        listed = SubElement(made, "valid_codes")
        for code in allowed:
            SubElement(listed, "code").text = code
    return made


def _usage(letters: str, number: int) -> str:
    if not letters:
        return "S"
    return letters[number - 1] if number <= len(letters) else "N"


def _codes(use: SegmentUse, position: str) -> Iterable[str]:
    """The codes allowed; a list that the dictionary does not keep allows any."""
    codes = use.codes.get(position, {})
    return dictionary().lists.get(codes, {}) if isinstance(codes, str) else codes
