"""Kinds of mistakes that general clinical English brought to light, each with what it once read."""

import pytest

from nodes.extraction.status import at, places, status_of


@pytest.mark.parametrize(
    ("text", "phrase", "once"),
    [
        ("Complications: None Postoperative Diagnosis: diverticulosis", "diverticulosis", "label"),
        ("COMPLICATIONS:  None   FINDINGS:  1) hemorrhoids  2) polyp", "polyp", "label"),
        ("CV: tachycardia, Abdomen: no masses", "tachycardia", "next label's answer"),
        ("A man with no history of gout who presents with chest pain.", "chest pain", "relative"),
        ("We do not know the cause of the headaches.", "headaches", "not known"),
        ("He cannot walk without crutches.", "crutches", "double"),
        ("The exercise was not without pain.", "pain", "double"),
        ("No worsening of her arthritis.", "arthritis", "comparison"),
        ("No organic cause for her pain has been found.", "pain", "cause not found"),
        ("No complaints other than knee pain.", "knee pain", "exception"),
        ("No fracture is seen, with mild arthritis at L4.", "mild arthritis", "list ended"),
        ("No fever, cough is present.", "cough", "list ended"),
        ("No rubs, lungs are clear.", "lungs are clear", "list ended"),
        ("MRI of the brain was negative.", "MRI of the brain", "study done"),
        ("No malignancy on biopsy.", "biopsy", "study done"),
        ("CPT 22633 at L4-5 was denied.", "22633", "payer"),
        ("Re: appeal of denied infliximab", "infliximab", "payer"),
        ("BPH, failed tamsulosin 0.4 mg and finasteride.", "tamsulosin", "dose for an answer"),
        ("Takes metformin ER 2000 mg daily.", "metformin", "dose for a year"),
        ("Knee replacement 2019, now with hip pain.", "hip pain", "year of another"),
        ("He has no specific diagnosis for his abdominal pain.", "abdominal pain", "cause"),
        ("He is not cooperative and he is restless.", "restless", "sentence of its own"),
        ("Positive Hawkins, negative drop arm.", "Hawkins", "next finding"),
        ("Has pain, denied fever.", "pain", "next finding"),
        ("She refused nitroglycerin for her chest pain.", "chest pain", "reason"),
        ("Known CAD with stent 2018.", "CAD", "year of another"),
        ("The numbness has not resolved.", "numbness", "resolved"),
        ("Diagnosis of hepatitis-C. The spleen is normal.", "spleen is normal", "abbreviation"),
    ],
)
def test_what_is_so_is_read_as_so(text, phrase, once):
    assert status_of(text, phrase) == "affirmed", once


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Duplex fails to reveal deep vein thrombosis.", "deep vein thrombosis"),
        ("There is no midline shift, mass effect, or hemorrhage.", "mass effect"),
        ("There is no midline shift, mass effect, or hemorrhage.", "hemorrhage"),
        ("No relief with ibuprofen.", "relief"),
        ("The aneurysm is no longer visible.", "aneurysm"),
        ("Sciatica rather than hip pathology.", "hip pathology"),
        ("Pt doesnt have diabetes.", "diabetes"),
        ("She is now pain-free.", "pain"),
        ("Remains symptom free.", "symptoms"),
        ("Lachman test negative.", "Lachman"),
        ("Negative suicidal or homicidal ideation.", "homicidal ideation"),
        ("Abdomen soft, non-tender.", "tender"),
        ("Doppler of the legs negative   for   DVT.", "DVT"),
        ("GI is -ve for bleeding.", "bleeding"),
        ("Findings would not support lymphoma.", "lymphoma"),
        ("The pain is not due to trauma.", "trauma"),
        ("Hernia could not be demonstrated.", "hernia"),
        ("Bracing: not tried", "bracing"),
    ],
)
def test_what_is_denied_is_read_as_denied(text, phrase):
    assert status_of(text, phrase) == "negated"


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("She declined surgery.", "surgery", "declined"),
        ("Offered an injection but declined.", "injection", "declined"),
        ("He does not want a colonoscopy.", "colonoscopy", "declined"),
        ("Declining renal function.", "renal function", "affirmed"),
        ("Insurance declined the scan.", "scan", "hypothetical"),
        ("Cannot rule out pulmonary embolism.", "pulmonary embolism", "uncertain"),
        ("TIA vs migraine.", "TIA", "uncertain"),
        ("PAD likely.", "PAD", "uncertain"),
        ("?PE on CT.", "PE", "uncertain"),
        ("Neer and Hawkins equivocal.", "Neer", "uncertain"),
        ("Unclear if this is an abscess.", "abscess", "uncertain"),
        ("Patient wants an MRI rather than therapy.", "therapy", "uncertain"),
        ("Will consider epidural if pain persists.", "epidural", "hypothetical"),
        ("Untreated apnea can cause stroke.", "stroke", "hypothetical"),
        ("Return to the emergency department for fever.", "fever", "hypothetical"),
        ("Seizures in childhood, none since.", "seizures", "historical"),
        ("Mom called, child still wheezing.", "wheezing", "affirmed"),
        ("Mother had breast cancer.", "breast cancer", "family"),
        ("Backache for a week.", "hernia", None),
        ("Backache for a week.", "", None),
    ],
)
def test_what_is_neither_has_its_own_status(text, phrase, expected):
    assert status_of(text, phrase) == expected


def test_the_last_statement_corrects_a_title_or_a_question():
    assert status_of("Urine BK virus (PCR). BK virus is negative.", "BK virus") == "negated"
    assert status_of("Rule out gout. Gout is confirmed.", "gout") == "affirmed"


def test_a_phrase_is_found_whatever_its_case_blanks_and_plural():
    text = "Disc  Herniations at L4; disc herniation at L5."
    assert places(text, "disc herniation") == ((0, 17), (25, 40))
    assert at("No rash. Rash on arm.", 9, 13) == "affirmed"
