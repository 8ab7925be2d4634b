"""Words with which anything may be told: they claim nothing that could be looked up."""

from nodes.writing.stems import stem

_WORDS = """
bringing brought
about above according across active added additionally admits again ago all along also although
among amount and another any appears approximately around as assessed assessment at available
away baseline be became because before began beginning being below between both but by came can
care chart chief clinic clinical clinician clinicians come complaint concerning condition
consistent consists continued continues continuing could course current currently date dated day
days demonstrated demonstrates described describes despite detail details did discussed document
documentation documented documents does doing dose doses dosed dosage duration during each earlier
either encounter ended ending entries entry episode episodes evaluated evaluation evening every
evidence exam examination examined experienced experiences experiencing extent final finding
findings finished first follow followed following follows for form former found frequency from
further gave general give given got had has have having he her hers him his history identified in
include included includes including indicated indicates individual information initial initially
into is it its itself known lasted lasting last late later level levels like list listed made
make making management may measured measurement measurements medical medication medications
mention mentioned mentions month monthly months more morning most much name named near new next
night nightly note noted notes now number
ran run runs observed obtained occurred occurring of office often on
once one onset ongoing only or order ordered orders other others our out over overall own part
past patient patients per performed period person physician place plan planned point prescribed
prescription present presented presenting presents previous previously prior problem provided
provider providers range reading readings reason received receiving recent recently record
recorded records referred regarding regimen related remain remained remains remaining repeat
repeated report reported reporting reports request requested required result results reveal
revealed reveals review reviewed said same scheduled score scored scores second section see seen
service session sessions several she show showed showing shown shows side sign signs similar since
site so some specialist stage started starting state stated states status still stop stopped study
subsequent such symptom symptomatic symptoms take taken taking tells test tested testing than that
the their them then there therefore these they this those though through throughout time times to
today together told took total toward treated treating treatment treatments trial trialed trials
tried two type under undergo undergoing underwent until up upon usage use used uses using value
values via visit visits was we week weekly weeks well were what when where which while who whose
will with within without work would year yearly years yesterday yet day daily twice three tablet
tablets capsule capsules mouth oral orally completed complete attended reports endorses woman man
male female lady gentleman individual aged age old feels felt rated rates rating rate scale
limits limited limiting sees saw set seeks presently indicates reads read states worn wear
measured came back noted evident present absent denies denied no not never none
"""
NARRATIVE = frozenset(map(stem, _WORDS.split())) | frozenset(_WORDS.split())
