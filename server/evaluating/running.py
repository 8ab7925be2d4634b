"""Cases are put to a node, one after the other, and their answers scored."""

import json
from collections.abc import Callable
from time import perf_counter_ns
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from nodes.audit import Used
from nodes.catalog import NODES
from nodes.errors import NodeError, UnreadableDocument
from nodes.node import VERSION, Response
from nodes.prose import Writing
from server.evaluating.cases import EvaluationCase, EvaluationSet, scorer
from server.evaluating.point import Point
from server.evaluating.report import CaseResult, EvaluationReport, by_kind, counted, measures

MOST_WRONG = 20


def run(told: EvaluationSet, sha256: str, writer: str | None = None) -> EvaluationReport:
    """Put every case; a refusal is a result, counted as a miss of the metric ``answered``.

    A case that expects ``{refused: <problem's name>}`` is right when that is what happens.

    ``writer`` is put into each request that has such a field: to measure what the model writes.
    """
    module = scorer(told.node)
    answer = _answer(told.node, module, writer)
    results, used = [], dict[Used, None]()
    for case in told.cases:
        result, its = _one(case, answer, module.score)
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


def _answer(name: str, module: ModuleType, writer: str | None) -> Callable[[dict[str, Any]], Any]:
    """Say how a request is answered: by the node of that name, else by the scorer's ``answer``.

    A scorer's ``prepare`` makes the node's request of a shorter form, such as a policy's case.
    """
    node = NODES.get(name)
    if node is None:
        return module.answer  # type: ignore[no-any-return]
    chosen = {"writer": writer} if writer and "writer" in node.request.model_fields else {}

    prepare = getattr(module, "prepare", dict)

    def answer(body: dict[str, Any]) -> Response:
        whole = prepare(body) | chosen
        return node.function(node.request.model_validate_json(json.dumps(whole)))

    return answer


def _one(
    case: EvaluationCase,
    answer: Callable[[dict[str, Any]], Any],
    score: Callable[[Any, Any], Any],
) -> tuple[CaseResult, tuple[Used, ...]]:
    began = perf_counter_ns()
    refused, said = None, None
    try:
        said = answer(case.request)
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        place = "/".join(map(str, first["loc"]))
        raise UnreadableDocument(f"case {case.id}: request/{place}: {first['msg']}") from None
    except NodeError as error:
        refused = error.slug
    spent = (perf_counter_ns() - began) / 1e6
    points = _points(case.expect, said, refused, score)
    writing = getattr(said, "writing", None) or Writing()
    result = CaseResult(
        id=case.id,
        kind=case.kind,
        counted=counted(points),
        wrong=tuple(_wrong(point) for point in points if point.kind in ("miss", "false_alarm"))[
            :MOST_WRONG
        ],
        refused=refused if not _expected(case, refused) else None,
        milliseconds=round(spent, 3),
        input_tokens=writing.input_tokens or 0,
        output_tokens=writing.output_tokens or 0,
        writer=writing.writer if hasattr(said, "writing") else None,
    )
    return result, getattr(said, "used", ())


def _expected(case: EvaluationCase, refused: str | None) -> bool:
    return isinstance(case.expect, dict) and case.expect.get("refused") == refused


def _points(expect: Any, said: Any, refused: str | None, score: Any) -> list[Point]:
    wanted = expect.get("refused") if isinstance(expect, dict) else None
    if wanted or refused:
        as_wanted = refused == wanted
        return [Point("answered", "hit" if as_wanted else "miss", refused or "not refused")]
    return [*score(expect, said), Point("answered", "hit")]


def _wrong(point: Point) -> str:
    return f"{point.metric}: {point.kind.replace('_', ' ')}: {point.detail}"
