"""Tebra's SOAP API as a small server: it reads envelopes strictly, as WCF reads its WSDL."""

from contextlib import contextmanager
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from pydantic import SecretStr
from werkzeug.wrappers import Request, Response

from nodes.ehr.account import Ehr, Soap
from nodes.ehr.connection import Connection
from tests.loopback import serving

ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"
API = "{http://www.kareo.com/api/schemas/}"
HEADER = ["ClientVersion", "CustomerKey", "Password", "User"]
# The order of the elements of each request; nested ones by the name of their parent.
SEQUENCES = {
    "GetPatients": ["RequestHeader", "Fields", "Filter"],
    "GetPatient": ["RequestHeader", "Filter"],
    "GetThrottles": ["RequestHeader"],
    "CreateDocument": ["RequestHeader", "DocumentToCreate"],
    "RequestHeader": HEADER,
    "GetPatients/Filter": [
        "FirstName", "FromCreatedDate", "FromDateOfBirth", "FromLastEncounterDate",
        "FromLastModifiedDate", "FullName", "Gender", "IsActive", "LastName", "PracticeName",
        "ToCreatedDate", "ToDateOfBirth",
    ],
    "GetPatient/Filter": ["ExternalID", "ExternalVendorID", "PatientID"],
    "Fields": [],
    "DocumentToCreate": [
        "DocumentDate", "DocumentNotes", "FileContent", "FileName", "Label", "Name", "PatientId",
        "PracticeId", "Status",
    ],
}  # fmt: skip
SECRET = "p<a>ss&word"


def patient(id_, **said):
    return {
        "DOB": "4/9/1971 12:00:00 AM", "FirstName": "Ana", "ID": id_, "LastName": "Lopez",
        "MedicalRecordNumber": "", "PracticeId": "12", "PracticeName": "Riverbend",
    } | said  # fmt: skip


class Tebra:
    """Keeps patients and documents; ``broken`` maps an operation to what answers instead."""

    def __init__(self):
        self.patients, self.documents = [patient("501")], []
        self.broken, self.asked, self.next_id = {}, [], 700

    def __call__(self, environ, start_response):
        return self.answer(Request(environ))(environ, start_response)

    def answer(self, request):
        assert request.method == "POST" and request.mimetype == "text/xml"
        (body,) = list(fromstring(request.get_data()))
        assert body.tag == f"{ENVELOPE}Body"
        ((operation, asked),) = [(plain(one), one) for one in body]
        action = f'"http://www.kareo.com/api/schemas/KareoServices/{operation}"'
        assert request.headers["SOAPAction"] == action
        (asked,) = list(asked)
        assert plain(asked) == "request"
        ordered(operation, asked, operation)
        self.asked.append(operation)
        if operation in self.broken:
            return self.broken[operation]
        if asked.findtext(f"{API}RequestHeader/{API}Password") != SECRET:
            return result(operation, security={"Authenticated": "false"})
        return getattr(self, operation)(asked)

    def GetPatients(self, asked):
        wanted = asked.findtext(f"{API}Filter/{API}LastName") or ""
        found = [one for one in self.patients if wanted.lower() in one["LastName"].lower()]
        return result("GetPatients", Patients=[("PatientData", one) for one in found])

    def GetPatient(self, asked):
        wanted = asked.findtext(f"{API}Filter/{API}PatientID")
        found = [one for one in self.patients if one["ID"] == wanted]
        return result("GetPatient", **({"Patient": found[0]} if found else {}))

    def GetThrottles(self, asked):
        told = {"Endpoint": "CreateDocument", "ThrottleTimeMs": "2500"}
        return result("GetThrottles", Throttles=[("ThrottleDetail", told)])

    def CreateDocument(self, asked):
        made = asked.find(f"{API}DocumentToCreate")
        self.documents.append({plain(one): one.text for one in made})
        self.next_id += 1
        return result("CreateDocument", DocumentId=str(self.next_id))


def plain(element):
    """An element's name; it must be of the API's namespace."""
    assert element.tag.startswith(API), element.tag
    return element.tag.removeprefix(API)


def ordered(name, element, operation):
    """Hold the children of an element against the order of the WSDL."""
    sequence = SEQUENCES.get(f"{operation}/{name}", SEQUENCES.get(name))
    if sequence is None:
        return
    names = [plain(child) for child in element]
    places = [sequence.index(one) for one in names]
    assert places == sorted(set(places)), names
    for child in element:
        ordered(plain(child), child, operation)


def result(operation, error=None, security=None, **content):
    root = Element(f"{ENVELOPE}Envelope")
    inside = SubElement(SubElement(root, f"{ENVELOPE}Body"), f"{API}{operation}Response")
    inside = SubElement(inside, f"{API}{operation}Result")
    fill(inside, "ErrorResponse", error or {"ErrorMessage": "", "IsError": "false"})
    held = {"Authenticated": "true", "Authorized": "true"} | (security or {})
    fill(inside, "SecurityResponse", held)
    for name, value in content.items():
        fill(inside, name, value)
    return Response(tostring(root), content_type="text/xml")


def fill(parent, name, value):
    child = SubElement(parent, f"{API}{name}")
    if isinstance(value, str):
        child.text = value
    else:
        for key, one in value.items() if isinstance(value, dict) else value:
            fill(child, key, one)


def fault(code, words):
    root = Element(f"{ENVELOPE}Envelope")
    found = SubElement(SubElement(root, f"{ENVELOPE}Body"), f"{ENVELOPE}Fault")
    SubElement(found, "faultcode").text = code
    SubElement(found, "faultstring").text = words
    return Response(tostring(root), 500, content_type="text/xml")


@contextmanager
def connected(app, timeout=20, password=SECRET):
    """Serve it and connect to it; gives the connection and the account."""
    with serving(app) as base:
        account = Soap(
            url=f"{base}/services/soap/2.1/KareoServices.svc",
            customer_key=SecretStr("key"),
            user=SecretStr("user@riverbend.example"),
            password=SecretStr(password),
            practice="12",
        )
        ehr = Ehr(base_url=f"{base}/fhir", vendor="tebra", soap=account, timeout=timeout)
        yield Connection(ehr, system="soap"), account
