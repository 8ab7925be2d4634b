"""Kinds of hostile PDF, each made anew: what each has to give when it is read, if anything."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile import content, fields, streams, trees


@dataclass(frozen=True)
class Kind:
    """``read``: the page is sound, and says Hello to whoever reads its text; ``code``: why not."""

    make: Callable[[], bytes]
    read: bool = False
    code: str | None = None

    @property
    def name(self) -> str:
        return self.make.__name__


KINDS = (
    Kind(streams.flate_bomb, code="limit"),
    Kind(streams.flate_twice, code="limit"),
    Kind(streams.run_length, code="limit"),
    Kind(streams.lzw_bomb, code="limit"),
    Kind(streams.many_filters, code="limit"),
    Kind(streams.predictor_columns),
    Kind(streams.object_stream_bomb, read=True),
    Kind(streams.metadata_bomb, read=True),
    Kind(streams.negative_length),
    Kind(streams.own_length),
    Kind(streams.endless_length),
    Kind(streams.broken_flate),
    Kind(streams.huge_image, read=True),
    Kind(streams.lying_image, read=True),
    Kind(streams.own_mask, read=True),
    Kind(streams.jbig2_page, read=True),
    Kind(streams.jpx_page, read=True),
    Kind(content.ten_million_operators, code="limit"),
    Kind(content.rectangles),
    Kind(content.text_operators, code="limit"),
    Kind(content.clips_and_curves),
    Kind(content.calls_beyond_count),
    Kind(content.calls_itself),
    Kind(content.nested_forms),
    Kind(content.deep_content, code="limit"),
    Kind(content.inline_image_without_end),
    Kind(content.unclosed_states),
    Kind(content.numbers_beyond_floats),
    Kind(content.one_long_word),
    Kind(content.own_pattern, read=True),
    Kind(content.own_glyph),
    Kind(content.to_unicode_range, code="limit"),
    Kind(content.cid_widths, code="limit"),
    Kind(content.own_cmap),
    Kind(content.endless_widths),
    Kind(content.endless_differences),
    Kind(trees.ten_thousand_pages, code="limit"),
    Kind(trees.the_same_page, code="limit"),
    Kind(trees.page_tree_loop, code="unreadable"),
    Kind(trees.deep_page_tree),
    Kind(trees.parent_loop),
    Kind(trees.lying_count),
    Kind(trees.negative_count),
    Kind(trees.huge_paper, read=True),
    Kind(trees.crooked_paper),
    Kind(trees.deep_dictionaries),
    Kind(trees.deep_arrays),
    Kind(trees.outline_loop, read=True),
    Kind(trees.name_tree_loop, read=True),
    Kind(trees.table_loop),
    Kind(trees.endless_table),
    Kind(trees.wide_table),
    Kind(trees.itself_referred),
    Kind(trees.twenty_megabytes_of_objects),
    Kind(trees.truncated, code="unreadable"),
    Kind(trees.nothing_but_a_head, code="unreadable"),
    Kind(trees.no_pages),
    Kind(fields.fifty_thousand_fields),
    Kind(fields.field_loop),
    Kind(fields.deep_fields),
    Kind(fields.widget_without_rect, read=True),
    Kind(fields.crooked_rect, read=True),
    Kind(fields.boundless_rect, read=True),
    Kind(fields.endless_choices),
    Kind(fields.own_appearance, read=True),
    Kind(fields.xfa_of_entities, read=True),
    Kind(fields.scripts, read=True),
    Kind(fields.launches, read=True),
    Kind(fields.embedded_program, read=True),
    Kind(fields.remote_content, read=True),
    Kind(fields.user_password, code="password_required"),
    Kind(fields.owner_rc4_40, read=True),
    Kind(fields.owner_rc4_128, read=True),
    Kind(fields.owner_aes_256, read=True),
)

READ = "nodes.pdf.extraction:extract"
WAYS: dict[str, dict[str, object]] = {
    READ: {"pages": 200},
    "nodes.pdf.picture:draw": {"pages": [1], "dpi": 72, "colour": True, "forms": True},
    "nodes.pdf.outside:look": {},
    "nodes.pdf.outside:press": {"values": {"name": "Lopez"}, "extra": [], "title": "A"},
    "nodes.pdf.inspecting.job:draw": {"places": [[0, 1, [72, 600, 272, 620], "sure"]], "dpi": 60},
    "nodes.pdf.inspecting.job:inspect": {"template": "own/form", "flat": False, "printed": True},
    "nodes.pdf.packet.taking:take": {"media_type": "application/pdf", "pages": 50, "strip": True},
    "nodes.pdf.printed.layer:read": {"pages": 5},
    "nodes.pdf.printed.entered:read": {"pages": 5, "most": 200},
    "nodes.pdf.printed.ruled:read": {"pages": [1]},
    "nodes.reading.ocr.job:count": {},
}
"""Every job that opens a PDF of somebody else's, as it is asked."""
