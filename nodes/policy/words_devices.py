"""Words for glucose monitors, and all the words for devices in one table."""

from nodes.policy.wording import Words
from nodes.policy.wording import worded as _c
from nodes.policy.words_chair import CHAIR
from nodes.policy.words_oxygen import OXYGEN
from nodes.policy.words_sleep import SLEEP

_INSULINS = (
    r"glargine|lantus|basaglar|toujeo|semglee|rezvoglar|lispro|humalog|admelog|lyumjev|aspart"
    r"|novolog|fiasp|degludec|tresiba|detemir|levemir|glulisine|apidra|humulin|novolin|afrezza"
    r"|soliqua|xultophy"
)
_LOW = (
    r"(?:hypoglyc\w+|low (?:blood )?(?:glucose|sugars?)s?|(?:glucose )?lows|low readings"
    r"|readings below)"
)
_CHANGE = r"(?:adjust\w*|chang\w+|reduc\w+|decreas\w+|lower\w*|cut(?:s|ting)?|modif\w+|titrat\w+)"
_MANY = (
    r"(?:multiple|two|three|four|2|3|4|several|more than one|repeated|twice|three times|again"
    r"|serial)"
)
_SEVERE = (
    r"(?:severe hypoglyc\w+|hypoglyc\w+|(?:blood )?(?:glucose|sugar) (?:was |of |at )?(?:[1-4]\d"
    r"|5[0-3])(?!\d)|low (?:blood )?(?:glucose|sugar))"
)
_HELP = (
    r"(?:assist(?:ance|ed)|help(?:ed)?|(?<!call\s)ems\b|paramedics?|(?<!give\s)(?<!use\s)"
    r"(?<!prescribed\s)(?<!inject\s)(?<!has\s)glucagon(?! (?:emergency |nasal |rescue )?(?:kit|pen"
    r"|spray|prescri\w*|rx|refill\w*|ordered|sent|available))|ambulance|emergency(?! kit)"
    r"|unconscious\w*|unrespons\w+|found (?:down|confused)|(?<!call\s)911)"
)

_CGM = r"(?:cgm|sensor|continuous glucose monitor\w*|dexcom|libre|monitor)"

_DIABETES = (
    r"\b(?=[dtlni])(?:(?:type (?:1|2|i|ii) )?diabet(?:es|ic)\b(?<!pre-diabetes)(?<!pre\sdiabetes)"
    r"(?<!pre-diabetic)(?<!borderline\sdiabetes)(?<!borderline\sdiabetic)(?! insipidus)"
    r"(?! (?:screen\w*|prevention|risk))(?: mellitus)?|t[12]\s?dms?\b|type (?:1|2|i|ii) dm\b"
    r"|(?-i:DM)[ -]*(?:type )*(?:1|2|i|ii)\b|(?-i:N?IDDM|LADA)\b)"
)
_URGED = "".join(
    rf"(?<!{word}\s)"
    for word in (
        *("to", "must", "should", "will", "of", "on", "about", "improve", "promote", "encourage"),
        *("encouraged", "stressed", "emphasized", "reinforced", "discussed", "counseled"),
    )
)
_BELOW_54 = r"(?:[34]\d|5[0-3])(?!\s?(?:[\d/%]|\.\d|units?|u\b|kg|lbs?|mg\b(?!/dl)))"
_DAY = r"(?: on \d{1,2}/\d{1,2}(?:/\d{2,4})?)?"
_PLAN = (
    r"(?:(?:\w+ ){0,3}?(?:plan|regimen|insulin|medications?|meds|dosing|doses|therapy|treatment))"
)

