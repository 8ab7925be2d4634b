"""What is wrong in a settings file or on the command line is a sentence, before anything starts."""

import base64
import json

import pytest
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
    ],
)
def test_a_fault_in_the_settings_is_a_sentence_before_the_start(serve, text, said):
    status, heard, started = serve(text)
    assert (status, started) == (1, False), heard
    assert said in heard and heard.startswith("prior-auth: ")
    assert SECRET not in heard or "cannot be read" in heard


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
