"""A case's id in a URL."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from werkzeug.routing import BaseConverter, ValidationError

OURS = {"sign-in", "sign-out", "static"}
PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")


class CaseId(BaseConverter):
    """The id as it is, or ``~`` and its Base64 where it could not be told from another path.

    Those are ``.`` and ``..``, which browsers take away, and the names of our own pages.
    """

    def to_python(self, value: str) -> str:
        """Read the id in a path."""
        if not value.startswith("~"):
            return value
        try:
            return urlsafe_b64decode(value[1:].encode()).decode()
        except ValueError:
            raise ValidationError from None

    def to_url(self, value: str) -> str:
        """Write the id for a path."""
        if PLAIN.fullmatch(value) and value not in OURS:
            return value
        return f"~{urlsafe_b64encode(value.encode('utf-8', 'replace')).decode()}"
