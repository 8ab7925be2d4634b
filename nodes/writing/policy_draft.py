"""A policy drafted by Claude from a payer's text: asked, then held against that text."""

from typing import Protocol

from nodes.errors import UnreadableDocument
from nodes.policy.drafting import Draft, Header, draft
from nodes.policy.proposal import Proposal
from nodes.policy.source_text import SourceText
from nodes.writing import claude
from nodes.writing.claude import Answered, Question
from nodes.writing.prompt import chosen

LONGEST = 300_000


class Ask(Protocol):
    """How it is asked: ``claude.ask``, or a test's own."""

    def __call__(self, question: Question[Proposal]) -> Answered[Proposal]:
        """Answer as ``claude.ask`` does, and fail as it does."""


def propose(source: SourceText, header: Header, *, ask: Ask = claude.ask) -> Draft:
    """Draft a policy; raises what ``claude.ask`` raises, and UnreadableDocument for a text that
    is too long or of which nothing can be kept.
    """
    text = source.shown()
    if len(text) > LONGEST:
        raise UnreadableDocument(
            "the text is longer than 300,000 characters: cut out the part with the criteria"
        )
    if not text.strip():
        raise UnreadableDocument("there is no text")
    prompt = chosen("draft-policy")
    answered = ask(Question(prompt, {"policy": text}, Proposal, most=32_000))
    used = prompt.used
    by = f"{answered.model}, prompt {used.id} {used.version} (sha256 {used.sha256[:16]})"
    return draft(answered.value, source, header, by)
