"""The rules every file in workflows_json keeps; each yields what breaks it, in words."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from nodes.catalog import NODES

Json = dict[str, Any]
Rule = Callable[[Json], Iterator[str]]

VERSIONS = {
    "convertToFile": 1.1,
    "dataTable": 1.1,
    "emailReadImap": 2.1,
    "errorTrigger": 1,
    "executeWorkflow": 1.4,
    "executeWorkflowTrigger": 1.2,
    "extractFromFile": 1,
    "httpRequest": 4.5,
    "if": 2.3,
    "readWriteFile": 1,
    "respondToWebhook": 1.5,
    "scheduleTrigger": 1.4,
    "set": 3.5,
    "splitOut": 1,
    "stickyNote": 1,
    "stopAndError": 1,
    "switch": 3.4,
    "wait": 1.1,
    "webhook": 2.1,
}
CREDENTIALS = {"Prior Auth Nodes", "EHR order events", "Review pages", "Fax mailbox"}
TRIGGERS = {"emailReadImap", "errorTrigger", "executeWorkflowTrigger", "scheduleTrigger", "webhook"}
OPTIONS = {
    "batching": {"batch": {"batchSize": 1, "batchInterval": 0}},
    "response": {"response": {"fullResponse": True, "neverError": True}},
}
DEFAULT_NAME = re.compile(
    r"^(HTTP Request|If|Switch|Set|Edit Fields|Wait|Webhook|Merge|Respond to Webhook|Data table"
    r"|Execute Workflow|Stop and Error|Insert row|Get row\(s\))\d*$",
    re.IGNORECASE,
)
SECRET = re.compile(r"Bearer [A-Za-z0-9._-]{12,}|\b(sk|pan|ghp|eyJ)[_-]?[A-Za-z0-9_-]{16,}")


def kind(node: Json) -> str:
    """A node's type without the package's name."""
    return str(node["type"]).removeprefix("n8n-nodes-base.")


def of(workflow: Json, *kinds: str) -> list[Json]:
    """The nodes of these types."""
    return [node for node in workflow["nodes"] if kind(node) in kinds]


def wires(workflow: Json) -> Iterator[tuple[str, int, str]]:
    """Every wire: from which node, which of its outputs, to which node."""
    for source, ends in workflow["connections"].items():
        for output, targets in enumerate(ends["main"]):
            for target in targets:
                yield source, output, target["node"]


def strings(value: Any) -> Iterator[str]:
    """Every string in a piece of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def only_known_nodes(workflow: Json) -> Iterator[str]:
    """Node types and versions are those tried in the n8n we name; none runs code."""
    for node in workflow["nodes"]:
        if VERSIONS.get(kind(node)) != node["typeVersion"]:
            yield f"{node['name']}: {kind(node)} {node['typeVersion']} is not a type we use"


def names_say_something(workflow: Json) -> Iterator[str]:
    """Names are unique, short, and not n8n's defaults."""
    names = [node["name"] for node in workflow["nodes"]]
    for name in names:
        if DEFAULT_NAME.match(name) or names.count(name) > 1 or len(name) > 40:
            yield f"{name}: a name that says what the node does, once, in 40 characters"


def wires_lead_somewhere(workflow: Json) -> Iterator[str]:
    """Every wire ends at a node; every node but triggers and notes is reached."""
    names = {node["name"] for node in workflow["nodes"]}
    reached = {target for _, _, target in wires(workflow)}
    for source, _, target in wires(workflow):
        if not {source, target} <= names:
            yield f"a wire from {source} to {target}, which are not both there"
    for node in workflow["nodes"]:
        if kind(node) not in TRIGGERS | {"stickyNote"} and node["name"] not in reached:
            yield f"{node['name']} is never reached"


def branches_are_wired(workflow: Json) -> Iterator[str]:
    """Every output of an If or a Switch, the last resort included, leads on."""
    for node in of(workflow, "if", "switch"):
        rules = node["parameters"].get("rules", {}).get("values", [None])
        used = {output for source, output, _ in wires(workflow) if source == node["name"]}
        if used != set(range(len(rules) + 1)):
            yield f"{node['name']}: an output leads nowhere"
        if kind(node) == "switch" and node["parameters"]["options"]["fallbackOutput"] != "extra":
            yield f"{node['name']}: what fits no rule must have its own output"


def ancestors(workflow: Json, name: str) -> set[str]:
    """All nodes from which a wire leads, by way of others, to this one."""
    found: set[str] = set()
    ahead = {name}
    while ahead:
        ahead = {s for s, _, target in wires(workflow) if target in ahead} - found
        found |= ahead
    return found


def expressions_name_nodes_before(workflow: Json) -> Iterator[str]:
    """``$('Name')`` names a node that runs earlier."""
    for node in workflow["nodes"]:
        before = ancestors(workflow, node["name"])
        for text in strings(node["parameters"]):
            for name in re.findall(r"\$\('([^']+)'\)|\$\(\"([^\"]+)\"\)", text):
                if "".join(name) not in before:
                    yield f"{node['name']} refers to {''.join(name)}, which does not come before"


def expressions_are_marked(workflow: Json) -> Iterator[str]:
    """Double braces without a leading ``=`` are shown as they stand; $env is denied by n8n."""
    for node in workflow["nodes"]:
        for text in strings(node["parameters"]):
            if "{{" in text and not text.startswith("={{") and kind(node) != "stickyNote":
                yield f"{node['name']}: double braces without a leading ="
            if re.search(r"\$(env|vars|secrets)\b", text):
                yield f"{node['name']}: uses the environment"


