"""Time of the verifier for one sentence: a summary of forty on a chart of 4,800 facts."""

from time import thread_time

from nodes.chart import Fact
from nodes.prose import Citation, Sentence
from nodes.summarize import SummarizeRequest
from nodes.writing.verify import verify
from tests.nodes.letters_world import request_of
from tests.nodes.writing_world import NAPROXEN

FACTS = 4800
SENTENCES = 40
TRIES = 5


def facts(size: int) -> list[Fact]:
    """Facts that no sentence cites, a quarter of them drugs with a name of their own."""
    return [
        NAPROXEN.model_copy(
            update={"id": f"Basic/f{n}", "kind": "medication" if n % 4 == 0 else "observation"}
        )
        for n in range(size)
    ]


def sentences() -> list[Sentence]:
    """Retell forty facts as a model would: joined, not copied."""
    request = request_of(1)
    cited = [*request.chart.facts, *_found(request)]
    told = [(a, b) for a in cited for b in cited if a.id != b.id][:SENTENCES]
    return [
        Sentence(
            id=f"s{n}",
            text=f"The record reports: {a.quote} Also noted: {b.quote}",
            citations=tuple(Citation(fact=f.id, quote=f.quote) for f in (a, b)),
        )
        for n, (a, b) in enumerate(told, 1)
    ]


def _found(request: SummarizeRequest) -> tuple[Fact, ...]:
    return request.assessment.facts if request.assessment else ()


def milliseconds(size: int = FACTS) -> float:
    """CPU milliseconds for one sentence, ground included; the quickest of some tries."""
    request, said, best = request_of(1), sentences(), float("inf")
    held = [*facts(size), *request.chart.facts, *_found(request)]
    for _ in range(TRIES):
        began = thread_time()
        verify(said, held, request.case, assessment=request.assessment, notes=request.chart.notes)
        best = min(best, thread_time() - began)
    return best / len(said) * 1000


def report() -> None:
    """Print the line."""
    print(f"\nVerifier, {SENTENCES} sentences on {FACTS} facts, CPU ms a sentence")
    print(f"{'with its ground':<16}{milliseconds():>9.2f}")


if __name__ == "__main__":
    report()
