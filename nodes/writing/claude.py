"""The one place that asks Claude: for an answer that fits a model, or for prose that cites.

Both in one way: instructions only in ``system``, texts of others as data. See ``asking`` for how
it is sent, and for the failures.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import sleep
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from pydantic import ValidationError

from nodes.audit import Model, Used, canonical, sha256
from nodes.model_endpoint import ModelEndpoint
from nodes.settings import settings
from nodes.writing.asking import ModelFailed, send, texts
from nodes.writing.prompt import Prompt, delimited

if TYPE_CHECKING:
    from anthropic.types import Message

T = TypeVar("T", bound=Model)
PROSE_SECONDS = 90.0  # a person waits for prose


@dataclass(frozen=True)
class Question(Generic[T]):
    """What is asked: instructions, texts that are data and never instructions, the answer's model.

    The schema is kept by the provider apart from the rest: no PHI in names or descriptions.
    """

    prompt: Prompt
    sources: dict[str, str]
    answer: type[T]
    most: int = 16_000


@dataclass(frozen=True)
class Answered(Generic[T]):
    """The answer, which model gave it, and what an audit entry says of prompt and model."""

    value: T
    model: str
    used: tuple[Used, ...]


@dataclass(frozen=True)
class Passage:
    """A source that may be cited, under a name that means nothing elsewhere, piece by piece."""

    name: str
    title: str
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Telling:
    """What is to be told: instructions, other texts that are data, and the passages to cite."""

    prompt: Prompt
    about: dict[str, str]
    passages: tuple[Passage, ...]
    most: int = 6_000


@dataclass(frozen=True)
class Pointer:
    """A citation as the model gave it: nothing about it is believed yet."""

    name: str
    place: int
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Block:
    """A piece of the answer and what it cites; ``None`` stands for a citation of another kind."""

    text: str
    pointers: tuple[Pointer | None, ...] = ()


@dataclass(frozen=True)
class Told:
    """Prose with its citations, and who wrote it."""

    blocks: tuple[Block, ...]
    model: str
    used: tuple[Used, ...]
    input_tokens: int | None = None
    output_tokens: int | None = None


class Cite(Protocol):
    """How prose is asked for: ``claude.cite``, or a test's own."""

    def __call__(self, telling: Telling) -> Told:
        """Answer as ``claude.cite`` does, and fail as it does."""


def ask(
    question: Question[T],
    *,
    endpoint: ModelEndpoint | None = None,
    pause: Callable[[float], None] = sleep,
) -> Answered[T]:
    """Ask; raises NotConfigured without a key, ModelFailed, UpstreamBusy and UpstreamTimeout."""
    where = endpoint or settings().model
    message = send(lambda: body(question, where), where, pause=pause)
    text = "".join(block.text for block in texts(message))
    try:
        value = question.answer.model_validate_json(text)
    except ValidationError as error:
        raise ModelFailed(f"invalid_output:{_place(error)}") from None
    named, used = _who(message, where, question.prompt)
    return Answered(value, named, used)


def cite(
    telling: Telling,
    *,
    endpoint: ModelEndpoint | None = None,
    pause: Callable[[float], None] = sleep,
) -> Told:
    """Ask for prose; raises what ``ask`` raises."""
    where = endpoint or settings().model
    message = send(lambda: telling_body(telling, where), where, seconds=PROSE_SECONDS, pause=pause)
    return read(message, telling, where)


def body(question: Question[T], where: ModelEndpoint) -> dict[str, Any]:
    """Make the request: instructions only in ``system``, texts only in marked blocks."""
    from anthropic import transform_schema

    schema = transform_schema(question.answer)
    return _common(question.prompt, question.most, where) | {
        "messages": [{"role": "user", "content": delimited(question.sources)}],
        "output_config": {"format": {"type": "json_schema", "schema": schema}},
    }


def telling_body(telling: Telling, where: ModelEndpoint) -> dict[str, Any]:
    """Make the request: a block per passage that can be cited, and the other texts marked."""
    content: list[dict[str, Any]] = [
        {
            "type": "search_result",
            "source": passage.name,
            "title": passage.title,
            "content": [{"type": "text", "text": piece} for piece in passage.pieces],
            "citations": {"enabled": True},
        }
        for passage in telling.passages
    ]
    content.append({"type": "text", "text": delimited(telling.about)})
    return _common(telling.prompt, telling.most, where) | {
        "messages": [{"role": "user", "content": content}]
    }


def _common(prompt: Prompt, most: int, where: ModelEndpoint) -> dict[str, Any]:
    here = where.region if where.provider == "anthropic" else None
    return ({"inference_geo": here} if here else {}) | {
        "model": where.name,
        "max_tokens": most,
        "system": [{"type": "text", "text": prompt.text}],
        "thinking": {"type": "disabled"},
    }


def read(message: "Message", telling: Telling, where: ModelEndpoint) -> Told:
    """Take the prose and its citations from a whole answer; blocks of other kinds are no prose."""
    blocks = tuple(
        Block(block.text, tuple(map(_pointer, _listed(getattr(block, "citations", None)))))
        for block in texts(message)
    )
    named, used = _who(message, where, telling.prompt)
    usage = getattr(message, "usage", None)
    return Told(
        blocks,
        named,
        used,
        _count(getattr(usage, "input_tokens", None)),
        _count(getattr(usage, "output_tokens", None)),
    )


def _listed(citations: object) -> list[Any]:
    return citations if isinstance(citations, list) else [] if citations is None else [None]


def _pointer(citation: Any) -> Pointer | None:
    """Read a citation field by field: the library takes any JSON for one."""
    if getattr(citation, "type", None) != "search_result_location":
        return None
    names = ("search_result_index", "start_block_index", "end_block_index")
    place, start, end = (getattr(citation, name, None) for name in names)
    source, words = getattr(citation, "source", None), getattr(citation, "cited_text", None)
    if type(place) is not int or type(start) is not int or type(end) is not int:
        return None
    if not isinstance(source, str) or not isinstance(words, str):
        return None
    return Pointer(source, place, start, end, words)


def _count(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None


def _who(message: "Message", where: ModelEndpoint, prompt: Prompt) -> tuple[str, tuple[Used, ...]]:
    named = message.model if isinstance(message.model, str) and message.model else where.name
    named = named[:100]
    about = {"name": named, "region": where.region}
    model = Used(kind="model", id=named, version=named, sha256=sha256(canonical(about)))
    return named, (prompt.used, model)


def _place(error: ValidationError) -> str:
    """Name the first field that is wrong; only names of our own models are said."""
    first = error.errors(include_input=False, include_context=False, include_url=False)[0]
    return ".".join(str(part) for part in first["loc"]) or "json"