def no_error_outputs(workflow: Json) -> Iterator[str]:
    """n8n's error items carry the credential's header and the request's body: no node makes any."""
    for node in workflow["nodes"]:
        if node.get("onError", "stopWorkflow") != "stopWorkflow" or node.get("continueOnFail"):
            yield f"{node['name']}: hands error items on"


def calls_are_alike(workflow: Json) -> Iterator[str]:
    """HTTP calls: header credential, full response, never an error item, retries, one at a time."""
    for node in of(workflow, "httpRequest"):
        parameters, options = node["parameters"], node["parameters"]["options"]
        if parameters.get("genericAuthType") != "httpHeaderAuth" or not node.get("credentials"):
            yield f"{node['name']}: no header credential"
        if {key: options.get(key) for key in OPTIONS} != OPTIONS or not options.get("timeout"):
            yield f"{node['name']}: options are not ours (full response, batching, timeout)"
        if not node.get("retryOnFail") or node.get("maxTries", 0) < 3:
            yield f"{node['name']}: does not try again when the connection is refused"


def answers_are_told_apart(workflow: Json) -> Iterator[str]:
    """After each call a Switch: busy (a bounded wait, then again), ok, failed."""
    by_name = {node["name"]: node for node in workflow["nodes"]}
    pairs = list(wires(workflow))
    for node in of(workflow, "httpRequest"):
        after = [target for source, _, target in pairs if source == node["name"]]
        switch = by_name[after[0]] if len(after) == 1 else {"type": "none", "parameters": {}}
        if kind(switch) != "switch":
            yield f"{node['name']}: no Switch on its status code"
            continue
        rules = {r["outputKey"]: json.dumps(r) for r in switch["parameters"]["rules"]["values"]}
        busy = [t for s, o, t in pairs if s == switch["name"] and o == 1]
        waits = [name for name in busy if kind(by_name[name]) == "wait"]
        if list(rules) != ["ok", "busy"] or "$runIndex <" not in rules["busy"]:
            yield f"{switch['name']}: ok, busy (bounded by $runIndex), failed"
        elif not waits or (waits[0], 0, node["name"]) not in pairs:
            yield f"{switch['name']}: busy does not wait and ask again"


def credentials_are_named(workflow: Json) -> Iterator[str]:
    """By name and with ``"id": null``: without the key, n8n takes any credential of the type."""
    for node in workflow["nodes"]:
        for given in node.get("credentials", {}).values():
            if given.get("id", "") is not None or given.get("name") not in CREDENTIALS:
                yield f'{node["name"]}: credentials are {{"id": null, "name": one of ours}}'


def webhooks_are_guarded(workflow: Json) -> Iterator[str]:
    """A webhook asks for a header and is answered by a Respond to Webhook node."""
    for node in of(workflow, "webhook"):
        if node["parameters"].get("authentication") != "headerAuth" or not node.get("credentials"):
            yield f"{node['name']}: anyone may call it"
    for node in of(workflow, "webhook", "wait"):
        hook = kind(node) == "webhook" or node["parameters"]["resume"] == "webhook"
        if hook and node["parameters"].get("responseMode") != "responseNode":
            yield f"{node['name']}: answers without a Respond to Webhook node"


def addresses_stand_in_configuration(workflow: Json) -> Iterator[str]:
    """Base URLs stand in the one Configuration node, secrets nowhere."""
    if SECRET.search(json.dumps(workflow)):
        yield "something looks like a secret"
    for node in workflow["nodes"]:
        if node["name"] == "Configuration" or kind(node) == "stickyNote":
            continue
        if any(re.search(r"https?://", text) for text in strings(node["parameters"])):
            yield f"{node['name']}: an address outside Configuration"


def bodies_fit_the_nodes(workflow: Json) -> Iterator[str]:
    """What is sent to a node has the fields of its request, all required ones among them."""
    for node in of(workflow, "httpRequest"):
        called = re.search(r"/nodes/([a-z0-9-]+)'", node["parameters"]["url"])
        if called is None:
            continue
        known = NODES[called[1]].request.model_fields
        sent = top_level_keys(node["parameters"]["jsonBody"])
        needed = {name for name, field in known.items() if field.is_required()}
        if not needed <= sent <= set(known):
            missing, unknown = sorted(needed - sent), sorted(sent - set(known))
            yield f"{node['name']}: lacks {missing}, the node does not know {unknown}"


def top_level_keys(body: str) -> set[str]:
    """The keys of an object literal in an expression."""
    depth, flat = 0, ""
    for sign in re.sub(r"'[^']*'|\"[^\"]*\"|\?\.", "", body.removeprefix("={{").removesuffix("}}")):
        depth -= sign in ")]}"
        flat += sign if depth == 1 else ""
        depth += sign in "([{"
    return set(re.findall(r"(?:^|,)\s*(\w+)\s*:", flat.strip("{ ")))


def settings_keep_little(workflow: Json) -> Iterator[str]:
    """Successful runs are not kept; failed ones reach the error workflow."""
    if workflow["settings"].get("saveDataSuccessExecution") != "none":
        yield "successful executions would be kept"
    if bool(of(workflow, "errorTrigger")) == ("errorWorkflow" in workflow["settings"]):
        yield "every workflow but the error workflow names it"


def triggers_have_sample_data(workflow: Json) -> Iterator[str]:
    """Each trigger has pinned sample data, to try the workflow in the editor."""
    for node in of(workflow, *TRIGGERS):
        if not workflow["pinData"].get(node["name"]):
            yield f"{node['name']}: no pinned sample data"
