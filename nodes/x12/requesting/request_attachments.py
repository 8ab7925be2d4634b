"""The documents of a 278 request (PWK)."""

from nodes.care import Attachment
from nodes.x12.requesting.request_codes import WAYS
from nodes.x12.requesting.sheet import Given, Sheet


def attachments(sheet: Sheet, loop: str, pointer: str, documents: tuple[Attachment, ...]) -> None:
    """PWK: documents that go, or went, their own way."""
    for place, one in enumerate(documents):
        where = f"{pointer}/{place}"
        number = sheet.text(f"{where}/control_number", one.control_number)
        if one.way not in {"on_request", "voice"} and not one.control_number:
            sheet.lack(f"{where}/control_number", "the number the document carries is required")
        report = Given(f"{where}/report", one.report)
        said = f"Document of type {report}, {one.way.replace('_', ' ')}, number {number or 'none'}"
        sheet.add(
            loop,
            said,
            "PWK",
            report=report,
            way=Given(f"{where}/way", WAYS[one.way]),
            control_qualifier="AC" if number else "",
            control=number,
            description=sheet.prose(f"{where}/description", one.description),
        )
