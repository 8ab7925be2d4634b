"""One question's attempts: a deadline, a capped Retry-After, and failures that tell nothing.

Why an answer ended is looked at before it is read. No word of a question or an answer is in an
error or a log line.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from time import sleep
from typing import TYPE_CHECKING, Any

from nodes import deadline
from nodes.errors import NodeError, UpstreamBusy, UpstreamFailed, UpstreamTimeout
from nodes.http import retry_after
from nodes.model_endpoint import RETAINS, ModelEndpoint
from nodes.writing import providers

if TYPE_CHECKING:
    from anthropic.types import Message

ATTEMPTS = 3
PATIENCE = 20.0  # seconds of Retry-After that are waited for
AGAIN = {408, 409, 429, 500, 502, 503, 504, 529}
# What the library raises while it reads an answer that is none.
MISREAD = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
STOPPED = {
    "refusal": "refused",
    "max_tokens": "truncated",
    "model_context_window_exceeded": "too_large",
    None: "truncated",
}


class ModelFailed(UpstreamFailed):
    """The model did not answer usefully; ``code`` says how, without a word of the answer.

    refused, truncated, too_large, invalid_output:<field>, bad_answer, bad_request, unreachable.
    """

    slug = "model-failed"

    def __init__(self, code: str, *, transient: bool = False) -> None:
        """Keep the code."""
        super().__init__(f"the model gave no usable answer: {code}", transient=transient)
        self.code = code


def problem(error: NodeError) -> str:
    """Say in a code why nothing came of asking."""
    if isinstance(error, ModelFailed):
        return error.code
    if isinstance(error, UpstreamBusy):
        return "rate_limited" if error.throttled else "overloaded"
    if isinstance(error, UpstreamTimeout):
        return "timeout"
    if isinstance(error, providers.Unaccepted):
        return error.code
    return "not_configured"


def send(
    make: Callable[[], dict[str, Any]],
    where: ModelEndpoint,
    *,
    seconds: float | None = None,
    pause: Callable[[float], None] = sleep,
) -> "Message":
    """Send what ``make`` gives and wait for a whole answer.

    Raises NotConfigured when the settings do not lead to a model, ModelFailed, UpstreamBusy and
    UpstreamTimeout. What takes long to import is imported before time runs.
    """
    providers.ready(where)
    asked = make()
    quiet()
    with deadline.within(min(where.timeout, seconds or where.timeout)):
        answer = _Asking(where, pause).message(asked)
    if isinstance(answer.model, str) and RETAINS.search(answer.model) and not where.retention:
        raise ModelFailed("model_retains")
    return answer


@dataclass(frozen=True)
class _Asking:
    """One question's attempts."""

    where: ModelEndpoint
    pause: Callable[[float], None]

    def message(self, asked: dict[str, Any]) -> "Message":
        with providers.client(self.where) as client:
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    return checked(_once(client, asked, providers.faults(self.where)))
                except _Again as again:
                    self._wait(again, attempt)
        raise ModelFailed("unreachable", transient=True)

    def _wait(self, again: "_Again", attempt: int) -> None:
        seconds = float(again.after if again.after is not None else 0.5 * 2**attempt)
        left = 0.0
        with suppress(TimeoutError):
            left = deadline.left()
        if attempt == ATTEMPTS or seconds > min(PATIENCE, left):
            raise again.failure
        self.pause(seconds)


class _Again(Exception):
    """An attempt that may be repeated: after how long, and what it is when it may not."""

    def __init__(self, failure: UpstreamFailed, after: int | None = None) -> None:
        super().__init__()
        self.failure, self.after = failure, after


def _once(client: Any, asked: dict[str, Any], faults: tuple[type[Exception], ...] = ()) -> object:
    """Ask once; what goes wrong becomes ours, without the request that it carries.

    ``faults`` are what a cloud's library raises for want of credentials.
    """
    import anthropic

    try:
        return client.messages.create(**asked)
    except anthropic.APIStatusError as error:
        raise failure(error.status_code, error.error_code, error.response.headers) from None
    except anthropic.APITimeoutError:
        raise UpstreamTimeout("the model did not answer in time") from None
    except anthropic.APIConnectionError:
        raise _Again(ModelFailed("unreachable", transient=True)) from None
    except faults:
        told = "the cloud's library finds no credentials that hold: see `model:`"
        raise providers.Unaccepted("bad_credentials", told) from None
    except (anthropic.AnthropicError, *MISREAD):
        raise ModelFailed("bad_answer") from None


def failure(status: int, code: str | None, headers: Any) -> Exception:
    """Say what an HTTP status means here."""
    if code == "contract_spend_limit_reached":
        return providers.Unaccepted("limit_spent", "the spending limit for Claude is reached")
    if status in (401, 403):
        return providers.Unaccepted("bad_credentials", "Claude does not accept this key")
    if status in (402, 404):
        told = "Claude does not offer this model or account: see `model:`"
        return providers.Unaccepted("model_not_offered", told)
    if status in AGAIN and headers.get("x-should-retry") != "false":
        after = retry_after(headers.get("retry-after"), datetime.now(UTC))
        busy = UpstreamBusy(
            "the model asked to be left alone for a while", after, throttled=status == 429
        )
        return _Again(busy, after)
    if status in AGAIN:
        return UpstreamBusy("the model does not answer now", throttled=status == 429)
    return ModelFailed({413: "too_large"}.get(status, "bad_request"))


def quiet() -> None:
    """Keep the client's loggers from writing requests down, whatever the environment asks."""
    for name in ("anthropic", "httpx2", "httpcore2", "botocore", "boto3", "google", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)


def texts(message: "Message") -> list[Any]:
    """List the blocks that are text, by what they say they are: an unknown kind is none."""
    return [block for block in message.content if getattr(block, "type", None) == "text"]


def checked(answer: object) -> "Message":
    """Refuse what is no message, and one that is not whole."""
    from anthropic.types import Message

    if not isinstance(answer, Message) or not isinstance(answer.content, list):
        raise ModelFailed("bad_answer")
    if not isinstance(answer.stop_reason, str | None):
        raise ModelFailed("bad_answer")
    if not all(isinstance(getattr(block, "text", None), str) for block in texts(answer)):
        raise ModelFailed("bad_answer")
    if answer.stop_reason in STOPPED:
        raise ModelFailed(STOPPED[answer.stop_reason])
    if answer.stop_reason not in ("end_turn", "stop_sequence"):
        raise ModelFailed("bad_answer")
    return answer
