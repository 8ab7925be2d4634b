"""A small EHR that others can write to, in memory, with the habits that real ones have."""

import json
from copy import deepcopy

from werkzeug.wrappers import Request, Response

from nodes.audit import seal
from tests.gates import NOW

SYSTEM = "urn:prior-auth-nodes:case"


class Record:
    """DocumentReferences and Tasks by id. ``offers``: interactions by type; None: no statement.

    ``before`` may answer in the server's place: it gets the request; None goes on.
    ``forgets``: elements that the EHR drops of what it is given; ``lists``: it knows that a comma
    parts several identifiers.
    """

    def __init__(
        self, offers=None, before=None, forgets=(), knows=("identifier", "date"), lists=True
    ):
        self.offers, self.before, self.forgets, self.knows = offers, before, forgets, knows
        self.held, self.asked, self.lists = {}, [], lists

    def __call__(self, environ, start_response):
        request = Request(environ)
        request.get_data()
        self.asked.append((request.method, request.path.removeprefix("/fhir/")))
        answer = self.before(request) if self.before else None
        return (answer or self.answer(request))(environ, start_response)

    def answer(self, request):
        kind, _, id_ = request.path.removeprefix("/fhir/").partition("/")
        if kind == "metadata":
            return self.metadata()
        if request.method == "POST":
            return self.create(kind, request)
        if request.method == "PUT":
            return self.replace(f"{kind}/{id_}", request)
        if id_:
            held = self.held.get(f"{kind}/{id_}")
            return said(held) if held else outcome(404)
        return self.search(kind, request)

    def metadata(self):
        if self.offers is None:
            return outcome(404)
        types = [
            {"type": kind, "interaction": [{"code": code} for code in codes]}
            for kind, codes in self.offers.items()
        ]
        statement = {"resourceType": "CapabilityStatement", "status": "active"}
        return said({**statement, "rest": [{"mode": "server", "resource": types}]})

    def search(self, kind, request):
        if {"identifier", "date"} & set(request.args) - set(self.knows):
            return outcome(400)
        asked = request.args.get("identifier", "")
        wanted = {value for value in (asked.split(",") if self.lists else [asked]) if value}
        found = [
            one
            for one in self.held.values()
            if one["resourceType"] == kind and (not wanted or wanted & tokens(one))
        ]
        entries = [{"resource": one} for one in found]
        return said({"resourceType": "Bundle", "type": "searchset", "entry": entries})

    def create(self, kind, request):
        new = json.loads(request.data)
        assert request.headers["If-None-Exist"].startswith("identifier=")
        new |= {"id": str(len(self.held) + 1), "meta": {"versionId": "1"}}
        self.put({name: value for name, value in new.items() if name not in self.forgets})
        return said(new, 201, Location=f"/fhir/{kind}/{new['id']}/_history/1")

    def replace(self, name, request):
        held = self.held[name]["meta"]["versionId"]
        if request.headers["If-Match"] != f'W/"{held}"':
            return outcome(412)
        new = json.loads(request.data) | {"meta": {"versionId": str(int(held) + 1)}}
        self.put(new)
        return said(new)

    def put(self, resource):
        self.held[f"{resource['resourceType']}/{resource['id']}"] = deepcopy(resource)

    def of(self, kind, part=""):
        return [
            one
            for one in self.held.values()
            if one["resourceType"] == kind and any(part in t for t in tokens(one) or {part})
        ]

    def sent(self, method):
        return [path for verb, path in self.asked if verb == method]


def tokens(resource):
    return {f"{one.get('system')}|{one['value']}" for one in resource.get("identifier", ())}


def said(resource, status=200, **headers):
    return Response(json.dumps(resource), status, headers, mimetype="application/fhir+json")


def outcome(status):
    return said({"resourceType": "OperationOutcome", "issue": []}, status)


def entry(node="fetch-chart"):
    """One audit entry."""
    return seal(
        {
            "node": node,
            "version": "1",
            "at": NOW,
            "actor": "n8n",
            "request_sha256": "0" * 64,
            "response_sha256": "1" * 64,
            "used": (),
            "duration_us": 5,
            "previous": None,
        }
    )
