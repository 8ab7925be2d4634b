"""A prompt as it is shipped: its words, its version, and the hash of exactly what was said."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from secrets import token_hex

from nodes.audit import Used, sha256
from nodes.errors import UnreadableDocument


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
    first, _, text = raw.partition("\n")
    key, _, version = first.partition(": ")
    if key != "version":
        raise UnreadableDocument(f"prompt {name}: its first line must be `version: ...`")
    return Prompt(name, version.strip(), text.strip())


def delimited(parts: dict[str, str]) -> str:
    """Put each source text between marks that no text can know before: they are made anew."""
    mark = token_hex(8)
    return "\n\n".join(
        f'<source-{mark} name="{name}">\n{text}\n</source-{mark}>' for name, text in parts.items()
    )
