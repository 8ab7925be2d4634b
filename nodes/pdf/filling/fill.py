"""Fill a PDF form in one pass: read it, write its values, and strip what acts by itself."""

from collections.abc import Mapping, Sequence

from nodes.pdf.filling.values import Filled, Placement, Value


def fill(
    pdf: bytes,
    values: Mapping[str, Value],
    *,
    extra: Sequence[Placement] = (),
    flatten: bool = True,
    after: bytes | None = None,
    title: str = "",
) -> Filled:
    """Write ``values``, by full field name, into a form.

    ``extra`` are texts for places without a field; the pages of ``after`` follow the form's.
    ``flatten`` makes every visible field part of its page. The same input gives the same bytes.
    """
    raise NotImplementedError
