"""What an EHR, or the network before it, does to an answer: each fault changes one answer.

``HARMLESS`` must not cost a chart anything; ``HOSTILE`` may, and the chart must then say so.
"""

import copy
import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Literal

Json = dict[str, Any]
Delivery = Literal["whole", "drip", "hang", "reset", "long", "short", "chunks", "broken chunks"]
FHIR = {"Content-Type": "application/fhir+json;charset=utf-8"}
SUBJECTS = {"subject", "patient", "beneficiary"}
HUGE = 40_000_000


@dataclass(frozen=True)
class Answer:
    """What the client gets, how late (seconds), and how it is handed over."""

    status: int
    headers: dict[str, str]
    body: bytes
    delivery: Delivery = "whole"
    late: float = 0


@dataclass(frozen=True)
class Scene:
    """Where a fault happens: the address asked, a trap at another origin, words to hide."""

    url: str
    trap: str
    canary: str
    chance: Random


Fault = Callable[[Answer, Scene], Answer]


def instead(status: int, **headers: str) -> Fault:
    """Another status with an error page that repeats what nobody may log."""

    def fault(answer: Answer, scene: Scene) -> Answer:
        issue = {"severity": "error", "code": "exception", "diagnostics": scene.canary}
        outcome = {"resourceType": "OperationOutcome", "issue": [issue]}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = json.dumps(outcome).encode()
        return Answer(status, FHIR | {"X-Request": scene.canary} | named, body)

    return fault


def body(change: Callable[[bytes, Scene], bytes], **headers: str) -> Fault:
    """The answer with another body, and headers to go with it."""

    def fault(answer: Answer, scene: Scene) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(answer, body=change(answer.body, scene), headers=answer.headers | named)

    return fault


def handed(delivery: Delivery) -> Fault:
    """The answer handed over in another way."""
    return lambda answer, scene: replace(answer, delivery=delivery)


def page(change: Callable[[Json, list[Json], Scene], None]) -> Fault:
    """The answer with its Bundle changed, where it is a page of a search."""

    def fault(answer: Answer, scene: Scene) -> Answer:
        bundle = parsed(answer)
        if bundle is None:
            return answer
        change(bundle, bundle.setdefault("entry", []), scene)
        return replace(answer, body=json.dumps(bundle).encode())

    return fault


def parsed(answer: Answer) -> Json | None:
    """The Bundle an answer is; None for anything else."""
    try:
        value = json.loads(answer.body)
    except ValueError:
        return None
    return value if isinstance(value, dict) and value.get("resourceType") == "Bundle" else None


def next_link(url: Callable[[Scene], str]) -> Fault:
    """A page whose next link leads somewhere else."""

    def change(bundle: Json, entries: list[Json], scene: Scene) -> None:
        others = [link for link in bundle.get("link", []) if link["relation"] != "next"]
        bundle["link"] = [*others, {"relation": "next", "url": url(scene)}]

    return page(change)


def intruder(whose: str | None) -> Fault:
    """A page with a resource of another patient, or of nobody, among the patient's own."""

    def change(bundle: Json, entries: list[Json], scene: Scene) -> None:
        for entry in [one for one in entries if SUBJECTS & one["resource"].keys()][:1]:
            resource = marked(copy.deepcopy(entry["resource"]), scene)
            resource["id"] = f"intruder-{scene.chance.randrange(10**6)}"
            for place in sorted(SUBJECTS):
                if resource.pop(place, None) and whose:
                    resource[place] = {"reference": whose}
            entries.insert(scene.chance.randrange(len(entries) + 1), {"resource": resource})

    return page(change)


def marked(value: Any, scene: Scene) -> Any:
    """A resource whose words are all the canary's."""
    if isinstance(value, dict):
        return {
            k: f"{scene.canary} intruder" if k in WORDS else marked(v, scene)
            for k, v in value.items()
        }
    return [marked(item, scene) for item in value] if isinstance(value, list) else value


WORDS = {"display", "text", "valueString", "title", "description"}


