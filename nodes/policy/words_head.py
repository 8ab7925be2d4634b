"""How notes word what policies for imaging of the head ask about."""

from nodes.policy.wording import Words, worded

_SIDED = r"(?:(?:left|right|one|unilateral)[ -](?:sided )?)"
_NO = r"(?:(?!\b(?:not|no|never|without|denie[sd]|stable|unchanged)\b)[^.;])"
_ACHE = r"(?:headaches?|migraines?|(?-i:HAs?))"
_OLD = (
    r"(?![^.;]{0,40}?\b(?:since (?:birth|childhood|infancy)|congenital|long-?standing"
    r"|at (?:his |her |the )?baseline|chronic|(?:from|after) (?:\w+ ){0,2}?(?:cerebral palsy"
    r"|polio)))"
)
_LIMB = r"(?:arm|leg|hand|face|facial|hemibody|body|upper extremity|lower extremity)"

HEAD: dict[str, Words] = {
    "neuro_deficit": worded(
        "a neurological deficit found on examination",
        r"(?<!old\s)(?<!chronic\s)(?<!longstanding\s)(?<!congenital\s)(?<!baseline\s)(?<!known\s)"
        r"(?:\b(?:focal )?(?:neuro\w*|motor|sensory|cranial nerve) deficits?\b|\bfocal deficits?\b"
        r"|\bfacial (?:droop|palsy|asymmetry|weakness)|\bhemi(?:pares\w+|pleg\w+(?! migraine)"
        r"|sensory \w+"
        r"|anops?ia|neglect)|\bpronator drift|\baphasi[ac]\b|\bdysarthri[ac]\b|\bataxi[ac]\b"
        r"|\bdysmetria\b|\bnystagmus\b|\bdiplopia\b|\bdouble vision\b|\bvisual field (?:cut|defect"
        r"|deficit|loss)|\b(?:third|fourth|sixth|6th|3rd|4th|cranial|abducens|oculomotor)"
        r" (?:cranial )?nerve palsy|\b(?:cn )?(?:iii|iv|vi|vii) palsy|\banisocoria\b|\bptosis\b"
        rf"|\b{_SIDED}{_LIMB} (?:weakness|numbness|drift)|\b{_SIDED}weakness\b"
        r"|\b(?:positive|abnormal) romberg|\bromberg (?:is |was )?positive"
        r"|\b(?:ataxic|hemiparetic|wide-based) gait|\bhoffmann'?s?(?: sign)? (?:is )?(?:positive"
        r"|present)|\bbabinski(?:'s)?(?: sign)? (?:is |was )?(?:positive|present|upgoing)"
        r"|\bhyper-?reflexi(?:a|c)\b|\b[0-4][+-]?/5\b(?= (?:\w+ ){0,3}?(?:left|right))"
        rf"|\b(?:left|right) (?:\w+ ){{0,3}}?[0-4][+-]?/5\b){_OLD}",
        r"\bneuro\w*(?: exam\w*)?[ :,]+(?:is |was |remains )?(?:entirely |completely |grossly"
        r" |otherwise )?(?:non-?focal|normal|intact|unremarkable)(?! (?:except|other|apart))"
        r"(?![^.;]*\bexcept)|\bnon-?focal (?:neuro\w*|exam\w*)|\bneurologically (?:intact"
        r"|normal)|\bnormal neuro\w* exam\w*(?![^.;]*\bexcept)",
        composite=True,
    ),
    "new_headache": worded(
        "a headache that is new",
        r"\bnew(?:[ -]onset)?,?(?: (?!for\b|about\b|glasses|medic|drug|treat|dose|prescri|since\b"
        rf"|not\b|no\b)\w+){{0,3}}? {_ACHE}\b(?! (?:medic|treat|drug|clinic|speciali|diar|prevent"
        rf"|plan))"
        r"|\bheadaches? (?:(?!for\b|medic|treat|drug|prevent)\w+ ){0,3}?(?:began|started)"
        r" (?:about |around |only )?(?:\w+ )?(?:days?|weeks?|months?) ago|\bfirst[ -]ever headache"
        r"|\bonset (?:of )?headaches? (?:\w+ ){0,3}?(?:days?|weeks?|months?) ago"
        r"|\bheadaches? (?:are|is) new\b|\b(?:no|never had) (?:prior |previous )?(?:history of"
        r" )?headaches?(?: \w+){0,2} (?:before|until)",
        r"\b(?:chronic|long-?standing|lifelong) (?:\w+ ){0,2}?(?:migraines?|headaches?)"
        r"|\b(?:migraines?|headaches?)[^.;]{0,40}?\b(?:for|since) (?:\w+ ){0,2}?(?:years|decades"
        r"|childhood|adolescence|her teens|his teens|college)",
    ),
    "headache_changed": worded(
        "a change in the pattern of headaches",
        r"\b(?:change|changed|changing|shift) (?:\w+ ){0,3}?(?:headaches?|migraines?)\b"
        rf"|\b{_ACHE}\b{_NO}{{0,40}}?\b(?:ha(?:s|ve) changed|changed in (?:character"
        r"|quality|pattern|frequency|severity)|different from|different than|unlike)\b"
        rf"|\b{_ACHE}\b{_NO}{{0,40}}?\b(?:increas\w+ in|more) (?:frequen\w+"
        r"|sever\w+|intens\w+)"
        rf"|\b{_ACHE}\b{_NO}{{0,25}}?\bnow (?:daily|constant|continuous|weekly|every day|severe"
        rf"|\w+ (?:times|x|days))|\b{_ACHE}\b{_NO}{{0,40}}?\b(?:daily|per week|a week|constant)"
        r",? (?:previously|used to be|up from|from (?:once|one|two|monthly|weekly))"
        r"|\b(?:increas\w+|escalating|rising|greater|worsening) (?:in )?(?:the )?(?:frequency"
        r"|severity"
        r"|intensity)(?: (?:and|&) (?:frequency|severity|intensity))? of (?:\w+ ){0,2}?"
        rf"{_ACHE}\b|\bnew (?:type|kind|pattern) of {_ACHE}\b|\b(?:progressive(?:ly)?|worsening"
        rf"|escalating) (?:\w+ ){{0,2}}?"
        r"(?:headaches?|migraines?)|\b(?:headaches?|migraines?)\b[^.;]{0,30}?\b(?:progressively"
        r"|steadily) wors\w+|\bworst headache of (?:\w+ )?life",
        r"\b(?:headaches?|migraines?)\b[^.;]{0,40}?\b(?:stable|unchanged|well[ -]controlled"
        r"|same as (?:usual|always|before)|typical|no change in)\b|\bno (?:recent )?change in"
        r" (?:\w+ ){0,3}?(?:headaches?|migraines?)|\b(?:stable|typical|usual|unchanged) (?:\w+"
        r" )?(?:headaches?|migraines?)",
    ),
    "head_surveillance": worded(
        "planning of an operation on the brain, or follow-up of known disease in the head",
        r"\b(?:surveillance|restaging|follow-?up (?:mri |imaging )?(?:of|for)|post-?(?:operative"
        r"|treatment|radiation) (?:imaging|mri|surveillance)) (?:\w+ ){0,8}?(?:meningioma|glioma"
        r"|glioblastoma|astrocytoma|schwannoma|adenoma|metasta\w+|brain (?:tumou?r|mass|lesion)"
        r"|craniotomy|resection|aneurysm|multiple sclerosis)"
        r"|\b(?:surgical|pre-?operative|pre-?op|stereotactic|radiosurgery|navigation) (?:planning"
        r"|mri|imaging)\b[^.;]{0,40}?\b(?:brain|cranio\w+|cranial|dbs|deep brain|tumou?r|mass"
        r"|lesion|meningioma|glioma|resection)|\bbefore (?:\w+ ){0,2}?(?:craniotomy|deep brain"
        r" stimulat\w+|radiosurgery)",
    ),
}
