import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.fhir.client import Client
from nodes.fhir.content import normalised, read
from nodes.fhir.page import visible
from nodes.fhir.tree import Unreadable
from nodes.http import Answer

BINARY = b'{"resourceType": "Binary", "id": "b1", "data": "aGVsbG8="}'


def client(body=BINARY, kind="application/fhir+json"):
    def call(method, url, **asked):
        return Answer(200 if url.endswith("/Binary/b1") else 404, {"content-type": kind}, body)

    return Client(Connection(Ehr(base_url="http://ehr.test/fhir"), call=call))


def attachment(content, kind="text/plain"):
    return {"contentType": kind, "data": base64.b64encode(content).decode()}


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Pain <b>7</b>/10</p><p>No fever</p>", "Pain 7/10\nNo fever"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<style>p{}</style><script>x('<p>no</p>')</script>seen", "seen"),
        ("<table><tr><td>A1c</td><td>8.9&nbsp;%</td></tr></table>", "A1c 8.9 %"),
        ("left &lt; right &amp; &#181;g", "left < right & µg"),
        ("not </script> closed <p>after", "not closed\nafter"),
        ("<template><p>hidden</template>shown<!-- comment -->", "shown"),
        ("<unknown>words</unknown>", "words"),
    ],
)
def test_html_as_a_reader_sees_it(page, text):
    assert visible(page) == text


def test_line_ends_and_invisible_characters_are_normalised_once():
    raw = "\ufeffa\r\nb\rc\u200bd\u202ee\u2066f\x00g\u00adh\t1\n"
    assert normalised(raw) == "a\nb\ncdefgh\t1"


@settings(deadline=None)
@given(st.text())
def test_normalising_again_changes_nothing(raw):
    assert normalised(normalised(raw)) == normalised(raw)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("naïve µ".encode(), "text/plain"),
        ("naïve µ".encode(), "text/plain; charset=UTF-8"),
        ("naïve µ".encode("utf-8-sig"), "TEXT/PLAIN"),
        ("naïve µ".encode("cp1252"), "text/plain"),
        ("naïve µ".encode("latin-1"), "text/plain;charset=iso-8859-1"),
        ("<p>naïve µ</p>".encode(), "text/html"),
        ("<p>naïve µ</p>".encode(), "application/xhtml+xml"),
    ],
)
def test_text_is_decoded(content, kind):
    assert read(attachment(content, kind), client()).text == "naïve µ"


@pytest.mark.parametrize("url", ["Binary/b1", "http://ehr.test/fhir/Binary/b1"])
def test_a_binary_of_the_same_ehr_is_read(url):
    assert read({"contentType": "text/plain", "url": url}, client()).text == "hello"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (attachment(b"{}", "application/json"), "not one whose text"),
        ({"data": "aGVsbG8="}, "not one whose text"),
        (attachment(b"%PDF", "application/pdf"), "cannot be read"),
        ({"contentType": "text/plain"}, "not in this EHR"),
        ({"contentType": "text/plain", "url": "http://evil.test/Binary/b1"}, "not in this EHR"),
        ({"contentType": "text/plain", "url": "Patient/p1"}, "not in this EHR"),
        ({"contentType": "text/plain", "url": "Binary/other"}, "does not give"),
        ({"contentType": "text/plain", "data": "%%%"}, "base64"),
        ({"contentType": "text/plain", "data": "é"}, "base64"),
        (attachment(b" \n\t"), "empty"),
        (attachment(b"<script>x</script>", "text/html"), "empty"),
        (attachment(b"\x81\x8d"), "decoded"),
    ],
)
def test_what_cannot_be_text_says_why(bad, reason):
    with pytest.raises(Unreadable, match=reason):
        read(bad, client())
