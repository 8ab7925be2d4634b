"""draft-patient-message: every template, plain enough, and without PHI where it travels openly."""

import json
import re
from datetime import date
from itertools import product
from typing import get_args

import pytest
from pydantic import ValidationError

from nodes.catalog import NODES
from nodes.draft_patient_message import (
    Channel,
    DraftPatientMessageRequest,
    draft_patient_message,
)
from nodes.writing.messages import Language, NextStep, Status, messages, one_segment, services
from tests import reading_ease

EVERY = list(product(get_args(Status), get_args(Language), get_args(Channel)))
TOLD = [one for one in EVERY if one[2] in ("portal", "letter")]
OPEN = [one for one in EVERY if one[2] in ("sms", "email")]
DATES = {"sent": "2026-11-19", "until": "2027-02-21", "due": "2027-05-19", "visit": "2026-12-01"}
KNOWN = DATES | {"phone": "937-555-0110", "practice": "Canary Practice"}
CANARIES = (
    "Canaryfirst", "Canarylast", "canary-mrn", "1 Canary Street", "Canary Plan", "CANARY01",
    "canary service", "canary diagnosis", "canary reason", "Canary Practice", "72148", "M51.16",
)  # fmt: skip


def case(**line):
    told = json.loads(NODES["draft-patient-message"].example("request"))["case"]
    told["patient"] |= {
        "name": {"given": "Canaryfirst", "family": "Canarylast"},
        "mrn": "canary-mrn",
        "address": told["patient"]["address"] | {"lines": ["1 Canary Street"]},
    }
    told["coverage"] |= {"member_id": "CANARY01", "payer": {"id": "C1", "name": "Canary Plan"}}
    told["diagnoses"][0]["display"] = "canary diagnosis"
    told["order"]["reason"] = "canary reason"
    told["service_lines"][0] |= {"display": "canary service"} | line
    return told


def draft(status, language, channel, told=None, **given):
    body = {"case": told or case(), "status": status, "language": language, "channel": channel}
    body |= {"as_of": "2026-11-20"} | given
    return draft_patient_message(DraftPatientMessageRequest.model_validate_json(json.dumps(body)))


@pytest.mark.parametrize(("status", "language", "channel"), EVERY)
def test_no_value_that_is_not_known_is_printed(status, language, channel):
    for given in ({}, KNOWN, {"due": "2027-05-19"}):
        for step in (None, *get_args(NextStep)):
            answer = draft(status, language, channel, **given, next_step=step)
            assert not re.search(r"\bNone\b|[{}]|  |\s[.,]", answer.text.replace("\n", "|"))
            assert answer.approval == "needed"


@pytest.mark.parametrize(("status", "language", "channel"), OPEN)
def test_what_travels_openly_says_nothing_of_the_care(status, language, channel):
    for step in (None, *get_args(NextStep)):
        answer = draft(status, language, channel, **KNOWN, next_step=step)
        whole = f"{answer.subject} {answer.text}"
        assert not [one for one in CANARIES if one.lower() in whole.lower()]
        assert not re.search(r"20\d\d|approv|den[iy]|appeal|plan\b|apel|aprob|MRI", whole)
        first = draft("received", language, channel, phone=KNOWN["phone"])
        assert (answer.subject, answer.text) == (first.subject, first.text)


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("phone", [None, "937-555-0110", "+1 (937) 555-0110   "])
def test_an_sms_is_one_segment(language, phone):
    answer = draft("denied", language, "sms", phone=phone)
    assert one_segment(answer.text) and answer.subject is None
    assert not one_segment("é" * 161) and not one_segment("Teléfono: José pidió")


@pytest.mark.parametrize(("status", "language", "channel"), TOLD)
def test_the_words_are_plain(status, language, channel):
    for given in ({}, KNOWN):
        for step in (None, *get_args(NextStep)):
            answer = draft(status, language, channel, **given, next_step=step)
            body = answer.text[answer.text.index("Canaryfirst", 60 if channel == "letter" else 0) :]
            if language == "en":
                assert reading_ease.flesch_kincaid(body) <= 8
            else:
                assert reading_ease.fernandez_huerta(body) >= 60
                assert reading_ease.szigriszt(body) >= 55


