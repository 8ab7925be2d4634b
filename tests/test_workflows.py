"""Every workflow file keeps the rules; every rule can fail."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import canvas_rules as look
from tests import workflow_rules as rules
from tests.workflow_rules import Json, Rule, of

FOLDER = Path(__file__).parents[1] / "workflows_json"
FILES = sorted(FOLDER.glob("*.json"))
WORKFLOWS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FILES}
MAIN = "01-order-to-submission"
CALLED = ("04-write-back", "05-status-inquiry", "06-ehr-order-webhook", "11-fax-inbox-to-case")


def first(workflow: Json, kind: str) -> Json:
    return of(workflow, kind)[0]


def drop_wire(workflow: Json, source: str) -> None:
    workflow["connections"][source]["main"][-1] = []


def edit_switch(workflow: Json, test: str) -> None:
    rule = first(workflow, "switch")["parameters"]["rules"]["values"][1]
    rule["conditions"]["conditions"][0]["leftValue"] = test


def note(workflow: Json, color: int) -> Json:
    return next(n for n in of(workflow, "stickyNote") if n["parameters"]["color"] == color)


# Each rule, and an edit to the main workflow that breaks it.
BREAKS: list[tuple[Rule, Callable[[Json], Any]]] = [
    (rules.only_known_nodes, lambda w: first(w, "set").update(type="n8n-nodes-base.code")),
    (rules.only_known_nodes, lambda w: first(w, "httpRequest").update(typeVersion=4.2)),
    (rules.names_say_something, lambda w: first(w, "set").update(name="Edit Fields1")),
    (rules.wires_lead_somewhere, lambda w: w["connections"].pop("Configuration")),
    (rules.branches_are_wired, lambda w: drop_wire(w, "Hard stop?")),
    (
        rules.branches_are_wired,
        lambda w: first(w, "switch")["parameters"]["options"].update(fallbackOutput="none"),
    ),
    (
        rules.expressions_name_nodes_before,
        lambda w: first(w, "wait")["parameters"].update(amount="={{ $('Nowhere').first() }}"),
    ),
    (
        rules.expressions_are_marked,
        lambda w: first(w, "set")["parameters"].update(jsonOutput="{{ $json }}"),
    ),
    (
        rules.expressions_are_marked,
        lambda w: first(w, "set")["parameters"].update(jsonOutput="={{ $env.KEY }}"),
    ),
    (
        rules.no_error_outputs,
        lambda w: first(w, "httpRequest").update(onError="continueErrorOutput"),
    ),
    (rules.no_error_outputs, lambda w: first(w, "set").update(onError="continueRegularOutput")),
    (rules.calls_are_alike, lambda w: first(w, "httpRequest").pop("credentials")),
    (rules.calls_are_alike, lambda w: first(w, "httpRequest").pop("retryOnFail")),
    (
        rules.calls_are_alike,
        lambda w: first(w, "httpRequest")["parameters"]["options"].pop("timeout"),
    ),
    (
        rules.calls_are_alike,
        lambda w: first(w, "httpRequest")["parameters"]["options"].pop("batching"),
    ),
    (
        rules.answers_are_told_apart,
        lambda w: edit_switch(w, "={{ $json.statusCode === 503 }}"),
    ),
    (
        rules.answers_are_told_apart,
        lambda w: w["connections"]["Fetch the chart"]["main"][0][0].update(node="Hard stop?"),
    ),
    (
        rules.credentials_are_named,
        lambda w: first(w, "httpRequest")["credentials"]["httpHeaderAuth"].pop("id"),
    ),
    (
        rules.credentials_are_named,
        lambda w: first(w, "webhook")["credentials"]["httpHeaderAuth"].update(name="My key"),
    ),
    (
        rules.webhooks_are_guarded,
        lambda w: first(w, "webhook")["parameters"].update(authentication="none"),
    ),
    (
        rules.webhooks_are_guarded,
        lambda w: first(w, "webhook")["parameters"].update(responseMode="lastNode"),
    ),
    (
        rules.addresses_stand_in_configuration,
        lambda w: first(w, "httpRequest")["parameters"].update(url="http://127.0.0.1/x"),
    ),
    (
        rules.addresses_stand_in_configuration,
        lambda w: first(w, "httpRequest").update(notes="Bearer abcdefghijklmnop"),
    ),
    (
        rules.bodies_fit_the_nodes,
        lambda w: first(w, "httpRequest")["parameters"].update(jsonBody="={{ { ehr: 1 } }}"),
    ),
    (rules.settings_keep_little, lambda w: w["settings"].update(saveDataSuccessExecution="all")),
    (rules.settings_keep_little, lambda w: w["settings"].pop("errorWorkflow")),
    (rules.triggers_have_sample_data, lambda w: w.update(pinData={})),
    (look.overview, lambda w: note(w, look.OVERVIEW)["parameters"].update(content="## Short")),
    (look.overview, lambda w: note(w, look.OVERVIEW)["parameters"].update(color=3)),
    (look.section_notes, lambda w: note(w, look.SECTION)["parameters"].update(color=3)),
    (look.section_notes, lambda w: note(w, look.SECTION)["parameters"].update(content="a " * 50)),
    (look.nodes_stand_in_sections, lambda w: first(w, "set").update(position=[-5000, 0])),
    (
        look.nothing_overlaps,
        lambda w: first(w, "set").update(position=first(w, "webhook")["position"]),
    ),
    (look.nothing_overlaps, lambda w: note(w, look.OVERVIEW)["parameters"].update(width=9000)),
]
RULES = list(dict.fromkeys(rule for rule, _ in BREAKS))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflow_keeps(name: str, rule: Rule) -> None:
    assert list(rule(WORKFLOWS[name])) == []


@pytest.mark.parametrize(("rule", "break_it"), BREAKS, ids=lambda part: part.__name__)
def test_rule_can_fail(rule: Rule, break_it: Callable[[Json], Any]) -> None:
    workflow = copy.deepcopy(WORKFLOWS[MAIN])
    break_it(workflow)
    assert list(rule(workflow))


def test_tables_agree_across_files() -> None:
    assert list(look.tables_agree(list(WORKFLOWS.values()))) == []
    broken = copy.deepcopy(WORKFLOWS[MAIN])
    broken["nodes"] = [n for n in broken["nodes"] if n["name"] != "Queue for review"]
    first(broken, "dataTable")["parameters"]["columns"]["column"].pop()
    assert list(look.tables_agree([WORKFLOWS["02-review-queue"], broken]))


def test_files_name_each_other_by_ids_that_exist() -> None:
    ids = {workflow["id"] for workflow in WORKFLOWS.values()}
    named = {
        w["settings"]["errorWorkflow"]
        for w in WORKFLOWS.values()
        if "errorWorkflow" in w["settings"]
    }
    called = {
        node["parameters"]["workflowId"]["value"]
        for workflow in WORKFLOWS.values()
        for node in of(workflow, "executeWorkflow")
    }
    assert len(ids) == len(WORKFLOWS) == 13
    assert named == {WORKFLOWS["00-errors"]["id"]}
    assert called == {WORKFLOWS[name]["id"] for name in CALLED}


def test_who_calls_the_write_back_hands_over_what_it_reads() -> None:
    told = WORKFLOWS["04-write-back"]
    read = set(re.findall(r"\('Outcome to write'\)\.first\(\)\.json\.(\w+)", json.dumps(told)))
    assert read <= {*told["pinData"]["Outcome to write"][0]["json"], "tasks"}
    callers = {
        name: next(n for n in of(workflow, "set") if "request_pdf:" in json.dumps(n))
        for name, workflow in WORKFLOWS.items()
        if any(n["parameters"]["workflowId"]["value"] == told["id"] for n in calls(workflow))
    }
    assert len(callers) >= 2
    for name, node in callers.items():
        handed = rules.top_level_keys(node["parameters"]["jsonOutput"])
        assert read - handed <= {"status", "task", "tasks"}, name


def calls(workflow: Json) -> list[Json]:
    return of(workflow, "executeWorkflow")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_written_as_n8n_would(path: Path) -> None:
    workflow = WORKFLOWS[path.stem]
    assert re.fullmatch(r"\d\d-[a-z0-9-]+", path.stem)
    assert re.fullmatch(r"[A-Za-z0-9]{16}", workflow["id"])
    assert workflow["active"] is False
    assert path.read_text() == json.dumps(workflow, indent=2, ensure_ascii=False) + "\n"
