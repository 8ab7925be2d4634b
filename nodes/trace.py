"""The W3C trace context of the request being answered, to be sent on with outgoing HTTP.

Format of the header ``traceparent`` (W3C Trace Context, level 1): version, trace id, parent id
and flags in lower-case hexadecimal, as in ``00-<32>-<16>-<2>``; all zeros are not ids.
A boundary module sends ``{"traceparent": current()}`` when it is not None.
"""

import re
from contextvars import ContextVar
from os import urandom

VALID = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?"
)
_traceparent: ContextVar[str | None] = ContextVar("traceparent", default=None)


def current() -> str | None:
    """Give the ``traceparent`` header to send on; none outside of a request."""
    return _traceparent.get()


def begin(received: str | None) -> tuple[str, str]:
    """Continue a caller's trace, or start one; give the trace's id and ours within it.

    A header that is missing, not valid, or of version 00 with more parts than it has is ignored.
    """
    match = VALID.fullmatch(received) if received else None
    if match and received and received.startswith("00") and match[3]:
        match = None
    new = urandom(24).hex()
    trace, flags = (match[1], match[2]) if match else (new[:32], "01")
    span = new[32:]
    _traceparent.set(f"00-{trace}-{span}-{'01' if int(flags, 16) & 1 else '00'}")
    return trace, span


def end() -> None:
    """Forget the trace when the request is answered: threads are used again."""
    _traceparent.set(None)