def inserted(entry: Any) -> Fault:
    """A page with something in it that is no entry of this search."""
    return page(lambda bundle, entries, scene: entries.insert(len(entries) // 2, entry))


def relative(bundle: Json, entries: list[Json], scene: Scene) -> None:
    """The links of a page without scheme and host."""
    for link in bundle.get("link", []):
        link["url"] = "/" + link["url"].split("/", 3)[-1]


def again(bundle: Json, entries: list[Json], scene: Scene) -> None:
    """A last page that leads to itself under another name, once."""
    last = not any(link["relation"] == "next" for link in bundle.get("link", []))
    if last and "_again" not in scene.url:
        bundle.setdefault("link", []).append({"relation": "next", "url": f"{scene.url}&_again=1"})


def doubled(bundle: Json, entries: list[Json], scene: Scene) -> None:
    """A page with every entry twice."""
    entries += copy.deepcopy(entries)


def padded(content: bytes, scene: Scene) -> bytes:
    """The same page with more in it than anybody should read."""
    return content[:-1] + b',"_filler":"' + b"x" * HUGE + b'"}'


def html(content: bytes, scene: Scene) -> bytes:
    """A portal's page."""
    return f"<html><body><h1>Maintenance</h1>{scene.canary}</body></html>".encode()


def cut(content: bytes, scene: Scene) -> bytes:
    """The first part of an answer."""
    return content[: scene.chance.randrange(1, max(2, len(content) - 1))]


def rubbish(content: bytes, scene: Scene) -> bytes:
    """An answer with bytes that are no UTF-8 in the middle."""
    middle = len(content) // 2
    return content[:middle] + b"\xff\xfe\x00" + content[middle:]


def other_resource(content: bytes, scene: Scene) -> bytes:
    """An outcome where a Bundle or the resource should be."""
    issue = {"severity": "fatal", "code": "security", "diagnostics": scene.canary}
    return json.dumps({"resourceType": "OperationOutcome", "issue": [issue]}).encode()


ELSEWHERE = "Patient/somebody-else"
OUTCOME = {"severity": "warning", "code": "not-supported", "diagnostics": "Canary Q-7731"}
HARMLESS: dict[str, Fault] = {
    "gzip": body(lambda content, scene: gzip.compress(content, mtime=0), Content_Encoding="gzip"),
    "text/plain": body(lambda content, scene: content, Content_Type="text/plain"),
    "late": lambda answer, scene: replace(answer, late=0.05),
    "chunks": handed("chunks"),
    "every entry twice": page(doubled),
    "last page again": page(again),
    "relative links": page(relative),
    "null entry": inserted(None),
    "entry without resource": inserted({"fullUrl": "urn:uuid:0"}),
    "wrong type": inserted({"resource": {"resourceType": "Basic", "id": "1"}}),
    "remark": inserted({"resource": {"resourceType": "OperationOutcome", "issue": [OUTCOME]}}),
    "another patient": intruder(ELSEWHERE),
    "no patient": intruder(None),
    "429, now": instead(429, Retry_After="0"),
    "503, now": instead(503, Retry_After="0"),
}
HOSTILE: dict[str, Fault] = {
    "429": instead(429),
    "429, an hour": instead(429, Retry_After="3600"),
    "503": instead(503),
    "503, a date": instead(503, Retry_After="Fri, 31 Dec 2027 23:59:59 GMT"),
    "500": instead(500),
    "401": instead(401, WWW_Authenticate="Bearer"),
    "403": instead(403),
    "404": instead(404),
    "302": lambda answer, scene: Answer(302, FHIR | {"Location": scene.trap}, b""),
    "drip": handed("drip"),
    "hang": handed("hang"),
    "reset": handed("reset"),
    "Content-Length too long": handed("long"),
    "Content-Length too short": handed("short"),
    "broken chunks": handed("broken chunks"),
    "cut": body(cut),
    "empty": body(lambda content, scene: b""),
    "a list": body(lambda content, scene: b"[" + content + b"]"),
    "nested": body(lambda content, scene: b"[" * 200_000),
    "not UTF-8": body(rubbish),
    "HTML": body(html, Content_Type="text/html"),
    "outcome": body(other_resource),
    "broken gzip": body(
        lambda content, scene: gzip.compress(content, mtime=0)[:-100], Content_Encoding="gzip"
    ),
    "huge": body(padded),
    "gzip bomb": body(
        lambda content, scene: gzip.compress(padded(content, scene), 1), Content_Encoding="gzip"
    ),
    "loop": next_link(lambda scene: scene.url),
    "foreign": next_link(lambda scene: scene.trap),
    "foreign by name": next_link(lambda scene: scene.url.replace("127.0.0.1", "localhost")),
    "no http": next_link(lambda scene: "file:///etc/hostname"),
    "entries no list": page(lambda bundle, entries, scene: bundle.update(entry={"a": 1})),
}
FAULTS = HARMLESS | HOSTILE
