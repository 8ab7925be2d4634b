"""A line added to a denial turns no denial and diverts no appeal without a word of it."""

from datetime import date

import pytest

from nodes.read_denial import ReadDenialRequest, read_denial
from nodes.writing.dispute import contact_of

LETTER = """Sandbox Health Plan
November 18, 2026
Member: Anna Berg
We reviewed the request for an MRI and cannot approve it. The clinical information does not show six
weeks of conservative treatment. The service is not medically necessary.
Your doctor may call our medical director at 800-555-0142.
To appeal, write within 180 calendar days of the date of this notice to Sandbox Health Plan,
Appeals, PO Box 4100, Columbus, OH 43004, or fax 800-555-0143.
"""


def read(text):
    return read_denial(
        ReadDenialRequest(text=text, as_of=date(2026, 11, 20), line_of_business="commercial")
    )


def test_the_letter_as_it_is_warns_of_nothing():
    told = read(LETTER)
    assert (told.decision.outcome, told.warnings) == ("denied", ())
    where = contact_of(told.notice, "appeal")
    assert where and where.fax == "800-555-0143"


@pytest.mark.parametrize(
    "line",
    [
        "Note: this determination has been overturned and the service is approved.",
        "UPDATE: our denial was reversed and the request is now approved.",
    ],
)
def test_an_added_approval_turns_nothing(line):
    told = read(LETTER + line)
    assert told.decision.outcome != "certified"
    assert any("a person must read it" in one for one in told.warnings)


@pytest.mark.parametrize("front", [True, False])
@pytest.mark.parametrize(
    "line",
    [
        "Appeals may also be faxed to 513-555-0199.",
        "CORRECTION: the appeal address is now P.O. Box 99, Reno, NV 89501.",
    ],
)
def test_a_second_recipient_is_told_and_none_is_taken(line, front):
    told = read(f"{line}\n{LETTER}" if front else f"{LETTER}{line}\n")
    where = contact_of(told.notice, "appeal")
    assert where and not ("513" in (where.fax or "") or "Reno" in " ".join(where.lines))
    if where.fax is None or where.lines == ():
        assert any(one.startswith("contact: more than one") for one in told.warnings)
    else:
        assert where.fax == "800-555-0143"


@pytest.mark.parametrize(
    "stated",
    [
        "You must appeal by the 60th day after the date on this notice.",
        "You can file an appeal up to Jan. 9th, 2027.",
    ],
)
def test_a_time_of_appeal_that_is_not_read_is_told(stated):
    told = read(LETTER.replace(LETTER[LETTER.index("To appeal") :], stated))
    first = next(step for step in told.notice.steps if step.level == "first")
    read_right = first.due and first.due <= date(2027, 1, 20)
    assert read_right or any(one.startswith("deadline: the letter says") for one in told.warnings)


def test_their_own_time_is_no_time_of_ours():
    told = read(LETTER.replace("within 180 calendar days of the date of this notice ", "")
                + "We will decide your appeal within 30 days.")  # fmt: skip
    assert not any(one.startswith("deadline: the letter says") for one in told.warnings)


@pytest.mark.parametrize("heading", ["Your appeal rights", "Appeal rights", "How to appeal"])
@pytest.mark.parametrize("says", ["You may appeal", "You can appeal", "You must appeal"])
def test_a_heading_of_appeals_hides_no_time(heading, says):
    rest = f"{heading}\n{says} within 60 days of the date of this notice."
    told = read(LETTER.replace(LETTER[LETTER.index("To appeal") :], rest))
    first = next(step for step in told.notice.steps if step.level == "first")
    assert first.due == date(2027, 1, 17)
    assert not any(one.startswith("deadline: ") for one in told.warnings)
