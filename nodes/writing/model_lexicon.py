"""Which words of a text claim something, by what they do in a clause.

What only reports claims nothing. What comes of a thing, its side, its time, how much of it, and
whether it is planned, doubted or a relative's limit what else is said.
"""

import re

_FILL = (
    "a an and the of on in at to with for as by from into per that this these those there who"
    " whom whose it its her his their him them she he they patient child individual woman man lady"
    " gentleman was were is are has have had been be being do does did done gave give gives given"
    " got get gets brought bring showed shows show shown demonstrated demonstrates revealed reveals"
    " reports reported report states stated says said notes noted note records recorded documented"
    " documents describes described found seen observed measured measures measuring measurement"
    " rated rating scored scores score value values level result results reading took taken takes"
    " take taking received receives receiving underwent undergone undergo attended attends attend"
    " tried provided provides provide resulted lasting lasted lasts duration using"
    " used uses use course treatment treated therapy examination exam physical finding findings"
    " sx tx both also distance only age aged years old during between time times x s year"
    " degree present presents presented evidence evident on made includes include including"
    " chart record medical documentation according listed lists remains remain reaching reached"
    " scale about dose dosed doses daily total named dx rx drug drugs ms mr mrs current experienced"
    " experiences experience has ended ends end ending compared test testing study any some my i"
)
FILL = frozenset(_FILL.split())
_VERBS = (
    "was were is are has have had gave gives showed shows demonstrated demonstrates revealed"
    " reveals reports reported states stated took takes received underwent attended tried provided"
    " did does complete stop begin continue help tolerate fell rose znegs used caused"
    " causes cause zrecommend"
    " tried ended persist worsen recur resolved"
)
VERBS = frozenset(_VERBS.split())
NEW = frozenset({"she", "he", "patient", "they"})
_PREDICATES = (
    "help tolerate stop begin continue complete fell rose positive negative normal persist worsen"
    " recur bedtime now previously initial partial mild moderate severe full brief temporary"
)
PREDICATES = frozenset(_PREDICATES.split())
DEGREES = frozenset({"partial", "mild", "moderate", "severe", "brief", "temporary"})
SIDES = frozenset({"left", "right", "bilateral"})
PLANS = frozenset({"zplan", "zconsider", "zrefer", "zrecommend", "zif"})
_LEADS = "from to until since by over under least most about before after within through"
LEADS = frozenset(_LEADS.split())
LINKS = frozenset({"after", "before", "because", "despite", "until", "unless", "zinto"})
NAMED = re.compile(r"^(?:[a-z]{2,}\d+|a1c|t[12]dm|b12|d3)$")
_GROUPING = "with gave gives showed shows revealed reveals provided brought"
GROUPING = frozenset(_GROUPING.split())
ENDING = frozenset({"from", "with", "despite", "during", "on", "at", "in"})
TURNS = NEW | ENDING | LINKS | GROUPING
LIMITING = ("over:", "under:", "least:", "most:", "about:")
_KIN = (
    "mother father sister brother parents parent sibling siblings aunt uncle grandmother"
    " grandfather cousin daughter son husband wife spouse partner maternal paternal"
)
KIN = frozenset(_KIN.split())
_TIMES = (
    "january february march april mayo june july august september october november december"
    " previously initial"
)
TIMES = frozenset(_TIMES.split())
MARKS = PLANS | KIN | frozenset({"unsure", "allerg", "hx", "family"})
LIMITS = MARKS | {"zneg", "znegs"}
LEVEL = re.compile(r"^[ctls]\d{1,2}(?:-[ctls]\d{1,2})?$")
DAY = re.compile(r"^(?:\w+:)?\d{4}(?:-\d\d){1,2}$")


def is_figure(word: str) -> bool:
    """Say whether a word has digits: a value, a day, a level."""
    return any(letter.isdigit() for letter in word) and not NAMED.match(word.lstrip("!"))


def is_key(word: str) -> bool:
    """Say whether a word names a thing, and not how it is, how much or when."""
    bare = word.rpartition(">")[2].lstrip("!")
    return not (
        is_figure(bare) or bare in PREDICATES or bare in SIDES or bare in TIMES or bare in MARKS
    )
