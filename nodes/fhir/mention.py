"""What a document is about: its own story, without the lists it repeats at every visit.

A note carries the problem list, the medications and the histories of the patient whatever the
visit was for. A word there does not make the note one about the matter; a word in complaint,
history of the illness, findings, assessment or plan does.
"""

import re

TITLE = r"[ \t]*(?P<mark>[#*_=]*)[ \t]*(?P<title>[A-Za-z][A-Za-z0-9 /&'(),\-]{1,58})"
LEADING = re.compile(TITLE + r"[*_]*:[ \t*_=]*(?P<rest>.*)")
ALONE = re.compile(TITLE + r"[ \t*_=#]*")
BACKGROUND = re.compile(
    r"(?:past |prior |previous |other |active |current |chronic |home |outpatient |known )*"
    r"(?:medical|surgical|social|family|psychiatric|obstetric(?:al)?|gyn(?:ecologic(?:al)?)?|problem|"
    r"problems|med|meds|medication|medications|prescriptions?|allerg(?:y|ies)|immunizations?|"
    r"vaccinations?|vitals?|pmh|psh|pmhx|pshx|fh|sh|fhx|shx|ros|review of systems|demographics|"
    r"insurance|health maintenance|diagnos[ie]s list|patient information|past history)"
    r"(?:[ /&,\-]+(?:and|history|histories|hx|list|lists|problems?|conditions?|diagnos[ie]s|signs?|"
    r"reconciliation|medications?|allergies|intolerances?|reviewed|reconciled|on file|"
    r"adverse reactions|of systems|information|status|surgical|social|family|medical))*",
    re.IGNORECASE,
)
LETTERHEAD = re.compile(r"(?:[^\n]*\n){0,6}?[^\n]*\b(?:DOB|MRN|date of birth)\b[^\n]*\n", re.I)
LISTED = 8
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


def story(text: str, histories: frozenset[str] = frozenset()) -> str:
    """Leave out of a document its background sections, and sentences that only list.

    A section whose heading has one of ``histories`` among its words is no background.
    """
    kept: list[str] = []
    skipped = inline = False
    for line in text.split("\n"):
        if not line.strip():
            skipped = skipped and not inline
            continue
        found = heading(line)
        if found:
            title, rest = found
            wanted = not histories.isdisjoint(title.lower().split())
            skipped = not wanted and bool(BACKGROUND.fullmatch(title.strip()))
            inline = bool(rest)
        if not skipped:
            kept.append(line)
    return "\n".join(
        sentence
        for sentence in SENTENCE.split("\n".join(kept))
        if sentence.count(",") + sentence.count(";") < LISTED
    )


def body(text: str) -> str:
    """Leave out of a document its letterhead: a practice's name is not what a note is about."""
    found = LETTERHEAD.match(text)
    return text[found.end() :] if found else text


def heading(line: str) -> tuple[str, str] | None:
    """Give a heading and what follows it on its line; None where the line is none.

    Marked (``# Plan``), in capitals, or with a colon (``Plan: rest`` counts too).
    """
    if found := LEADING.fullmatch(line):
        return found["title"], found["rest"].strip()
    found = ALONE.fullmatch(line)
    if found is None:
        return None
    title = found["title"].strip()
    return (title, "") if found["mark"] or title.isupper() or BACKGROUND.fullmatch(title) else None
