"""What papers of a clinic and of a payer say: names, drugs and sentences, all invented."""

FAMILY = [
    "Lopez",
    "Okafor",
    "Nguyen",
    "Lindqvist",
    "Petrov",
    "Haddad",
    "Moreau",
    "Castellano",
    "Whitfield",
    "Yamada",
]
GIVEN = [
    "Maria",
    "Daniel",
    "Priya",
    "Thomas",
    "Aisha",
    "Walter",
    "Ingrid",
    "Samuel",
    "Chiara",
    "Robert",
]
DRUGS = [
    "naproxen",
    "gabapentin",
    "meloxicam",
    "cyclobenzaprine",
    "duloxetine",
    "tizanidine",
    "metformin",
]
SAID = (
    "Low back pain radiating into the left leg for fourteen weeks, worse with sitting and on"
    " bending forward.",
    "Completed eight weeks of supervised physical therapy, two sessions a week, without lasting"
    " relief.",
    "Straight leg raise is positive at 40 degrees on the left; strength of the great toe is 4/5.",
    "Denies fever, weight loss, night sweats, saddle anesthesia and bowel or bladder dysfunction.",
    "Plain films of the lumbar spine show narrowing of the L4-L5 disc space without fracture.",
    "Blood pressure 138/84, pulse 72, weight 81.6 kg, height 172 cm, body mass index 27.6.",
    "Sensation is reduced over the dorsum of the left foot; ankle reflexes are symmetric.",
    "Magnetic resonance imaging is requested to evaluate for nerve root compression before an"
    " epidural injection is considered.",
    "The patient works as a warehouse clerk and has been unable to lift more than 10 pounds.",
    "Continue home exercises; return in four weeks or sooner if weakness progresses.",
    "No prior spine surgery. Allergies: penicillin (rash). Former smoker, quit in 2014.",
    "Hemoglobin A1c was 7.9 % in August and 7.2 % in November after a change of therapy.",
)
REFUSED = (
    "We reviewed the request and the clinical information that was sent with it. The service is"
    " not approved because the information does not show that it meets the plan's guideline.",
    "The guideline asks for at least six weeks of conservative treatment within the last six"
    " months, including physical therapy or a home exercise program directed by a clinician.",
    "You or your provider may appeal this decision in writing within 180 calendar days of the"
    " date of this letter. Send the appeal with any new records to the address below.",
    "An expedited appeal may be asked for by telephone when waiting could seriously jeopardize"
    " life, health or the ability to regain maximum function.",
    "Your provider may talk to the medical director who made this decision within 14 days.",
    "This notice is available in other languages and in large print at no charge.",
)
