"""What is wrong in a settings file or on the command line is a sentence, before anything starts."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from pydantic import ValidationError

from nodes.errors import NotConfigured
from nodes.settings import Token, load, settings
from server import __main__ as command_line
from server.trial import furnish

REVIEW = {
    "queue_url": "http://n8n.test/queue",
    "packet_url": "http://n8n.test/packet",
    "resume_origin": "http://n8n.test",
}
TOKEN = {"sha256": "ab" * 32, "subject": "s", "name": "n", "kind": "person", "roles": ["reviewer"]}
OIDC = {"issuer": "https://id.test", "audience": "a"}
UNSUPPORTED = base64.b64encode(bytes.fromhex("302e020100300506032b656a04220420") + bytes(32))
PEM = f"-----BEGIN PRIVATE KEY-----\n{UNSUPPORTED.decode()}\n-----END PRIVATE KEY-----\n"
SECRET = "Hunter2"


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


P384 = pem(ec.generate_private_key(ec.SECP384R1()))
LOCKED = (
    ec.generate_private_key(ec.SECP384R1())
    .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(SECRET.encode()))
    .decode()
)
SIGNED = {"kind": "private_key_jwt", "client_id": "c", "kid": "k", "key": P384}
STATIC = {"kind": "bearer", "token": SECRET}
SOAP = {
    "url": "http://soap.test/x.svc",
    "customer_key": SECRET,
    "user": SECRET,
    "password": SECRET,
    "practice": "p",
}


def an_ehr(**changes):
    return {"ehrs": {"main": {"base_url": "https://ehr.test/r4"} | changes}}


def signing_with(key):
    return an_ehr(credential=SIGNED | {"key": key})


IN_CLEAR = "would send a credential readable on its way"
EHRS = [
    (signing_with(SECRET), "ehrs/main/credential/private_key_jwt/key: not a private key in PEM"),
    (signing_with("file:none.pem"), "settings: the file none.pem cannot be read"),
    (signing_with("env:NO_SUCH_KEY"), "environment variable NO_SUCH_KEY is not set"),
    (signing_with(LOCKED), "the key has a passphrase"),
    (signing_with(pem(rsa.generate_private_key(65537, 1024))), "2048 bits or more"),
    (signing_with(pem(ec.generate_private_key(ec.SECP256R1()))), "an EC key on the curve P-384"),
    (signing_with(pem(ed25519.Ed25519PrivateKey.generate())), "must be an RSA key"),
    (an_ehr(base_url="http://ehr.test/r4", credential=STATIC), f"base_url {IN_CLEAR}"),
    (
        an_ehr(credential=SIGNED | {"token_url": "http://ehr.test/token"}),
        f"ehrs/main: credential.token_url {IN_CLEAR}",
    ),
    (
        an_ehr(rest={"base_url": "http://ehr.test/api", "credential": STATIC}),
        f"rest.base_url {IN_CLEAR}",
    ),
    (an_ehr(soap=SOAP), f"soap.url {IN_CLEAR}"),
    (an_ehr(base_url=f"https://me:{SECRET}@ehr.test/r4"), "without user or password"),
    (an_ehr(base_url="https://ehr.test\\@evil.test/r4"), "must be like https://"),
    (an_ehr(base_url="https://ehr.tést/r4"), "in ASCII"),
    (an_ehr(base_url="https://ehr.test:99999/r4"), "must be like https://"),
    (an_ehr(base_url="file:///dev/null"), "ehrs/main/base_url"),
    (an_ehr(base_url="ftp://ehr.test/r4"), "ehrs/main/base_url"),
    (an_ehr(vendor="nobody"), "there is no vendor file of this name"),
    (an_ehr(credential={"kind": "password"}), "ehrs/main/credential"),
    (an_ehr(credential=STATIC | {"scope": "x"}), "ehrs/main/credential/bearer/scope"),
    (an_ehr(token=SECRET), "ehrs/main/token"),
    (an_ehr(budget=0), "ehrs/main/budget"),
    (an_ehr(budget=1.5), "ehrs/main/budget"),
]


@pytest.fixture
def serve(monkeypatch, capsys, tmp_path):
    """Try to serve on settings; give the exit status, what was said and whether it started."""

    def call(text, *arguments):
        started = []
        file = tmp_path / "settings.yaml"
        file.write_text(text if isinstance(text, str) else json.dumps(text))
        monkeypatch.setattr("os.execve", lambda *call: started.append(call))
        monkeypatch.setenv("PRIOR_AUTH_CONFIG", str(file))
        settings.cache_clear()
        try:
            status = command_line.main(["serve", *arguments])
        except SystemExit as leaving:
            status = leaving.code
        finally:
            settings.cache_clear()
        return status, capsys.readouterr().err, bool(started)

    return call


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &a [*a]\n", "refers to itself"),
        ("&a {x: *a}\n", "refers to itself"),
        ("[" * 5000, "refers to itself"),
        ("- tokens\n", "must be a mapping"),
        ("Hunter2\n", "must be a mapping"),
        ("0\n", "must be a mapping"),
        ("max_body_mb: 2020-13-45\n", "cannot be read as YAML"),
        ("2020-01-01: 1\n", "cannot be read as YAML"),
        ("{: [", "cannot be read as YAML"),
        ({"signing": {"key": SECRET}}, "signing: key: not a private key"),
        ({"signing": {"key": PEM}}, "signing: key: not a private key"),
        ({"signing": {"key": "file:a\0b"}}, "cannot be read"),
        ({"oidc": OIDC}, "oidc: give jwks_url, or a key set in jwks"),
        *(
            ({"oidc": OIDC | {"jwks": jwks}}, "oidc: give jwks_url, or a key set in jwks")
            for jwks in (
                SECRET,
                "[7]",
                '{"keys": [7]}',
                '{"keys": 7}',
                '{"keys": []}',
                '{"keys": [{"kty": "EC", "crv": "P-256", "x": 1, "y": "!"}]}',
                '{"keys": [{"kty": "RSA", "n": {}, "e": []}]}',
                "[" * 100_000,
            )
        ),
        ({"oidc": OIDC | {"jwks_url": f"file:///{SECRET}"}}, "cannot be read"),
        ({"oidc": OIDC | {"jwks_url": f"ftp://{SECRET}"}}, "oidc/jwks_url"),
        ({"oidc": OIDC | {"jwks_url": "https://id.test/x", "audience": ""}}, "oidc/audience"),
        ({"review": REVIEW | {"session_key": SECRET}}, "openssl rand -base64 32"),
        ({"review": REVIEW | {"session_key": "x" * 31}}, "secrets.token_urlsafe(32)"),
        ({"tokens": [TOKEN | {"subject": ""}]}, "tokens/0/subject"),
        ({"tokens": [TOKEN | {"subject": "OIDC:x"}]}, "the identity provider's"),
        ({"tokens": [TOKEN | {"name": " "}]}, "tokens/0/name"),
        ({"tokens": [TOKEN | {"name": "n" * 201}]}, "tokens/0/name"),
        ({"tokens": [TOKEN | {"kind": "service"}]}, "reviewers are persons"),
        *EHRS,
    ],
)
def test_a_fault_in_the_settings_is_a_sentence_before_the_start(serve, text, said):
    status, heard, started = serve(text)
    assert (status, started) == (1, False), heard
    assert said in heard and heard.startswith("prior-auth: ")
    assert SECRET not in heard or "cannot be read" in heard


@pytest.mark.parametrize(
    "sound",
    [
        signing_with(P384),
        signing_with(P384.replace("\n", "\\n")),
        signing_with(pem(rsa.generate_private_key(65537, 2048))),
        an_ehr(base_url="http://127.0.0.1:8000/r4", credential=STATIC),
        an_ehr(base_url="http://[::1]:8000/r4", credential=STATIC),
        an_ehr(base_url="http://ehr.test/r4"),
        an_ehr(base_url="http://ehr.test/r4", credential=STATIC, insecure=True),
        an_ehr(credential=STATIC, budget=0.25, soap=SOAP | {"url": "https://soap.test/x.svc"}),
    ],
)
def test_an_ehr_as_it_should_be(serve, sound):
    _, heard, started = serve(sound)
    assert started, heard


def test_settings_that_are_not_there_name_their_path(tmp_path):
    missing = tmp_path / "elsewhere.yaml"
    with pytest.raises(NotConfigured, match=r"PRIOR_AUTH_CONFIG.*No such file") as refused:
        load(missing)
    assert f"{missing}" in f"{refused.value}"


def test_an_empty_file_is_an_empty_installation(tmp_path):
    (tmp_path / "settings.yaml").write_text("# nothing yet\n")
    assert load(tmp_path / "settings.yaml").tokens == ()


@pytest.mark.parametrize(
    "bind",
    ["127.0.0.1:99999", "127.0.0.1", "x", ":", "[::1:80", "no.such.host.invalid:80", "a b:1"],
)
def test_an_address_to_listen_on_that_is_none(serve, bind):
    status, heard, started = serve({}, "--bind", bind)
    assert (status, started) == (2, False)
    assert "--bind" in heard and "Traceback" not in heard


@pytest.mark.parametrize("bind", ["127.0.0.1:0", ":8000", "[::1]:8000", "localhost:65535"])
def test_an_address_to_listen_on(serve, bind):
    assert serve({}, "--bind", bind)[2]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (["--subject", ""], "--subject"),
        (["--name", "  "], "--name"),
        (["--title", "x" * 101], "--title"),
        (["--kind", "service", "--role", "reviewer"], "reviewers are persons"),
        (["--subject", "oidc:someone"], "the identity provider's"),
    ],
)
def test_a_token_that_cannot_be(capsys, changes, said):
    given = ["--subject", "person:x", "--name", "X", "--kind", "person", "--role", "preparer"]
    assert command_line.main(["token", "new", *given, *changes]) == 2
    shown = capsys.readouterr()
    assert said in shown.err and "pan_" not in shown.out


def test_a_reviewing_service_is_no_token():
    with pytest.raises(ValidationError, match="reviewers are persons"):
        Token.model_validate_json(json.dumps(TOKEN | {"kind": "service"}))


def test_the_trials_outbox_is_there(tmp_path):
    trial = furnish(tmp_path / "trial", "http://127.0.0.1:1")
    assert (trial.folder / "outbox").is_dir()
    assert load(trial.config).channels["outbox"].folder == str(trial.folder / "outbox")
