"""Switches that make a sandbox system fail on purpose: down, broken or slow."""

import time
from dataclasses import dataclass
from typing import Any

from flask import Response


@dataclass
class Faults:
    """What goes wrong with the next requests; counted down until all is well again."""

    down: int = 0
    status: int = 503
    delay_ms: int = 0
    retry_after: int | None = None

    def set(self, wish: dict[str, Any]) -> None:
        """Take ``down`` (how many requests), ``status``, ``delay_ms`` and ``retry_after``."""
        self.down = _whole(wish.get("down"), 0, 1_000_000)
        self.status = _whole(wish.get("status"), 503, 599)
        self.delay_ms = _whole(wish.get("delay_ms"), 0, 60_000)
        seconds = wish.get("retry_after")
        self.retry_after = None if seconds is None else _whole(seconds, 0, 86_400)

    def strike(self) -> Response | None:
        """Delay, and fail while there are failures left."""
        if self.delay_ms:
            time.sleep(self.delay_ms / 1000)
        if self.down <= 0:
            return None
        self.down -= 1
        answer = Response("out of order, on purpose\n", self.status, mimetype="text/plain")
        if self.retry_after is not None:
            answer.headers["Retry-After"] = str(self.retry_after)
        return answer


def _whole(value: Any, default: int, most: int) -> int:
    return min(max(value, 0), most) if type(value) is int else default
