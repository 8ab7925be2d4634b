"""A document as a caller gives it: text or, where binary data is in it, base64."""

import base64
import binascii
from typing import Self

from pydantic import Field, model_validator

from nodes.errors import Complaint, UnreadableDocument
from nodes.node import Request


class DocumentRequest(Request):
    """Base of the requests that may hold binary data: an interchange or several, given once."""

    edi: str | None = Field(default=None, min_length=1, description="The document as text")
    edi_base64: str | None = Field(
        default=None, min_length=1, description="Its bytes, for a 275 with BIN or BDS"
    )

    @model_validator(mode="after")
    def is_one_document(self) -> Self:
        """Refuse none and both."""
        if (self.edi is None) == (self.edi_base64 is None):
            raise ValueError("give the document either as edi or as edi_base64")
        return self

    @property
    def document(self) -> str | bytes:
        """The document as text or bytes; what is not base64 raises UnreadableDocument."""
        if self.edi is not None:
            return self.edi
        try:
            return base64.b64decode(self.edi_base64 or "", validate=True)
        except (binascii.Error, ValueError):
            place = Complaint("/edi_base64", "this is not base64 (RFC 4648, with padding)")
            raise UnreadableDocument("edi_base64 is not base64", [place]) from None
