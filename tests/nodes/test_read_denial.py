"""read-denial: reasons in the payer's words, the ways that are open, and until when."""

from datetime import date

import pytest
from pydantic import ValidationError

from nodes.catalog import NODES
from nodes.read_denial import ReadDenialRequest, read_denial

AS_OF = date(2026, 11, 20)


def read(text: str, **given):
    return read_denial(ReadDenialRequest(text=text, **{"as_of": AS_OF} | given))


def test_the_example_is_read_with_its_words_and_both_ways():
    request = NODES["read-denial"].request.model_validate_json(NODES["read-denial"].example("request"))
    notice = read_denial(request).notice
    assert [(step.level, step.due) for step in notice.steps] == [
        ("peer_to_peer", date(2026, 11, 30)),
        ("first", date(2027, 5, 19)),
    ]
    for said in (notice.causes[0].words, notice.causes[0].criterion):
        assert request.text[said.span.start : said.span.end] == said.quote
    assert notice.causes[0].category == "medical_necessity"


def test_one_source_at_a_time():
    with pytest.raises(ValidationError, match="exactly one"):
        ReadDenialRequest(as_of=AS_OF)
