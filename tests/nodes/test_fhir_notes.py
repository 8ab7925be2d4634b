import base64
import hashlib
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from nodes.ehr.account import Ehr
from nodes.ehr.connection import Connection
from nodes.fhir import facts, notes, rtf
from nodes.fhir.client import Client
from nodes.fhir.content import normalised, read
from nodes.fhir.page import visible
from nodes.fhir.tree import Unreadable
from nodes.http import Answer
from nodes.pdf import reading

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


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<p>a</p><p style="display: none">no</p><div hidden>no<div>no</div>no</div>b', "a\nb"),
        ('<p class="a hidden">seen</p><input hidden>too', "seen\ntoo"),
        ("no <del>longer</del> <s>struck</s> pain", "no pain"),
        ("pain < 3 and > 2 <b", "pain < 3 and > 2 <b"),
        ("a <!-- b > c --> d", "a d"),
        ("a <!-- never > closed", "a"),
        ('<a title="x > y">link</a>', "link"),
        ('<a title="x>broken</a> after', "broken after"),
        ("&#99999999999999999999;" + "&#x41;", "\ufffdA"),
        ("<![CDATA[x]]>y", "y"),
        ("<SCRIPT>if (a<b) {}</SCRIPT >seen<style>p", "seen"),
    ],
)
def test_html_of_any_shape(page, text):
    assert visible(page) == text


@pytest.mark.parametrize("bad", ["<a ", "<!--", "<", "</", "&#", "<div hidden>", '<a b="', "<?"])
def test_html_is_read_in_linear_time(bad):
    start = time.process_time()
    visible(bad * 200_000)
    assert time.process_time() - start < 5


RTF = rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}
{\f1\fcharset204 Times CYR;}{\f2\fcharset128 MS Gothic;}}{\colortbl;\red0\green0\blue0;}
{\*\generator Word;}{\info{\title Secret}{\author Somebody}}{\header Patient Name}
\pard\b Assessment:\b0  Pain \u8805 >7/10 na\'efve \v hidden\v0 seen {\v gone}\par
{\strike no longer} {\deleted gone} L4\u8211\'96L5
{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt link}}\par
\trowd\cellx1000\intbl A1c\cell 8.9 %\cell\row
{\pict\pngblip 89504e470d0a}{\pict\wmetafile8\bin4 {}{}}after picture\line
{\f1 \'cf\'f0\'e8}{\f2 \'83A\'83C}\par emoji \u-10179?\u-8704?end
{\*\unknown dropped} \{brace\} a\~b\par}trailing"""


def test_rich_text_as_a_reader_sees_it():
    text = read(attachment(RTF, "application/rtf"), client()).text
    assert text == (
        "Assessment: Pain ≥7/10 naïve seen\nL4\u2013L5link\nA1c 8.9 %\nafter picture\n"
        "Приアイ\nemoji 😀end {brace} a b"
    )


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", "", "text/rtf"])
def test_rich_text_is_known_by_its_first_bytes(kind):
    assert read(attachment(rb"{\rtf1 seen}", kind), client()).text == "seen"


@pytest.mark.parametrize(
    "bomb", [b"{" * 500_000, rb"\par x" * 300_000, rb"{\field{\*\fldinst{HYPERLINK " * 50_000]
)
def test_rich_text_is_read_in_linear_time(bomb):
    start = time.process_time()
    rtf.shown(rb"{\rtf1 " + bomb)
    assert time.process_time() - start < 8


@settings(deadline=None)
@given(st.text(alphabet="\\{}'*-0123456789abfuvbinpar \n", max_size=80))
def test_no_rich_text_breaks_the_reader(words):
    assert isinstance(rtf.shown(words.encode()), str)


CDA = """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3"><title>Consultation Note</title>
<effectiveTime value="20261112093000-0500"/>
<recordTarget><patientRole><id extension="MRN1"/><patient>
<name><given>Ida</given><family>Reed</family></name><birthTime value="19710409"/>
</patient></patientRole></recordTarget>
<author><assignedAuthor><assignedPerson><name><given>Ada</given><family>Chen</family></name>
</assignedPerson></assignedAuthor></author>
<component><structuredBody>
<component><section><title>History</title><text><paragraph>Back pain for
  <content revised="delete">2</content><content>8</content> weeks.</paragraph>
