"""DrChrono's REST API v4 as a small server of its own: lists by pages, uploads, tasks."""

import json
from contextlib import contextmanager
from datetime import date
from urllib.parse import urlencode

from werkzeug.wrappers import Request, Response

from nodes.case import Patient, PersonName
from nodes.ehr.account import Bearer, Ehr
from nodes.ehr.connection import Connection
from tests.loopback import serving

TOKEN = "drchrono-token-of-a-test"
PATIENT = Patient(
    id="Patient/pt-lopez",
    name=PersonName(family="López", given="Ana"),
    birth_date=date(1971, 4, 9),
    sex="female",
    mrn="LOAN000001",
)


def person(id_, **said):
    return {
        "id": id_, "first_name": "Ana", "last_name": "Lopez", "nick_name": "", "doctor": 7,
        "date_of_birth": "1971-04-09", "gender": "Female", "chart_id": "LOAN000001",
    } | said  # fmt: skip


class DrChrono:
    """Keeps lists by path; ``broken`` maps a path to a status, or to a function of the request."""

    def __init__(self):
        self.lists = {
            "patients": [person(41)],
            "task_statuses": [
                {"id": 1, "name": "Done", "status_category": "C"},
                {"id": 2, "name": "Old", "status_category": "O", "archived": True},
                {"id": 3, "name": "New", "status_category": "O"},
            ],
            "task_categories": [{"id": 9, "name": "Refills"}],
            "users": [
                {"id": "5", "doctor": "7", "is_doctor": "False", "is_staff": "True"},
                {"id": "6", "doctor": "7", "is_doctor": "True", "is_staff": "False"},
            ],
        }
        self.broken, self.asked, self.next_id = {}, [], 100
        self.page_size, self.foreign_next = None, False

    def __call__(self, environ, start_response):
        request = Request(environ)
        request.get_data(cache=True, parse_form_data=False)
        self.asked.append(request)
        answer = self.answer(request)
        request.close()
        return answer(environ, start_response)

    def answer(self, request):
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return reply({}, 401)
        path = request.path.removeprefix("/api/")
        broken = self.broken.get((request.method, path))
        if broken:
            return broken(request) if callable(broken) else reply({"detail": "no"}, broken)
        if request.method == "GET":
            return self.page(request, path)
        return self.write(request, path)

    def page(self, request, path):
        if path not in self.lists:
            self.lists[path] = []
        found = [one for one in self.lists[path] if fits(path, one, request.args)]
        size = self.page_size or int(request.args["page_size"])
        start = int(request.args.get("cursor", "0"))
        origin = "https://elsewhere.example/" if self.foreign_next else request.host_url
        rest = f"{request.path}?{urlencode(request.args.to_dict() | {'cursor': start + size})}"
        more = f"{origin.rstrip('/')}{rest}" if start + size < len(found) else None
        return reply({"previous": None, "data": found[start : start + size], "next": more})

    def write(self, request, path):
        kind, _, id_ = path.partition("/")
        if kind == "documents":
            upload = request.files["document"]
            made = dict(request.form) | {
                "patient": int(request.form["patient"]),
                "document": f"https://files.example/{upload.filename}",
                "bytes": upload.read().hex(),
            }
        else:
            made = json.loads(request.get_data())
        if id_:
            next(one for one in self.lists[kind] if str(one["id"]) == id_).update(made)
            return Response(status=204)
        self.next_id += 1
        self.lists.setdefault(kind, []).append({"id": self.next_id, **made})
        return reply({"id": self.next_id}, 201)

    def count(self, method, path):
        return sum(one.method == method and one.path == f"/api/{path}" for one in self.asked)


def fits(path, one, asked):
    """Narrow as the API does, as far as the tests need it."""
    if path == "patients":
        names = ("chart_id", "date_of_birth", "last_name")
        return all(one[name] == asked[name] for name in names if name in asked)
    if path == "clinical_note_field_types":
        return str(one["clinical_note_template"]) == asked["clinical_note_template"]
    if "date_range" in asked and path == "appointments":
        first, _, last = asked["date_range"].partition("/")
        assert (date.fromisoformat(last) - date.fromisoformat(first)).days <= 190
        return first <= one["scheduled_time"][:10] <= last
    return True


def reply(body, status=200):
    return Response(json.dumps(body), status, content_type="application/json")


@contextmanager
def connected(app, timeout=20, token=TOKEN):
    """Serve it and connect to it."""
    with serving(app) as base:
        held = Bearer(kind="bearer", token=token)
        yield Connection(Ehr(base_url=f"{base}/api", credential=held, timeout=timeout))
