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
from pathlib import Path
from typing import Any

from flask import g

ROOT = Path(__file__).parent.parent
ACCESS = logging.getLogger("prior_auth")


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
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
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
    ACCESS.setLevel(logging.INFO)


def request(fields: dict[str, Any]) -> None:
    """Log one answered request."""
    ACCESS.info(fields)


def failure(error: BaseException) -> None:
    """Log an unexpected failure: its type and where it arose, ours and the innermost place."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(str(ROOT))]
    ACCESS.error(
        {
            "event": "unexpected",
            "error": f"{type(error).__module__}.{type(error).__qualname__}",
            "places": [
                f"{Path(frame.filename).name}:{frame.lineno}"
                for frame in (*ours[-3:], *frames[-1:])
            ],
            "request": g.get("span"),
        }
    )
