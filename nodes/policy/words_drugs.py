"""The dictionary's words for surgery of joints and spine, drugs and genes that phrases cannot say.

Grades in Roman numerals, millimetres, and how long ago somebody stopped smoking.
"""

from nodes.policy.wording import Words
from nodes.policy.wording import worded as _c

_KL = r"(?:kellgren(?:\s?[-\u2013/&]\s?| and | )lawrence|\bk[-/ ]?l\b|\bkellgren\b)"
_SAYS = r"(?:[ ,:=(]|is|was|of|score|stage|grade|gr\.?|type|classification|changes|oa){0,6}"
_LONG = r"(?:[6-9]|[1-9]\d|six|seven|eight|nine|ten|eleven|twelve)"
_SOME = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|many|several)"
_HIGH = r"(?:2|3|4|5|ii|iii|iv|v)"
_TOBACCO = r"(?:tobacco|nicotine|cigarettes?|smok(?:es?|ing)|vap(?:es?|ing)|e-?cigarettes?|chew)"

DRUG_WORDS: dict[str, Words] = {
    "kl_grade": _c(
        "Kellgren-Lawrence grade",
        rf"{_KL}{_SAYS}([0-4])(?!\.?\d|/)"
        rf"|\bgrade ([0-4])(?: (?:by|on|per|of|the)){{0,2}} {_KL}",
    ),
    "knee_destroyed": _c(
        "severe narrowing of the joint",
        rf"\bbone[- ]on[- ]bone|{_KL}{_SAYS}(?:iii|iv|3/4|3-4)\b|\bgrade (?:iii|iv) {_KL}"
        r"|\b(?:severe|advanced|complete|marked|end[- ]stage|tricompartmental severe)"
        r" (?:\w+ ){0,3}?(?:joint[- ]space (?:narrowing|loss)|loss of (?:the )?joint space)"
        r"|\bcomplete loss of (?:the )?(?:\w+ ){0,2}?joint[- ]space|\bobliterat\w+ (?:of )?"
        r"(?:the )?(?:\w+ )?joint[- ]space",
        r"\bjoint[- ]spaces? (?:is |are )?(?:well[- ])?(?:preserved|maintained|normal|intact)"
        r"|\b(?:mild|minimal|no) (?:\w+ )?joint[- ]space narrowing|\bno bone[- ]on[- ]bone",
    ),
    "knee_necrosis": _c(
        "osteonecrosis of the knee",
        r"\b(?:osteonecrosis|avascular necrosis|\bavn)\b[^.;]{0,40}?\b(?:knee|femoral condyle"
        r"|tibia\w*)|\b(?:knee|condyle|condylar)\b[^.;]{0,20}?\b(?:osteonecrosis"
        r"|avascular necrosis)|\b(?-i:SONK)\b",
    ),
    "knee_fracture": _c(
        "a fracture of the knee that cannot be fixed",
        r"\b(?:distal femur|distal femoral|tibial plateau|supracondylar|intra-?articular)\b"
        r"[^.;]{0,20}?\bfractures?[^.;]{0,60}?\b(?:not (?:amenable|fixable|reconstructable)"
        r"|cannot be (?:fixed|reconstructed)|unreconstructable|non-?reconstructable)",
    ),
    "nicotine_free": _c(
        "no nicotine",
        r"\b(?:tobacco|smoking|nicotine|cigarettes?)(?: use| status| history)?\s?[:\u2013-]\s?"
        r"(?:never|none|no\b|denies|denied|non-?smoker)"
        r"|\bnever[- ]smok\w+|\bnever used (?:any )?tobacco|\b(?:lifelong |life-long )?non-?smok\w+"
        r"|\bnever (?:a )?smoker|\b(?:nicotine|tobacco|smoke)[- ]?free\b"
        r"(?! (?:date|by|before|prior))"
        rf"|\b(?:denies|no) (?:any |current |ongoing |active |use of |all )*{_TOBACCO}"
        r"(?: (?:or|and|/) \w+)?(?: (?:use|products?|exposure))?\b"
        rf"|\bdoes not (?:smoke|vape|use (?:any )?{_TOBACCO})"
        r"|\b(?:quit|stopped)(?: (?:smoking|tobacco|cigarettes|nicotine|vaping))?[^.;]{0,20}?"
        rf" {_SOME} (?:years?|yrs?) ago|\b(?:quit|stopped)(?: (?:smoking|tobacco|cigarettes"
        rf"|nicotine|vaping))?[^.;]{{0,20}}? (?!a |one |1 ){_SOME} (?:months?|mos?) ago"
        r"|\b(?:quit|stopped)(?: (?:smoking|tobacco|cigarettes|nicotine|vaping))?[^.;]{0,20}?"
        rf" (?:over|more than )?{_LONG} (?:weeks?|wks?) ago"
        r"|\b(?:quit|stopped)(?: (?:smoking|tobacco|cigarettes|nicotine))?(?: in| since)?"
        r" (?:19\d\d|20[01]\d|202[0-5])\b"
        r"|\b(?:has not|hasn't|no) (?:smoked|cigarettes|nicotine|tobacco)[^.;]{0,20}?"
        rf" (?:in|for|since)(?: over| more than)? (?:{_LONG} weeks|{_SOME} (?:years|months))"
        r"|\bcotinine\b[^.;]{0,30}?(?:\bneg(?:ative)?\b|\bundetect\w+|\bnot detected|<\s?(?:10"
        r"|[1-9])\b(?!\.?\d)|\b(?:[0-9])(?:\.\d)?\s?ng)",
        r"\b(?:tobacco|smoking|nicotine)(?: use| status| history)?\s?[:\u2013-]\s?(?:current|yes"
        r"|active|daily|every day|some days)"
        r"|\bcurrent(?:ly)? (?:every\s?day |some\s?day |daily )?"
        r"(?:smok\w+|tobacco|vap\w+)"
        r"|\bactive (?:smok\w+|tobacco)|\bsmokes\b(?! (?:no|nothing))|\bstill smok\w+"
        r"|\b(?:is|remains) (?:a |an )?(?:(?!former|ex|never|non)\w+ ){0,2}?smoker\b"
        r"|\bsmoker, (?:current|\d)|\bvapes\b|\b(?:packs?|cigarettes?) (?:per|a|each) day\b(?!"
        r"[^.;]{0,40}?\b(?:quit|stopped|until))|\b\d(?:\.\d)?\s?ppd\b(?![^.;]{0,40}?\b(?:quit|stopped"
        r"|until))|\b(?:uses|using|chews|on) (?:\w+ )?(?:nicotine|tobacco|snuff|dip)\b"
        r"|\b(?:plans?|wants?|trying|willing|agree[sd]?|will|going|intends?|promis\w+|hopes?) to"
        r" (?:quit|stop)(?: smoking)?|\bwill (?:quit|stop)\b|\bquit(?:ting)?(?: smoking)?"
        r" (?:date|next|tomorrow|before surgery|soon)|\bcutting (?:down|back)"
        r"|\b(?:quit|stopped)(?: (?:smoking|tobacco|cigarettes|nicotine|vaping))?"
        r"(?: about| just)? (?:[1-5]|a|one|two|three|four|five|few|a few) (?:weeks?|wks?|days?) ago"
        r"|\bquit(?: smoking)? (?:yesterday|last week|this week|last month)"
        r"|\bcotinine\b[^.;]{0,30}?(?:\bpositive\b|\bdetected\b|\belevated\b"
        r"|\b(?:1[1-9]|[2-9]\d|\d{3,})(?:\.\d+)?\s?ng)",
    ),
    "cotinine": _c(
        "serum cotinine",
        r"\bcotinine(?: level)?(?:[ ,:=(]|is|was|of|serum|level|result){0,6}<?\s?"
        r"(\d{1,4}(?:\.\d+)?)(?=\s?ng)",
    ),
    "translation_mm": _c(
        "movement between vertebrae on flexion and extension films, in mm",
        r"\b(?:translation|translates|motion|shift|slip|instability|listhesis|subluxation|movement"
        r"|excursion)\b[^.;\d]{0,40}?(\d{1,2}(?:\.\d)?)\s?(?:mm|millimet)"
        r"|\b(\d{1,2}(?:\.\d)?)\s?(?:mm|millimet\w*) (?:of )?(?:\w+ ){0,3}?(?:translation|motion"
        r"|movement|shift|instability|excursion)",
    ),
    "meyerding_2": _c(
        "a slip of Meyerding grade II or more",
        rf"\b(?:meyerding )?grade {_HIGH}(?: \w+)? (?:spondylo|antero|retro)listhesis"
        rf"|\bmeyerding (?:grade )?{_HIGH}\b|\bspondyloptosis"
        rf"|\b(?:spondylo|antero)listhesis[^.;]{{0,30}}?\b(?:grade|meyerding) {_HIGH}\b",
        r"\b(?:meyerding )?grade (?:1|i)(?: \w+)? (?:spondylo|antero|retro)listhesis"
        r"|\bmeyerding (?:grade )?(?:1|i)\b|\b(?:spondylo|antero)listhesis[^.;]{0,30}?\b(?:grade"
        r"|meyerding) (?:1|i)\b",
    ),
    "baseline_bmi": _c(
        "body mass index before treatment",
        r"\b(?:baseline|starting|initial|pre-?treatment|original|pre-?\w{3,12})\s(?:bmi"
        r"|body mass index)(?:[ :=(]|is|was|of|at)*(\d{2}(?:\.\d{1,2})?)(?![\d/])"
        r"|\b(?:bmi|body mass index)(?:[ :=(]|is|was|of|at)*(\d{2}(?:\.\d{1,2})?)(?![\d/])"
        r"[^.;\d]{0,20}?\b(?:at baseline|before (?:starting|treatment|the start|wegovy|zepbound"
        r"|saxenda|semaglutide|tirzepatide|liraglutide)|prior to (?:starting|treatment|wegovy"
        r"|zepbound|saxenda|semaglutide|tirzepatide|liraglutide)|at (?:the )?start)"
        r"|\b(?:before|prior to) (?:starting |beginning |initiating )?(?:treatment|therapy|wegovy"
        r"|zepbound|saxenda|semaglutide|tirzepatide|liraglutide|the drug)[^.;\d]{0,30}?\b(?:bmi"
        r"|body mass index)(?:[ :=(]|is|was|of|at)*(\d{2}(?:\.\d{1,2})?)(?![\d/])",
    ),
    "stated_loss": _c(
        "percent of weight lost",
        r"(?<![\d.])(\d{1,2}(?:\.\d{1,2})?)\s?(?:%|percent)(?: of)?(?: \w+){0,3}? (?:weight loss"
        r"|weight reduction|body weight lost|(?:body ?)?weight lost|loss of (?:body )?weight)"
        r"|\b(?:lost|down|loss of|reduc(?:ed|tion)(?: of)?|decreas\w+(?: of| by)?)[^.;\d%]{0,25}?"
        r"(?<![\d.])(\d{1,2}(?:\.\d{1,2})?)\s?(?:%|percent) of (?:\w+ ){0,3}?(?:body ?)?weight"
        r"|\bweight loss of (\d{1,2}(?:\.\d{1,2})?)\s?(?:%|percent)"
        r"|\blost (\d{1,2}(?:\.\d{1,2})?)\s?(?:%|percent)",
    ),
    "triple_negative": _c(
        "triple negative breast cancer",
        r"\btriple[- ]negative\b|\b(?-i:TNBC)\b|\b(?:er|estrogen receptor)[^.;]{0,12}?\b(?:0\s?%"
        r"|neg\w*)[^.;]{0,6}?\b(?:pr|progesterone receptor)[^.;]{0,12}?\b(?:0\s?%|neg\w*)"
        r"[^.;]{0,6}?\bher-?2(?:/neu)?[^.;]{0,12}?\bneg\w*|\b(?-i:ER-/PR-/HER2-)(?!\w)",
        r"\b(?:not|isn't) triple[- ]negative|\b(?:er|pr|hormone[- ]receptor)[- ]?positive"
        r"|\bher-?2[- ]positive",
    ),
    "own_age_at_breast_cancer": _c(
        "the patient's age at the diagnosis of breast cancer",
        r"\bbreast (?:cancer|carcinoma)[^.;:\d]{0,40}?\b(?:at|age|aged|at age|at the age of)\s"
        r"(\d{2})\b(?!\s?(?:%|mm|cm|weeks|months|o'clock))"
        r"|\b(?:ductal|lobular) carcinoma[^.;:\d]{0,40}?\b(?:at|at age|at the age of)\s(\d{2})\b"
        r"(?!\s?(?:%|mm|cm|weeks|months|o'clock))"
        r"|\bdiagnosed (?:with (?:\w+ ){0,4}?breast cancer )?(?:at|at age|at the age of)\s"
        r"(\d{2})\b",
    ),
    "brca_tested": _c(
        "an earlier BRCA test",
        r"\bBRCA(?:1|2|1/2|1 and (?:BRCA)?2)? (?:gene )?(?:test\w*|panel|sequencing|analysis)"
        r" (?:in |on |of )?(?:\d{1,2}/)?(?:19|20)\d\d\b|\b(?:prior|previous|earlier) (?:genetic"
        r"|BRCA\S*) (?:test\w*|panel)[^.;]{0,40}?\b(?:negative|positive|in (?:19|20)\d\d|done"
        r"|performed|showed|uncertain|VUS)|\bBRCA(?:1|2|1/2)? (?:was |were )?"
        r"(?:already |previously )(?:tested|done|sequenced)",
    ),
}