<list><item>No fever</item><item>Left leg</item></list></text>
<component><section><title>Within</title><text>Inner<br/>words</text></section></component>
<entry><observation><value>Coded</value></observation></entry></section></component>
<component><section><title>Results</title><text><table><thead><tr><th>Test</th><th>Value</th></tr>
</thead><tbody><tr><td>A1c</td><td>8.9 %</td></tr></tbody></table></text></section></component>
</structuredBody></component></ClinicalDocument>"""


def test_a_clinical_document_as_a_reader_sees_it():
    text = read(attachment(CDA.encode(), "text/xml"), client()).text
    assert text == (
        "Consultation Note\n2026-11-12\nPatient: Ida Reed\nDOB: 1971-04-09\nAda Chen\nHistory\n"
        "Back pain for 8 weeks.\nNo fever\nLeft leg\nWithin\nInner\nwords\nResults\n"
        "Test Value\nA1c 8.9 %"
    )


def wrapped(content, kind):
    body = base64.b64encode(content).decode()
    return (
        '<ClinicalDocument xmlns="urn:hl7-org:v3"><component><nonXMLBody>'
        f'<text mediaType="{kind}" representation="B64">{body}</text>'
        "</nonXMLBody></component></ClinicalDocument>"
    ).encode()


def test_a_clinical_document_around_another_format():
    wrap = wrapped(rb"{\rtf1 seen}", "text/rtf")
    assert read(attachment(wrap, "application/xml"), client()).text == "seen"
    with pytest.raises(Unreadable, match="within"):
        read(attachment(wrapped(wrap, "text/xml"), "application/xml"), client())


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (LAUGHS, "entities"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document type"),
        ("<a>", "cannot be parsed"),
        ("<other/>", "not a clinical document"),
        ('<ClinicalDocument xmlns="urn:hl7-org:v3"/>', "empty"),
    ],
)
def test_other_xml_is_refused(bad, reason):
    with pytest.raises(Unreadable, match=reason):
        read(attachment(bad.encode(), "application/xml"), client())


def test_a_deep_document_is_read():
    deep = "<paragraph>" * 50_000 + "words" + "</paragraph>" * 50_000
    document = CDA.replace("Inner<br/>words", deep)
    assert "\nwords\n" in read(attachment(document.encode(), "text/xml"), client()).text


def pdf(*pages, encrypt=None):
    made = io.BytesIO()
    canvas = Canvas(made, encrypt=encrypt)
    for words in pages:
        canvas.rect(10, 10, 50, 50) if words is None else canvas.drawString(72, 720, words)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def test_a_pdf_gives_its_text_page_by_page():
    found = read(attachment(pdf("Failed 6 weeks of PT", "Plan: MRI"), "application/pdf"), client())
    assert found.text == "Failed 6 weeks of PT\n\nPlan: MRI"
    assert found.doubt is None


def test_a_pdf_of_which_pages_are_scans_says_so():
    found = read(attachment(pdf("Cover", None, None), "application/octet-stream"), client())
    assert (found.text, found.doubt) == ("Cover", "2 of its 3 pages have no text: perhaps scans")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (pdf(None), "OCR"),
        (pdf("secret", encrypt="pass"), "encrypted"),
        (b"%PDF-1.7 nothing", "cannot be read"),
        (b"%PDF-1.4" + b"0" * 30_000_001, "larger"),
        (pdf(*["x"] * 501), "more pages"),
    ],
)
def test_a_pdf_without_text_says_why(bad, reason):
    with pytest.raises(reading.UnreadablePdf, match=reason):
        reading.read(bad)


def test_a_pdf_that_keeps_the_reader_busy_is_left():
    made = io.BytesIO()
    canvas = Canvas(made)
    for words in ["word"] * 60_000:
        canvas.drawString(72, 720, words)
    canvas.save()
    with pytest.raises(reading.UnreadablePdf, match=r"longer|time"):
        reading.read(made.getvalue(), left=1)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("naïve µ".encode("utf-16"), "text/plain"),
        ("naïve µ".encode("utf-16-le"), "text/plain; charset=utf-16le"),
        ("naïve µ".encode("cp1252"), 'text/plain; charset="Windows-1252"'),
        ("naïve µ".encode(), "text/plain; charset=rot13"),
        ('<meta charset="windows-1252">naïve µ'.encode("cp1252"), "text/html"),
    ],
)
def test_characters_as_declared_or_marked(content, kind):
    assert read(attachment(content, kind), client()).text == "naïve µ"


def test_the_raw_content_of_a_binary_has_its_own_type():
    raw = client(rb"{\rtf1 raw}", "application/rtf")
    assert read({"contentType": "text/plain", "url": "Binary/b1/_history/2"}, raw).text == "raw"


def document(*attachments, **more):
    return {
        "resourceType": "DocumentReference",
        "id": "d1",
        "status": "current",
        "type": {"text": "Progress note"},
        "date": "2026-11-12T09:00:00-05:00",
        "author": [{"display": "A. Chen, MD"}],
        "content": [{"attachment": item} for item in attachments],
        **more,
    }


def note_of(resource, warnings):
    cover = facts.read(resource)
    assert cover
    return notes.of(resource, cover, client(), warnings)


def test_of_several_renditions_the_best_is_the_note():
    scan, html = attachment(pdf(None), "application/pdf"), attachment(b"<p>seen</p>", "text/html")
    found = note_of(document(scan, {"contentType": "application/json", "data": "e30="}, html), [])
    assert (found.id, found.title, found.text) == ("DocumentReference/d1", "Progress note", "seen")
    assert (found.written.isoformat(), found.author) == ("2026-11-12", "A. Chen, MD")


def test_content_that_does_not_match_its_hash_is_a_warning():
    sound = {**attachment(b"words"), "hash": "IPTOUeI6bPPzvwsjsvNXpADG8VM="}
    good = base64.b64encode(hashlib.sha1(b"words").digest()).decode()
    warnings = []
    assert note_of(document({**sound, "hash": good}), warnings) and warnings == []
    assert note_of(document({**sound, "hash": "AAAA"}), warnings).text == "words"
    assert warnings == ["DocumentReference/d1: its content does not match the hash the EHR gives"]


def test_a_note_without_a_day_or_a_content_says_so():
    with pytest.raises(Unreadable, match="no date"):
        note_of(document(attachment(b"words"), date="2026-11"), [])
    with pytest.raises(Unreadable, match="no content"):
        note_of(document(), [])


def test_a_narrative_counts_where_there_is_nothing_else():
    told = {"status": "additional", "div": "<div><p>Told here</p></div>"}
    assert note_of(document(text=told), []).text == "Told here"
    with pytest.raises(Unreadable, match="no content"):
        note_of(document(text={**told, "status": "generated"}), [])


def test_a_report_s_form_and_long_words_are_notes():
    report = {
        "resourceType": "DiagnosticReport",
        "id": "r1",
        "status": "final",
        "code": {"text": "MRI"},
        "effectiveDateTime": "2026-11-12",
    }
    assert note_of(report, []) is None
    assert note_of({**report, "presentedForm": [attachment(b"Findings")]}, []).text == "Findings"
    long = {**report, "conclusion": "Disc herniation. " * 200}
    assert note_of(long, []).text == ("Disc herniation. " * 200).strip()
    said = {**report, "resourceType": "Observation", "valueString": "Words " * 500}
    assert note_of(said, []).text == ("Words " * 500).strip()


@pytest.mark.parametrize(
    ("changed", "day"),
    [
        ({}, "2026-11-12"),
        ({"context": {"period": {"start": "2026-11-10", "end": "2026-11-13"}}}, "2026-11-12"),
        ({"context": {"period": {"start": "2020-01-05", "end": "2020-01-06"}}}, "2020-01-06"),
        ({"date": None, "context": {"period": {"start": "2020-01-05"}}}, "2020-01-05"),
        ({"date": None}, None),
    ],
)
def test_a_copied_document_is_of_the_day_of_the_care_it_tells(changed, day):
    cover = facts.read(document(**changed))
    assert cover
    assert (cover.start and cover.start.isoformat()) == day


def test_a_document_entered_in_error_is_none_and_a_superseded_one_is_left_out():
    assert facts.read(document(docStatus="entered-in-error")) is None
    assert facts.read(document(status="superseded")) is None
    assert facts.read(document(docStatus="preliminary")) is not None
