"""A packet bound: every part made plain in the safe box, a cover sheet, numbers and bookmarks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nodes.errors import Complaint, Refused
from nodes.pdf.box.asking import Answer, Boxed, ask
from nodes.pdf.drawn.addendum import pages as headed
from nodes.pdf.drawn.press import draw
from nodes.pdf.packet.cover import cover_sheet, whose
from nodes.pdf.packet.parts import Bound, IndexEntry, NotEnclosed, PacketParts, Part

MOST_PAGES = 500
PAGES_OF_PART = 200
MEGABYTE = 1_000_000
WHY = {
    "too_large": "it is larger than 20 MB",
    "not_a_pdf": "it is not a PDF",
    "password_required": "it asks for a password: remove the encryption",
    "limit": f"it has more than {PAGES_OF_PART} pages, or needs more memory than it is given",
    "unreadable": "it is damaged and cannot be read",
    "killed": "it needs more time or memory than it is given",
    "timeout": "it takes longer to read than this server waits",
}

Size = tuple[float, float]
Ask = Callable[..., Answer]


@dataclass(frozen=True)
class _Taken:
    part: Part
    pdf: bytes
    sizes: tuple[Size, ...]


def packet(parts: PacketParts, *, ask: Ask = ask) -> Bound:
    """Bind the parts behind a cover sheet into one PDF, in the order given.

    Every page has a line at its foot with patient, case, and page n of m; bookmarks lead to each
    part; scripts, forms and attachments of others are left behind. A part that cannot be read is
    named in ``refused`` alone, as the payer is told what is enclosed; Refused when it is one that
    is needed, or when there are more than 500 pages. The same parts give the same bytes.
    """
    taken, refused = _all_taken(parts, ask)
    count = sum(len(one.sizes) for one in taken)
    if count > MOST_PAGES:
        raise Refused(f"a packet has at most {MOST_PAGES} pages: send it in parts")
    cover, index = _covered(parts, taken, ask)
    whole = [cover, *taken]
    sizes = [size for one in whole for size in one.sizes]
    title = f"Prior authorization request, case {parts.case.id}"
    lines = draw("line", {"title": title, "whose": whose(parts.case), "sizes": sizes})
    marks = [["Cover sheet", 0], *([one.title, one.page - 1] for one in index)]
    answer = ask(
        "nodes.pdf.packet.joining:join",
        lines,
        {"title": title, "marks": marks},
        files=[one.pdf for one in whole],
    )
    pdf = answer.files[0]
    return Bound(pdf, len(sizes), index, refused, _beyond(parts, len(sizes), pdf, index))


def _all_taken(parts: PacketParts, ask: Ask) -> tuple[list[_Taken], tuple[NotEnclosed, ...]]:
    taken, refused = [], []
    for part in parts.parts:
        if part.fault:
            refused.append(NotEnclosed(title=part.title, pointer=part.pointer, why=part.fault))
            continue
        try:
            taken.append(_taken(part, parts, ask))
        except Boxed as problem:
            why = WHY[problem.code]
            if part.needed:
                raise Refused(
                    "a part that the packet needs cannot be read", [Complaint(part.pointer, why)]
                ) from None
            refused.append(NotEnclosed(title=part.title, pointer=part.pointer, why=why))
    return taken, tuple(refused)


def _taken(part: Part, parts: PacketParts, ask: Ask) -> _Taken:
    data, media = part.data, part.media_type
    own = part.own or media == "text/plain"
    if media == "text/plain":
        if len(data) > MEGABYTE:
            raise Boxed("limit")
        text = data.decode("utf-8-sig", "replace")
        data = headed(part.title, whose(parts.case), [("", text)])
        media = "application/pdf"
    options = {"media_type": media, "strip": not own, "pages": PAGES_OF_PART}
    options["look"] = part.look
    answer = ask("nodes.pdf.packet.taking:take", data, options)
    return _Taken(part, answer.files[0], tuple((wide, high) for wide, high in answer.told))


def _covered(
    parts: PacketParts, taken: Sequence[_Taken], ask: Ask
) -> tuple[_Taken, tuple[IndexEntry, ...]]:
    """Draw the cover sheet, again when its list of parts makes it longer."""
    long = 1
    while True:
        index = _index(taken, long)
        drawn = cover_sheet(parts, index, long + sum(one.pages for one in index))
        part = Part("Cover sheet", drawn, own=True)
        cover = _taken(part, parts, ask)
        if len(cover.sizes) == long:
            return cover, index
        long = len(cover.sizes)


def _index(taken: Sequence[_Taken], first: int) -> tuple[IndexEntry, ...]:
    index, page = [], first + 1
    for one in taken:
        index.append(IndexEntry(title=one.part.title, page=page, pages=len(one.sizes)))
        page += len(one.sizes)
    return tuple(index)


def _beyond(
    parts: PacketParts, pages: int, pdf: bytes, index: Sequence[IndexEntry]
) -> tuple[str, ...]:
    """Say which limit is exceeded, and where most of the pages are."""
    told = []
    if parts.limit_pages is not None and pages > parts.limit_pages:
        longest = max(index, key=lambda one: one.pages)
        told.append(
            f"{pages} pages are more than the {parts.limit_pages} allowed;"
            f" most are in part {index.index(longest) + 1}, {longest.pages} pages"
        )
    size = len(pdf) / MEGABYTE
    if parts.limit_mb is not None and size > parts.limit_mb:
        told.append(f"{size:.1f} MB are more than the {parts.limit_mb:g} MB allowed")
    return tuple(told)