DEVICES: dict[str, Words] = {
    **CHAIR,
    **OXYGEN,
    **SLEEP,
    "diabetes": _c("diabetes", rf"{_DIABETES}|\ba1c\b"),
    "diabetes_diagnosis": _c("diabetes", _DIABETES),
    "diabetes_plan_followed": _c(
        "following the treatment plan",
        rf"(?<!non)(?<!non-)(?<!poorly\s)(?<!not\s){_URGED}\b(?:adher\w+|complian\w+) (?:to|with)"
        rf" {_PLAN}(?! (?:is|was|remains|has been) (?:\w+ )?(?:questionable|poor|limited|unclear"
        r"|inconsistent|suboptimal|unknown|difficult|discussed|encouraged|stressed|emphasized))"
        rf"|\bfollow(?:s|ing|ed) {_PLAN}"
        rf"|\b(?:takes?|taking) {_PLAN} (?:\w+ ){{0,2}}?as (?:prescribed|directed|ordered|advised)"
        r"|\b(?:missed no|no missed|never misses(?: any)?) (?:\w+ )?(?:doses?|insulin|injections?)",
        rf"(?<!no\s)\b(?:non-?|poorly |not )(?:adher\w+|complian\w+) (?:to|with) {_PLAN}"
        r"|(?<!no\s)(?<!denies\s)\bnon-?(?:adherence|compliance)\b|\bpoor (?:adherence|compliance)"
        rf"|\b(?:does not|doesn't|did not|is not|not) (?:follow|following|take|taking) {_PLAN}"
        r"|\b(?:skips|skipping|often misses|frequently misses) (?:\w+ ){0,3}?(?:insulin|doses?"
        r"|medications?|meds|injections?)",
    ),
    "insulin": _c(
        "insulin",
        r"\b(?<!afraid\sof\s)(?<!fear\sof\s)(?<!allergic\sto\s)(?<!allergy\sto\s)(?<!about\s)"
        r"(?<!avoid\s)(?<!allergies:\s)(?<!allergy:\s)(?<!refuses\s)(?<!without\s)"
        r"(?<!fasting\s)(?<!doses\sof\s)(?<!missed\s)(?<!missing\s)(?<!serum\s)"
        rf"(?:insulin\b(?! resistan\w+)(?! sensitiv\w+)(?! allergy)(?! levels?)(?! antibod\w+)"
        rf"(?: (?:{_INSULINS}|nph|regular|human))?|(?<!insulin\s)(?:{_INSULINS})\b"
        r"|(?-i:NPH)\s*(?:insulin\s*)?\d{1,3}\s*(?:units?|u)\b|omnipod\b)"
        r"(?!(?: \w+){0,4}? (?:was |were |is )?(?:discussed|considered|offered|deferred|declined"
        r"|refused|recommended|mentioned|suggested|(?:not|never) (?:yet )?(?:started|picked|filled"
        r"|taken|begun|tried)|while (?:inpatient|hospitali[sz]ed|in hospital)|during (?:the |her "
        r"|his )?(?:hospital\w*|admission|stay|surgery)|in (?:the )?(?:hospital|icu|ed)\b))"
        r"|\b(?:on|uses?|using|wears?|wearing|via|managed with) (?:an? |her |his |the )?"
        r"(?:(?:dash|tandem|medtronic) )?(?:insulin pump|omnipod|minimed|(?-i:CSII))\b",
    ),
    "hypoglycemia_plan_adjusted": _c(
        "adjustments of the plan because of low glucose",
        rf"\b{_MANY} (?:\w+ ){{0,4}}?{_CHANGE}\b[^.]{{0,80}}?\b{_LOW}"
        rf"|\b{_LOW}\b[^.]{{0,80}}?\b(?:despite|in spite of|after|notwithstanding|through)"
        rf" {_MANY} (?:\w+ ){{0,4}}?{_CHANGE}"
        rf"|\b{_CHANGE} (?:[\w/]+ ){{0,6}}?(?:twice|(?:two|three|2|3|several|multiple|many) times"
        rf"|on (?:two|three|several|multiple|2|3) occasions|repeatedly|and again)\b"
        rf"[^.]{{0,60}}?\b{_LOW}"
        rf"|\b{_LOW}\b[^.]{{0,60}}?\b{_CHANGE} (?:\w+ ){{0,4}}?(?:twice|three times|repeatedly)",
    ),
    "recurrent_level2": _c(
        "more than one glucose below 54 mg/dL",
        r"\b(?:recurrent|repeated|multiple|several|two|three|four|frequent|\d{1,2}) (?:\w+"
        r" ){0,3}?level (?:2|ii) (?:hypoglyc\w+|lows|events?)"
        r"|\b(?:recurrent|repeated|multiple|several|frequent) (?:\w+ ){0,2}?(?:lows|readings"
        r"|values) in the (?:30|40)s"
        r"|\b(?:recurrent|repeated|multiple|several|two|three|four|five|six|frequent|[2-9]|1\d)"
        r" (?:\w+ ){0,5}?(?:readings?|values?|lows|episodes|events|glucoses?|sugars?|bgs?)\b"
        r"(?:(?!\b(?:no|none|never|not|without)\b)[^.;<]){0,30}?"
        r"(?:(?:<|below|under|less than)\s*(?:54|50|3\.0)(?!\d)"
        r"|(?:of|from|between|at) [345]\d(?:,? \d\d,?)*(?: (?:to|and)|-)\s?[345][0-3](?!\d))"
        rf"|\b(?:glucoses?|sugars?|(?-i:BGs?|FSBG|SMBG)|lows)(?: (?:was|were|of|at|readings?"
        rf"|values?|levels?))*[ :=]{{0,3}}(?<![\d.]){_BELOW_54}(?: mg/dl)?{_DAY}(?:,? and|,| &)"
        rf" {_BELOW_54}"
        r"|\blows? (?:to|in|into) (?:the )?(?:low |mid |high )?[34]0s (?:\w+ )?(?:twice|times"
        r"|several|daily|nightly|weekly|often|frequently)",
    ),
    "level3_hypoglycemia": _c(
        "a severe low glucose with help from another person",
        rf"\blevel (?:3|iii) (?:hypoglyc\w+|event|low)|\b{_SEVERE}[^.;]{{0,80}}?\b{_HELP}"
        rf"|\b(?!glucagon){_HELP}[^.;]{{0,60}}?\b(?:for|because of|due to|with)"
        rf" (?:\w+ ){{0,2}}?{_SEVERE}|\bfound (?:down|confused|unrespons\w+|unconscious\w*)"
        rf"[^.;]{{0,40}}?\b{_SEVERE}",
        r"\bwithout (?:any )?(?:assistance|help)|\bself[- ]treated",
    ),
    "cgm_used": _c(
        "regular use of the monitor",
        rf"\b(?:wears?|wearing|wore|uses?|using) (?:\w+ ){{0,3}}?{_CGM}\b[^.;]{{0,30}}?\b(?:daily"
        r"|every day|regularly|consistently|continuously|all the time|24/7|most of the time"
        r"|as (?:prescribed|directed|instructed)|without (?:gaps|interruption))"
        rf"|\b(?:adher\w+|complian\w+) (?:to|with) (?:\w+ ){{0,3}}?{_CGM}"
        rf"|\b{_CGM} (?:use |wear )?(?:adherence|compliance) (?:is )?(?:good|excellent|full"
        r"|[6-9]\d|100)"
        rf"|\b(?:consistent|daily|regular|continuous) (?:use of |wear of )?(?:\w+ ){{0,2}}?{_CGM}"
        r"(?: use| wear)?"
        rf"|\b{_CGM} (?:is )?(?:worn|active|used|usage|use|wear(?: time)?|time)"
        r"[^.;\d]{0,20}?(?:[7-9]\d|100)(?:\.\d)?\s*%"
        r"|\b(?:time in range|(?-i:TIR))\b(?:(?!\b(?:goal|target|should|aim)\b)[^.;\d]){0,20}?"
        r"\d{1,2}\s*%"
        r"(?! (?:is (?:the )?)?(?:goal|target))",
        rf"\b(?:stopped|quit|not|no longer|rarely|seldom|never|hardly) (?:\w+ ){{0,2}}?(?:wear\w*"
        rf"|worn|us(?:es?|ed|ing)) (?:\w+ ){{0,3}}?{_CGM}|\b(?:poor|inconsistent|intermittent) "
        rf"(?:\w+ ){{0,2}}?{_CGM} (?:use|wear)|\bnon-?(?:adheren|complian)\w+ (?:to|with)"
        rf" (?:\w+ ){{0,3}}?{_CGM}",
    ),
}
