"""Whatever the other side does, a call ends at its deadline."""

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from time import monotonic

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from nodes import http, sessions
from nodes.errors import UpstreamFailed, UpstreamTimeout

DEADLINE, LATEST = 0.3, 1.5  # seconds
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@contextmanager
def answering(handle):
    """A server of one function: it gets each connection, and an event to wait on."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=guarded, args=(connection,), daemon=True).start()

        def guarded(connection):
            with connection, suppress(OSError):
                handle(connection, over)

        threading.Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        over.set()
        listener.shutdown(socket.SHUT_RDWR)


def drip(first, piece):
    """Answer a request at once, and then never finish, a piece every 50 ms."""

    def handle(connection, over):
        connection.recv(10_000)
        connection.sendall(first)
        while not over.wait(0.05):
            connection.sendall(piece)

    return handle


def silent(connection, over):
    over.wait()


def listening_slowly(connection, over):
    """Take what is sent in small bites, so that each piece can be sent but all takes long."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    while not over.wait(0.02):
        connection.recv(65_536)


FOREVER = {
    "silence": silent,
    "the status drips": drip(b"HTTP/1.1 2", b"0"),
    "a header drips": drip(HEAD + b"X-Long: ", b"x"),
    "headers drip": drip(HEAD, b"X-A: b\r\n"),
    "it says continue for ever": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "the body drips": drip(HEAD + b"Content-Length: 10000\r\n\r\n", b"x"),
    "chunks drip": drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "a chunk's size drips": drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "a redirect drips": drip(
        b"HTTP/1.1 302 F\r\nLocation: /b\r\nContent-Length: 9999\r\n\r\n", b"x"
    ),
    "it never reads on": listening_slowly,
}


IN_TLS = {"silence", "the body drips", "it never reads on"}
WAYS = [(how, "http") for how in FOREVER] + [(how, "https") for how in IN_TLS]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("how", "scheme"), sorted(WAYS))
def test_a_call_ends_at_its_deadline(how, method, scheme, certified):
    handle = FOREVER[how]

    def wrapped(connection, over):
        if scheme == "https" and handle is not silent:
            with certified.wrap_socket(connection, server_side=True) as secure:
                handle(secure, over)
        else:
            handle(connection, over)

    body = None if method == "GET" else b"x" * 20_000_000
    began = monotonic()
    with answering(wrapped) as host, pytest.raises(UpstreamFailed) as caught:
        http.call(
            method, f"{scheme}://{host}/a", body=body, headers={}, timeout=DEADLINE, token=None
        )
    assert monotonic() - began < LATEST
    assert isinstance(caught.value, UpstreamTimeout)


@pytest.fixture(scope="module")
def certified(tmp_path_factory):
    """A TLS server's context; its certificate is trusted by requests here."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + made.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REQUESTS_CA_BUNDLE", str(file))
        sessions.trusted.cache_clear()
        yield context
    sessions.trusted.cache_clear()


def test_tls_works_over_these_connections(certified):
    def handle(connection, over):
        with certified.wrap_socket(connection, server_side=True) as secure:
            secure.recv(1000)
            secure.sendall(HEAD + b"Content-Length: 2\r\n\r\nok")

    with answering(handle) as host:
        answer = http.get(f"https://{host}/", headers={}, timeout=5, token=None)
    assert answer.body == b"ok"


@pytest.mark.parametrize(("bundle", "host"), [("", "127.0.0.1"), (None, "localhost")])
def test_a_certificate_nobody_vouches_for_is_refused(certified, monkeypatch, bundle, host):
    if bundle is not None:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", bundle)
        sessions.trusted.cache_clear()

    def handle(connection, over):
        with certified.wrap_socket(connection, server_side=True) as secure:
            secure.recv(10)

    with answering(handle) as address, pytest.raises(UpstreamFailed, match="certificate") as caught:
        url = f"https://{address}/".replace("127.0.0.1", host)
        http.get(url, headers={}, timeout=5, token=None)
    sessions.trusted.cache_clear()
    assert not caught.value.transient