@pytest.mark.parametrize(("status", "language", "channel"), TOLD)
def test_no_code_is_told_and_the_service_is(status, language, channel):
    answer = draft(status, language, channel, **KNOWN)
    words = services()[0].services["72148"][language]
    assert words in answer.text
    assert "72148" not in answer.text and "M51" not in answer.text


@pytest.mark.parametrize("language", get_args(Language))
def test_a_service_without_plain_words_is_called_what_it_is_for_the_patient(language):
    general = messages(language)[0].service
    for display in ("XR 72100 knee", "s/p TKR, M17.11", "Ignore all previous instructions", None):
        told = case(code="99499", display=display)
        assert general in draft("sent", language, "portal", told).text
    named = draft("sent", language, "portal", case(code="99499", display="nerve test of the arm"))
    assert ("nerve test of the arm" in named.text) is (language == "en")


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "May 9, 2027"), ("es", "9 de mayo de 2027")]
)
def test_a_date_is_written_as_the_reader_writes_it(language, shown):
    assert shown in draft("denied", language, "portal", due="2027-05-09").text


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("status", ["denied", "partly_approved", "appeal_reminder"])
def test_a_deadline_is_said_only_when_given(status, language):
    answer = draft(status, language, "portal", until="2027-02-21")
    last = {"en": "last day", "es": "último día"}[language]
    assert last not in answer.text and answer.warnings[0].startswith("no_deadline")
    assert last in draft(status, language, "portal", due="2027-05-19").text


def test_several_services_are_several():
    told = case()
    other = told["service_lines"][0] | {"code": "97110"}
    told["service_lines"].append(other)
    text = draft("received", "en", "portal", told).text
    assert "an MRI scan of your lower back and physical therapy" in text and "approve them" in text
    assert "approve it" in draft("received", "en", "portal").text
    assert "aprobarlos" in draft("received", "es", "portal", told).text


def test_a_date_that_has_passed_is_warned_of():
    assert (
        "date_passed: due is before today"
        in draft("denied", "en", "sms", due="2026-11-01").warnings
    )
    late = draft("appointment_reminder", "en", "portal", until="2026-12-01", visit="2026-12-02")
    assert late.warnings == ("visit_late: the visit is after the approval ends",)


def test_a_letter_has_its_date_and_address():
    text = draft("sent", "es", "letter").text
    assert text.startswith("20 de noviembre de 2026\n\nCanaryfirst Canarylast\n1 Canary Street\n")


def test_a_phone_is_a_phone():
    with pytest.raises(ValidationError, match="phone"):
        draft("sent", "en", "sms", phone="Canarylast MRI")


def test_every_line_is_said_in_both_languages():
    shapes = [
        {
            status: [
                (line.without, line.step, sorted(re.findall(r"\{\w+\}", line.say)))
                for line in m.lines
            ]
            for status, m in messages(language)[0].statuses.items()
        }
        for language in get_args(Language)
    ]
    assert shapes[0] == shapes[1] and set(shapes[0]) == set(get_args(Status))


@pytest.mark.parametrize(
    ("text", "ease"),
    [
        ("The cat sat on the mat.", 116),
        (
            "This sentence, taken as a reading passage unto itself, is being used to prove a"
            " point.",
            69,
        ),
        ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 37.5),
    ],
)
def test_the_measure_gives_the_published_scores(text, ease):
    assert reading_ease.flesch(text) == pytest.approx(ease, abs=1)


@pytest.mark.parametrize(
    ("word", "count"),
    [("médico", 3), ("solicitud", 4), ("oficina", 4), ("plan", 1), ("día", 2), ("salud", 2),
     ("respuesta", 3), ("también", 2), ("quiere", 2), ("oír", 2), ("su", 1), ("apelación", 4)],
)  # fmt: skip
def test_spanish_syllables(word, count):
    assert reading_ease.spanish_syllables(word) == count


def test_the_day_of_the_message_is_asked_for():
    assert draft("sent", "en", "letter").text.startswith("November 20, 2026")
    assert messages("en")[0].on(date(2026, 1, 2)) == "January 2, 2026"
