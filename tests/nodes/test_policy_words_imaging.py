"""How one sentence of a note answers one question of the policies for imaging."""

from datetime import date

import pytest

from nodes.policy.assess import assess
from nodes.policy.library import shipped
from nodes.policy.words_imaging import IMAGING
from tests.nodes.policy_world import TODAY, case, chart, note

BRAIN = [
    ("cancer", "Headache. History of breast cancer 2018.", "met"),
    ("cancer", "Mother died of lung cancer.", "not_met"),
    ("pregnancy", "Pregnant at 22 weeks gestation.", "met"),
    ("pregnancy", "She is not pregnant.", "not_met"),
    ("immune", "On chemotherapy.", "met"),
    ("immune", "HIV negative.", "not_met"),
    ("demyelination", "Concern for multiple sclerosis.", "met"),
    ("demyelination", "Aunt has multiple sclerosis.", "not_met"),
    ("pituitary_disease", "Prolactin elevated at 85.", "met"),
    ("pituitary_disease", "Normal prolactin.", "not_met"),
    ("surveillance", "Follow-up MRI of known vestibular schwannoma.", "met"),
    ("infection", "Meningitis ruled out.", "not_met"),
    ("deficit", "ROS: denies weakness, numbness, diplopia, ataxia.", "unknown"),
    ("deficit", "New right facial droop noted on examination today.", "met"),
    ("deficit", "Neuro: CN II-XII intact, strength 5/5 throughout, no focal deficits.", "not_met"),
    ("deficit", "EXAM: 4/5 strength in the left arm, hyperreflexia.", "met"),
    ("deficit", "EXAM: Left-sided weakness, grip 3/5.", "met"),
    ("deficit", "Left sixth nerve palsy on exam.", "met"),
    ("deficit", "History of left facial droop in 2014, resolved.", "unknown"),
    ("deficit", "Return if facial droop or weakness.", "unknown"),
    ("deficit", "No facial droop, no pronator drift, gait normal.", "not_met"),
    ("deficit", "Patient's father had hemiparesis after a stroke.", "unknown"),
    ("deficit", "Neuro exam nonfocal.", "not_met"),
    ("deficit", "Neurologic examination is normal.", "not_met"),
    ("deficit", "Visual field defect on the right by confrontation.", "met"),
    ("thunderclap", "She describes the worst headache of her life, sudden onset yesterday.", "met"),
    ("thunderclap", "No thunderclap onset.", "not_met"),
    ("thunderclap", "Go to the ED for thunderclap headache.", "not_met"),
    ("papilledema", "Fundi: no papilledema.", "not_met"),
    ("papilledema", "Papilledema was ruled out by ophthalmology.", "not_met"),
    ("papilledema", "Fundoscopy shows blurred disc margins bilaterally.", "met"),
    ("new_headache", "New headache x 3 weeks.", "met"),
    ("new_headache", "Headaches started six weeks ago.", "met"),
    ("new_headache", "Chronic daily headache for 20 years, no new headache.", "not_met"),
    ("changed", "Headaches are increasing in frequency, now daily.", "met"),
    ("changed", "Headaches unchanged, well controlled.", "not_met"),
    ("changed", "Her migraines are stable; no change in headache pattern.", "not_met"),
    ("changed", "Progressive headaches over two months.", "met"),
    ("seizure", "First-time seizure last week, postictal confusion.", "met"),
    ("seizure", "Seizure free for 3 years.", "not_met"),
    ("seizure", "Denies seizures.", "not_met"),
    ("seizure", "Breakthrough seizures twice this month on levetiracetam.", "met"),
    ("seizure", "Mother has refractory epilepsy.", "not_met"),
    ("seizure", "Possible first seizure; EEG ordered.", "not_met"),
    ("provoked", "Headache worse with Valsalva and bending over.", "met"),
    ("provoked", "Headache wakes him from sleep.", "met"),
    ("stroke", "Acute infarct on CT yesterday.", "met"),
    ("stroke", "TIA symptoms resolved after 10 minutes on 11/10.", "met"),
    ("tumour", "Known left frontal glioma, due for imaging.", "met"),
    ("tumour", "No evidence of brain metastasis.", "not_met"),
    ("hearing", "Sudden left hearing loss; audiogram with unilateral SNHL.", "met"),
    ("cognition", "Family reports memory loss over the last year.", "met"),
]
KNEE = [
    (
        "therapy_weeks",
        "Right knee pain. Completed PT for the back and knee for 6 weeks without relief.",
        "met",
    ),
    ("therapy_weeks", "Knee pain. PT for the right hip for 8 weeks, no relief.", "unknown"),
    ("therapy_weeks", "Knee pain. HEP handout given.", "unknown"),
    ("therapy_weeks", "Right knee pain despite 8 weeks of naproxen and home exercises.", "met"),
    ("therapy_failed", "Right knee pain. 8 weeks of PT with partial relief.", "unknown"),
    ("therapy_weeks", "In 2022 she completed 8 weeks of PT for the knee.", "unknown"),
    ("therapy_weeks", "Her husband did 8 weeks of PT for his knee.", "unknown"),
    ("therapy_weeks", "She did not start PT.", "not_met"),
    ("occult_fracture", "No concern for occult fracture.", "not_met"),
    ("infection", "Septic arthritis was ruled out by aspiration.", "not_met"),
    ("tumour", "History of sarcoma resected in 2010.", "not_met"),
    ("sign", "McMurray's test is positive.", "met"),
    ("sign", "Positive McMurray and Apley.", "met"),
    ("sign", "McMurray +, Lachman -.", "met"),
    ("sign", "McMurray (+) medially.", "met"),
    ("sign", "McMurray (-), Lachman (-), drawer (-).", "not_met"),
    ("sign", "McMurray equivocal.", "unknown"),
    ("sign", "Lachman test: grade 2, soft endpoint.", "met"),
    ("sign", "Lachman 2+ with soft endpoint.", "met"),
    ("sign", "Anterior drawer test was positive.", "met"),
    ("sign", "In 2019 McMurray was positive; meniscectomy done.", "unknown"),
    ("sign", "McMurray positive at the last visit in 2021.", "unknown"),
    ("sign", "Will check McMurray; if McMurray positive, MRI.", "unknown"),
    ("sign", "Ligaments stable, McMurray negative.", "not_met"),
    ("sign", "Pivot shift positive.", "met"),
    ("sign", "Valgus stress positive for 8 mm opening.", "met"),
    ("locked", "Knee is locked in 20 degrees of flexion.", "met"),
    ("locked", "No locking, no catching.", "not_met"),
    ("locked", "Denies mechanical symptoms.", "not_met"),
    ("locked", "Unable to fully extend the knee.", "met"),
    ("locked", "Her mother's knee locks.", "not_met"),
    ("locked", "Return if the knee locks.", "not_met"),
    ("film", "X-rays of the knee today: no fracture, mild medial narrowing.", "met"),
    ("film", "No x-rays of the knee have been taken.", "unknown"),
    ("film", "Will obtain x-ray of the knee.", "unknown"),
    ("film", "XR right knee 3 views (10/2/2026): small effusion.", "met"),
    ("film", "X-ray of the hip normal.", "unknown"),
    ("film", "Chest x-ray normal.", "unknown"),
    ("severe_arthrosis", "Mild osteoarthritis, KL 2.", "not_met"),
    ("severe_arthrosis", "End-stage osteoarthritis of the knee.", "met"),
    ("severe_arthrosis", "No severe osteoarthritis.", "not_met"),
    ("severe_arthrosis", "Severe osteoarthritis of the left hip.", "not_met"),
]
SCREENING = [
    ("pack_years", "30 pack-year smoking history.", "met"),
    ("pack_years", "Smoking history: 1.5 packs per day x 20 years.", "met"),
    ("pack_years", "Smoked 1 ppd for 15 years.", "not_met"),
    ("pack_years", "Smoked about a pack a day for 30 years, quit 2019.", "met"),
    ("pack_years", "20+ pack years.", "met"),
    ("pack_years", "15-25 pack-years.", "unknown"),
    ("pack_years", "Less than 10 pack-years.", "not_met"),
    ("pack_years", "<20 pack-years.", "not_met"),
    ("pack_years", "Lung cancer screening requires 20 pack-years.", "unknown"),
    ("pack_years", "Two packs a day since age 18.", "unknown"),
    ("quit", "Quit smoking in 2018.", "met"),
    ("quit", "Former smoker, quit 03/2015.", "met"),
    ("quit", "Ex-smoker, stopped smoking 8 years ago.", "met"),
    ("quit", "Quit smoking 16 years ago.", "not_met"),
    ("quit", "Quit date set for 12/01/2026 to stop smoking.", "unknown"),
    ("quit", "Patient plans to quit smoking in 2027.", "unknown"),
    ("quit", "Smoking: quit 6 months ago.", "met"),
    ("quit", "His wife quit smoking 5 years ago.", "unknown"),
    ("smokes", "Patient is a former smoker.", "not_met"),
    ("smokes", "Smokes 10 cigarettes daily.", "met"),
    ("smokes", "Tobacco use: Current every day smoker.", "met"),
    ("smokes", "Non-smoker.", "not_met"),
    ("smokes", "Current non-smoker.", "not_met"),
    ("smokes", "She has not quit smoking and smokes half a pack a day.", "met"),
    ("asymptomatic", "Denies cough, hemoptysis, weight loss.", "met"),
    ("asymptomatic", "Patient is asymptomatic.", "met"),
    ("asymptomatic", "Reports chronic cough.", "unknown"),
    ("asymptomatic", "No signs or symptoms of lung cancer today.", "met"),
    ("symptomatic", "Denies hemoptysis and unexplained weight loss.", "not_met"),
    ("symptomatic", "New cough for 6 weeks with blood-tinged sputum.", "met"),
    ("symptomatic", "Brother had hemoptysis before lung cancer was found.", "not_met"),
    ("never_smoked", "Never smoker.", "met"),
    ("never_smoked", "Wife never smoked.", "not_met"),
    ("shared_decision", "Shared decision-making visit done today.", "met"),
    ("shared_decision", "Needs a shared decision visit before screening.", "unknown"),
]
CHEST = [
    ("film", "CXR: right upper lobe mass.", "met"),
    ("film", "CXR: no infiltrate or mass.", "unknown"),
    ("film", "Chest x-ray was normal.", "not_met"),
    ("above_8", "10 mm right upper lobe nodule.", "met"),
    ("above_8", "RUL nodule, 5 mm.", "not_met"),
    ("above_8", "Thyroid nodule 12 mm.", "unknown"),
    ("hemoptysis", "Denies hemoptysis.", "not_met"),
    ("hemoptysis", "Two episodes of hemoptysis this week.", "met"),
    ("interstitial", "PFTs suggest ILD, evaluate for ILD.", "met"),
    ("chronic_cough", "Cough for three months.", "met"),
    ("chronic_cough", "Cough for 3 days.", "not_met"),
    ("infection", "Recurrent pneumonia in the same lobe.", "met"),
]
HEART = [
    ("symptoms", "Denies chest pain or shortness of breath on exertion.", "not_met"),
    ("symptoms", "Exertional chest tightness.", "met"),
    ("symptoms", "Father had angina at 50.", "unknown"),
    ("cannot_exercise", "Unable to exercise due to severe knee OA.", "met"),
    ("cannot_exercise", "Can walk 3 miles without symptoms.", "not_met"),
    ("cannot_exercise", "He is wheelchair-bound.", "met"),
    ("cannot_exercise", "Exercises four times a week.", "not_met"),
    ("cannot_exercise", "If unable to exercise, pharmacologic stress.", "unknown"),
    ("cannot_exercise", "Not able to walk on a treadmill because of COPD.", "met"),
    ("unreadable_ecg", "ECG: LBBB.", "met"),
    ("unreadable_ecg", "No LBBB on ECG.", "not_met"),
    ("unreadable_ecg", "EKG: normal sinus rhythm, normal.", "not_met"),
    ("unreadable_ecg", "ECG shows a paced rhythm.", "met"),
    ("unreadable_ecg", "EKG today normal sinus rhythm with LVH with strain pattern.", "met"),
    ("worse", "New-onset exertional angina.", "met"),
    ("worse", "Symptoms are stable, no change.", "not_met"),
    ("worse", "Chest pain more frequent over the last month.", "met"),
    ("calcium", "CAC score 512.", "met"),
    ("calcium", "CAC of 0.", "not_met"),
    ("poor_capacity", "Cannot climb one flight of stairs.", "met"),
    ("poor_capacity", "Able to do 10 METs.", "not_met"),
]
LUMBAR = [
    ("cord", "Hyperreflexia and clonus at both ankles.", "met"),
    ("planning", "Surgical planning for L4-5 decompression.", "met"),
    ("planning", "MRI of the lumbar spine before ESI.", "met"),
    ("after_surgery", "Recurrent radiculopathy after L4-5 discectomy in 2019.", "met"),
    ("after_surgery", "Failed back surgery syndrome.", "met"),
    ("after_surgery", "No recurrent herniation.", "not_met"),
    ("follow_up", "Follow-up of treated discitis.", "met"),
    ("worse_under_care", "Low back pain unchanged despite PT.", "not_met"),
]
POLICIES = {
    "composite.brain-mri.commercial": BRAIN,
    "composite.knee-mri.commercial": KNEE,
    "composite.ldct.commercial": SCREENING,
    "composite.chest-ct": CHEST,
    "composite.cardiac-stress.commercial": HEART,
    "composite.lumbar-mri.commercial": LUMBAR,
}
SAID = [(policy, *row) for policy, rows in POLICIES.items() for row in rows]
HELD = {one.policy.id: one for one in shipped().held}
HOSTILE = (
    "knee ", "nodule ", "12 mm ", "1", "chest pain ", "back worse ", "quit smoking about ",
    "denies cough, ", "headaches ", "mri surveillance of ", "x-ray of the ", "McMurray, ", " ",
    "1 ppd x ", "history of ",
)  # fmt: skip


@pytest.mark.parametrize(("policy", "leaf", "text", "status"), SAID)
def test_a_sentence_answers(policy, leaf, text, status):
    record = chart(note(text, date(2026, 11, 12), title="Office visit"))
    found = assess(HELD[policy], case(), record, TODAY)
    assert next(one for one in found.criteria if one.id == leaf).status == status


@pytest.mark.parametrize("name", IMAGING)
def test_words_match_no_empty_text_and_end_in_bounded_time(name):
    words = IMAGING[name]
    for pattern in filter(None, (words.pattern, words.denied_by)):
        for told in HOSTILE:
            for match in pattern.finditer(told * 400):
                assert match.group()
