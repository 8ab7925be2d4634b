"""Cases are put to a node, one after the other, and their answers scored."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import signature
from time import perf_counter_ns
from typing import Any, Self

from pydantic import ValidationError

from nodes.audit import Used
from nodes.catalog import NODES
from nodes.errors import NodeError, UnreadableDocument
from nodes.node import VERSION, Response
from nodes.prose import Writing
from server.evaluating.cases import EvaluationCase, EvaluationSet, scorer
from server.evaluating.point import Point
from server.evaluating.report import CaseResult, EvaluationReport, by_kind, counted, measures

Json = dict[str, Any]

MOST_WRONG = 20


def run(told: EvaluationSet, sha256: str, writer: str | None = None) -> EvaluationReport:
    """Put every case; a refusal is a result, counted as a miss of the metric ``accepted``.

    A case that expects ``{refused: <problem's name>}`` is right when that is what happens.
    ``writer`` is put into each request that has such a field: to measure what the model writes.
    """
    asking = _Asking.of(told.node, writer)
    results, used = [], dict[Used, None]()
    for case in told.cases:
        result, its = asking.put(case)
        results.append(result)
        used.update(dict.fromkeys(its))
    return EvaluationReport(
        node=told.node,
        about=told.about,
        cases_sha256=sha256,
        version=VERSION,
        used=tuple(used),
        measures=measures(results),
        strata=by_kind(results),
        cases=tuple(results),
    )


@dataclass(frozen=True)
class _Asking:
    """How a request is made whole, answered and scored.

    The node of the name answers, else the scorer's ``answer``. A scorer's ``prepare`` makes the
    request of a shorter form, such as a policy's case; its ``score`` may also take the request.
    """

    prepare: Callable[[Json], Json]
    answer: Callable[[Json], Any]
    score: Callable[..., Iterable[Point]]

    @classmethod
    def of(cls, name: str, writer: str | None) -> Self:
        module = scorer(name)
        node = NODES.get(name)
        has = node is not None and "writer" in node.request.model_fields
        chosen = {"writer": writer} if writer and has else {}

        def prepare(body: Json) -> Json:
            return getattr(module, "prepare", dict)(body) | chosen

        def answer(body: Json) -> Response:
            assert node is not None
            return node.function(node.request.model_validate_json(json.dumps(body)))

        return cls(prepare, answer if node else module.answer, module.score)

    def put(self, case: EvaluationCase) -> tuple[CaseResult, tuple[Used, ...]]:
        try:
            body = self.prepare(case.request)
        except NodeError as error:
            raise UnreadableDocument(f"case {case.id}: request: {error}") from None
        refused, said, began = None, None, perf_counter_ns()
        try:
            said = self.answer(body)
        except ValidationError as error:
            first = error.errors(include_input=False, include_context=False)[0]
            place = "/".join(map(str, first["loc"]))
            raise UnreadableDocument(f"case {case.id}: request/{place}: {first['msg']}") from None
        except NodeError as error:
            refused = error.slug
        spent = (perf_counter_ns() - began) / 1e6
        points = self.points(case.expect, body, said, refused)
        return _result(case, points, said, refused, spent), getattr(said, "used", ())

    def points(self, expect: Any, body: Json, said: Any, refused: str | None) -> list[Point]:
        wanted = expect.get("refused") if isinstance(expect, dict) else None
        if wanted or refused:
            right = refused == wanted
            return [Point("accepted", "hit" if right else "miss", refused or "not refused")]
        more = (body,) if len(signature(self.score).parameters) > 2 else ()
        return [*self.score(expect, said, *more), Point("accepted", "hit")]


def _result(
    case: EvaluationCase, points: list[Point], said: Any, refused: str | None, spent: float
) -> CaseResult:
    writing = getattr(said, "writing", None) or Writing()
    wrong = [_wrong(point) for point in points if point.kind in ("miss", "false_alarm")]
    return CaseResult(
        id=case.id,
        kind=case.kind,
        counted=counted(points),
        wrong=tuple(wrong[:MOST_WRONG]),
        refused=refused if any(point.metric == "accepted" for point in points if
                               point.kind == "miss") else None,
        milliseconds=round(spent, 3),
        input_tokens=writing.input_tokens or 0,
        output_tokens=writing.output_tokens or 0,
        writer=writing.writer if hasattr(said, "writing") else None,
    )  # fmt: skip


def _wrong(point: Point) -> str:
    return f"{point.metric}: {point.kind.replace('_', ' ')}: {point.detail}"
