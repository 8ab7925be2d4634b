"""A prompt as it is shipped: its words, its version, and the hash of exactly what was said."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from secrets import token_hex

from nodes.audit import Used, sha256
from nodes.errors import NotConfigured, UnreadableDocument
from nodes.settings import settings


@dataclass(frozen=True, slots=True)
class Prompt:
    """Instructions for a model; ``nodes/prompts/<id>.md`` begins with a line ``version: ...``."""

    id: str
    version: str
    text: str

    @property
    def used(self) -> Used:
        """What an audit entry says of it."""
        return Used(
            kind="prompt", id=self.id, version=self.version, sha256=sha256(self.text.encode())
        )


@cache
def shipped(name: str) -> Prompt:
    """Read a prompt of ``nodes/prompts``."""
    raw = (files("nodes") / "prompts" / f"{name}.md").read_text(encoding="utf-8")
    return parsed(name, raw)


def chosen(name: str, folder: str | None = None) -> Prompt:
    """Read the installation's own prompt of that name where it has one, else the shipped one.

    Read anew each time, so that putting an older file back is all a rollback takes. Raises
    NotConfigured for a file that is there and is no prompt.
    """
    own = folder if folder is not None else settings().prompts
    if own is None or not (file := Path(own) / f"{name}.md").exists():
        return shipped(name)
    try:
        return parsed(name, file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, UnreadableDocument):
        raise NotConfigured(
            f"settings: prompts: {name}.md cannot be read, or its first line is not `version: ...`"
        ) from None


def parsed(name: str, raw: str) -> Prompt:
    """Part the line with the version from the words."""
    first, _, text = raw.partition("\n")
    key, _, version = first.partition(": ")
    if key != "version" or not version.strip() or not text.strip():
        raise UnreadableDocument(f"prompt {name}: its first line must be `version: ...`")
    return Prompt(name, version.strip()[:100], text.strip())


def delimited(parts: dict[str, str]) -> str:
    """Put each source text between marks that no text can know before: they are made anew."""
    mark = token_hex(8)
    return "\n\n".join(
        f'<source-{mark} name="{name}">\n{text}\n</source-{mark}>' for name, text in parts.items()
    )
