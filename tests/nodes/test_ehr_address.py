"""Only what is configured is called, however an address is written."""

import pytest

from nodes.ehr import address
from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.errors import UpstreamFailed

BASE = "https://ehr.test/fhir/r4"
MINE = [
    "https://ehr.test/fhir/r4/Patient/1",
    "https://ehr.test/elsewhere?page=2",
    "https://ehr.test:443/x",
    "HTTPS://EHR.TEST/x",
    "https://ehr.test",
    "https://ehr.test?x=1",
    "https://ehr.test/x?value=a\\,b c#d",
    "https://ehr.test/x?back=https://evil.test/",
    "https://ehr.test/@evil.test/",
    "https://ehr.test/Müller",
]
OTHERS = [
    "http://ehr.test/x",
    "https://ehr.test:8443/x",
    "https://ehr.test:0/x",
    "https://ehr.test:99999/x",
    "https://ehr.test:/x",
    "https://ehr.test.evil.test/x",
    "https://evil.test/https://ehr.test/",
    "https://ehr.test@evil.test/x",
    "https://ehr.test:443@evil.test/x",
    "https://me:secret@ehr.test/x",
    "https://@ehr.test/x",
    "https://evil.test\\@ehr.test/x",
    "https://ehr.test\\@evil.test/x",
    "https://evil.test#@ehr.test/",
    "https://evil.test?@ehr.test/",
    "https:\\\\ehr.test/x",
    "https:/ehr.test/x",
    "https:ehr.test/x",
    "//ehr.test/x",
    "/fhir/r4/Patient/1",
    "Patient/1",
    "",
    " https://ehr.test/x",
    "https://ehr.test /x",
    "https://ehr.test\t/x",
    "https://ehr.\ntest/x",
    "https://ehr.test/x\r\nHost: evil.test",
    "https://ehr.test/\x00",
    "https://ehr.test./x",
    "https://ehr%2etest/x",
    "https://ehr。test/x",
    "https://\u0435hr.test/x",
    "https://ehr.te\u017ft/x",
    "https://[::1]/x",
    "https://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "ftp://ehr.test/x",
    "javascript:alert(1)",
]


def never(*_, **__):
    raise AssertionError("it was called")


@pytest.mark.parametrize("url", MINE)
def test_what_is_of_the_configured_origin_is_called(url):
    asked = []

    def call(method, url, **_):
        asked.append(url)
        return type("Answer", (), {"status": 200, "body": b""})()

    Connection(Ehr(base_url=BASE), call=call).get(url, {})
    assert asked == [url]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("url", OTHERS)
def test_what_is_of_another_origin_is_never_called(url, method):
    connection = Connection(Ehr(base_url=BASE), call=never)
    with pytest.raises(UpstreamFailed, match="another address") as caught:
        connection.get(url, {}) if method == "GET" else connection.send(method, url, b"", {})
    assert "evil" not in str(caught.value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.test/", "http://a.test:80/x", True),
        ("http://a.test:080/", "http://a.test/x", True),
        ("https://a.test/", "https://a.test:80/", False),
        ("http://[::1]:8000/", "http://[0:0:0:0:0:0:0:1]:8000/x", True),
        ("http://[::1]/", "http://[::2]/", False),
        ("http://[::1%25eth0]/", "http://[::1%25eth0]/", False),
        ("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", True),
        ("http://[:::]/", "http://[:::]/", False),
        ("http://127.0.0.1/", "http://127.1/", False),
        ("http://127.0.0.1/", "http://2130706433/", False),
        ("http://a_b.test/", "http://A_B.test/", True),
        ("http://xn--hr-bja.test/", "http://ähr.test/", False),
    ],
)
def test_an_origin_is_read_one_way(one, other, same):
    assert address.same(one, other) is same


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("https://ehr.test/", True),
        ("http://ehr.test/", False),
        ("http://localhost:8000/", True),
        ("http://localhost.evil.test/", False),
        ("http://127.0.0.1/", True),
        ("http://127.8.8.8/", True),
        ("http://[::1]/", True),
        ("http://10.0.0.1/", False),
        ("http://0.0.0.0/", False),
        ("http://127.0.0.1.evil.test/", False),
        ("nonsense", False),
    ],
)
def test_nobody_listens_in_tls_or_on_this_machine(url, private):
    assert address.private(url) is private
