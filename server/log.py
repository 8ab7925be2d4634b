"""Logs: one JSON line per request and per failure, on standard error.

A line holds the route's template, status, times, sizes, the credential's subject and the trace:
never a path, a query, a body, a header or an exception's text, any of which can be PHI. Of other
libraries' records only logger and place are kept, for the same reason.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FAILURES = logging.getLogger("prior_auth")


class Stderr(logging.Handler):
    """Writes to what is standard error now."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        sys.stderr.write(self.format(record) + "\n")


class JsonLines(logging.Formatter):
    """A record as one line of JSON; foreign records without their text."""

    def format(self, record: logging.LogRecord) -> str:
        """Write level and time, and the fields or the message when they are known to be safe."""
        line: dict[str, Any] = {
            "at": now(),
            "level": record.levelname.lower(),
        }
        if isinstance(record.msg, dict):
            line |= record.msg
        elif told(record):
            line["message"] = record.getMessage()
        else:
            line |= {"logger": record.name, "place": f"{record.filename}:{record.lineno}"}
        return json.dumps(line)


def told(record: logging.LogRecord) -> bool:
    """Whether a record's text is about processes only.

    gunicorn's warnings and exceptions are about requests, and carry their path or first line.
    """
    safe = record.levelno != logging.WARNING and not record.exc_info
    return record.name == "gunicorn.error" and safe


def init() -> None:
    """Send all logs of this process through here; once is enough."""
    root = logging.getLogger()
    if not any(isinstance(handler, Stderr) for handler in root.handlers):
        handler = Stderr()
        handler.setFormatter(JsonLines())
        root.addHandler(handler)


def request(
    method: str,
    route: str,
    status: int,
    seconds: float,
    size: tuple[int, int],
    who: tuple[str | None, str | None],
    ids: tuple[str, str],
) -> None:
    """Log one answered request: sizes in and out, actor and type of problem, span and trace.

    Written by hand and past the logging machinery: it is in the path of every request.
    """
    sys.stderr.write(
        f'{{"at":"{now()}","level":"info","method":"{method}","route":"{route}",'
        f'"status":{status},"ms":{seconds * 1000:.3f},"bytes_in":{size[0]},"bytes_out":{size[1]},'
        f'"actor":{quoted(who[0])},"problem":{quoted(who[1])},'
        f'"request":"{ids[0]}","trace":"{ids[1]}"}}\n'
    )


@lru_cache(maxsize=1024)
def quoted(text: str | None) -> str:
    """Write a text as JSON."""
    return json.dumps(text)


def now() -> str:
    """Give the time in UTC, to the millisecond (RFC 3339)."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def failure(error: BaseException, span: str) -> None:
    """Log an unexpected failure: its type and where it arose, ours and the innermost place."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(str(ROOT))]
    FAILURES.error(
        {
            "event": "unexpected",
            "error": f"{type(error).__module__}.{type(error).__qualname__}",
            "places": [
                f"{Path(frame.filename).name}:{frame.lineno}"
                for frame in (*ours[-3:], *frames[-1:])
            ],
            "request": span,
        }
    )
