"""An EHR of ours that wants tokens, and checks by itself what asks for one."""

import base64
import json
import threading
from urllib.parse import unquote_plus

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from werkzeug.wrappers import Request, Response

from nodes.ehr.account import Bearer, ClientSecret, Ehr, PrivateKey, RefreshToken

CANARY = "canary-5d1"
SECRET = f"{CANARY}+/ secret:%"
CURVE = ec.generate_private_key(ec.SECP384R1())
MODULUS = rsa.generate_private_key(65537, 2048)
SCOPE = "system/*.read"


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def answer(value, status=200, **headers):
    return Response(json.dumps(value), status, headers, content_type="application/json")


class SmartEhr:
    """Gives tokens at ``/token``; what is below ``/fhir`` needs the newest one."""

    def __init__(self, life=3600, scope=SCOPE):
        self.life, self.scope, self.base = life, scope, None
        self.given, self.asked, self.forms, self.jtis = [], [], [], set()
        self.faults, self.token_faults = [], []
        self.refresh = f"{CANARY}-refresh-0"
        self.rotates = False
        self.lock = threading.Lock()
        self.token_endpoint = "/token"

    def __call__(self, environ, start_response):
        request = Request(environ)
        request.get_data()
        with self.lock:
            found = self.found(request)
        return found(environ, start_response)

    def found(self, request):
        if request.path == "/token":
            return self.token_faults.pop(0) if self.token_faults else self.token(request)
        if request.path == "/fhir/.well-known/smart-configuration":
            where = self.token_endpoint
            return answer({"token_endpoint": self.base + where if where[0] == "/" else where})
        self.asked.append(request)
        if self.faults:
            fault = self.faults.pop(0)
            return fault(request) if callable(fault) and not isinstance(fault, Response) else fault
        if request.headers.get("Authorization") != f"Bearer {self.newest}":
            return Response(CANARY, 401)
        return answer({"resourceType": "Bundle"})

    @property
    def newest(self):
        return self.given[-1] if self.given else None

    def token(self, request):
        form = request.form.to_dict()
        self.forms.append(form)
        try:
            self.check(request, form)
        except (AssertionError, jwt.PyJWTError, KeyError, ValueError):
            said = {"error": "invalid_client", "error_description": CANARY}
            return answer(said, 401)
        self.given.append(f"{CANARY}-token-{len(self.given)}")
        told = {"access_token": self.newest, "token_type": "bearer", "expires_in": self.life}
        told |= {"scope": self.scope} if self.scope else {}
        if self.rotates:
            self.refresh = f"{CANARY}-refresh-{len(self.given)}"
            told["refresh_token"] = self.refresh
        return answer(told)

    def check(self, request, form):
        if form["grant_type"] == "refresh_token":
            assert form["refresh_token"] == self.refresh
            assert (form["client_id"], form["client_secret"]) == ("app", SECRET)
        elif "client_assertion" in form:
            self.check_assertion(form)
        elif "client_secret" in form:
            assert (form["client_id"], form["client_secret"]) == ("app", SECRET)
        else:
            kind, _, pair = request.headers["Authorization"].partition(" ")
            assert kind == "Basic"
            client, _, secret = base64.b64decode(pair).decode().partition(":")
            assert (unquote_plus(client), unquote_plus(secret)) == ("app", SECRET)

    def check_assertion(self, form):
        assert form["grant_type"] == "client_credentials"
        assert form["client_assertion_type"].endswith(":jwt-bearer")
        header = jwt.get_unverified_header(form["client_assertion"])
        key = {"RS384": MODULUS, "ES384": CURVE}[header["alg"]]
        claims = jwt.decode(
            form["client_assertion"],
            key.public_key(),
            algorithms=[header["alg"]],
            audience=f"{self.base}/token",
            options={"require": ["iss", "sub", "aud", "exp", "jti"]},
        )
        assert header["kid"] == "kid-1" and header["typ"] == "JWT"
        assert claims["iss"] == claims["sub"] == "app"
        assert claims["jti"] not in self.jtis
        self.jtis.add(claims["jti"])


def credential(kind, base=None, **changes):
    url = f"{base}/token" if base else None
    made = {
        "es": lambda: PrivateKey(
            kind="private_key_jwt",
            **{"client_id": "app", "kid": "kid-1", "key": pem(CURVE), "token_url": url} | changes,
        ),
        "rs": lambda: PrivateKey(
            kind="private_key_jwt",
            **{"client_id": "app", "kid": "kid-1", "key": pem(MODULUS), "token_url": url} | changes,
        ),
        "basic": lambda: ClientSecret(
            kind="client_secret",
            **{"client_id": "app", "secret": SECRET, "token_url": url, "scope": SCOPE} | changes,
        ),
        "post": lambda: ClientSecret(
            kind="client_secret",
            **{"client_id": "app", "secret": SECRET, "token_url": url, "sent": "post"} | changes,
        ),
        "refresh": lambda: RefreshToken(
            kind="refresh_token",
            **{
                "client_id": "app",
                "secret": SECRET,
                "token_url": f"{base}/token",
                "refresh_token": f"{CANARY}-refresh-0",
            }
            | changes,
        ),
        "bearer": lambda: Bearer(kind="bearer", **{"token": f"{CANARY}-static"} | changes),
    }
    return made[kind]()


def settings(base, held, **changes):
    return Ehr(base_url=f"{base}/fhir", credential=held, **{"timeout": 5} | changes)
