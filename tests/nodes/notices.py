"""A denial letter as read: invented, for the tests of what answers one."""

from datetime import date

from nodes.chart import Span
from nodes.entity import Said
from nodes.notice import Category, Cause, Notice, Step, WhereTo


def said(words: str) -> Said:
    return Said(quote=words, span=Span(start=0, end=len(words)))


def notice(
    *causes: tuple[Category, str], criterion: str | None = None, **changes: object
) -> Notice:
    causes = causes or (("medical_necessity", "Six weeks of conservative care not documented."),)
    base = Notice(
        outcome="denied",
        issued=date(2026, 11, 19),
        causes=tuple(
            Cause(
                category=category,
                words=said(words),
                criterion=said(criterion) if criterion else None,
            )
            for category, words in causes
        ),
        references=("UM-7781",),
        steps=(
            Step(
                level="peer_to_peer",
                who="plan",
                due=date(2026, 11, 25),
                rule="the letter: by november 25",
                verified="stated in the letter",
                stated=said("Call by November 25, 2026."),
            ),
            Step(
                level="first",
                who="plan",
                due=date(2027, 5, 18),
                counted_from=date(2026, 11, 19),
                rule="within 180 days of the notice (29 CFR 2560.503-1(h)(3)(i))",
                verified="general knowledge",
            ),
        ),
        contacts=(
            WhereTo(
                purpose="appeal",
                lines=("Sandbox Health Plan Appeals", "P.O. Box 410, Dayton, OH 45401"),
                fax="937-555-0188",
                said=said("P.O. Box 410"),
            ),
            WhereTo(purpose="peer_to_peer", phone="937-555-0177", said=said("937-555-0177")),
        ),
        call_helps="yes",
    )
    return base.model_copy(update=changes)
