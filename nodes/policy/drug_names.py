"""Which names are one drug: brands and short forms beside their ingredient, and names of classes.

So that two names of one drug are not counted as two drugs. From the ingredients of RxNorm and FDA
labels; a name that is not here stands for itself.
"""

import re

_INGREDIENTS = """
methotrexate: mtx, trexall, otrexup, rasuvo, rheumatrex, xatmep
sulfasalazine: ssz, azulfidine, sulphasalazine
hydroxychloroquine: hcq, plaquenil
leflunomide: lef, arava
azathioprine: aza, imuran, azasan
mercaptopurine: 6-mp, 6mp, purinethol
mesalamine: mesalazine, 5-asa, asacol, lialda, pentasa, apriso
budesonide: entocort, uceris
prednisone: deltasone, rayos
prednisolone: millipred
methylprednisolone: medrol
cyclosporine: ciclosporin, neoral, sandimmune, gengraf
acitretin: soriatane
apremilast: otezla
adalimumab: humira, hadlima, hyrimoz, cyltezo, amjevita, yusimry, hulio, idacio, yuflyma, abrilada
etanercept: enbrel, erelzi, eticovo
infliximab: remicade, inflectra, renflexis, avsola
golimumab: simponi
certolizumab: cimzia
tocilizumab: actemra
abatacept: orencia
rituximab: rituxan, truxima, ruxience
ustekinumab: stelara
secukinumab: cosentyx
tofacitinib: xeljanz
upadacitinib: rinvoq
baricitinib: olumiant
metformin: glucophage, glumetza, fortamet
semaglutide: ozempic, wegovy, rybelsus
liraglutide: victoza, saxenda
dulaglutide: trulicity
exenatide: byetta, bydureon
tirzepatide: mounjaro, zepbound
phentermine: adipex, adipex-p, lomaira
phentermine-topiramate: qsymia
naltrexone-bupropion: contrave
orlistat: xenical, alli
glipizide: glucotrol
glyburide: diabeta
glimepiride: amaryl
pioglitazone: actos
sitagliptin: januvia
empagliflozin: jardiance
dapagliflozin: farxiga
topiramate: topamax
propranolol: inderal
amitriptyline: elavil
sumatriptan: imitrex
atorvastatin: lipitor
rosuvastatin: crestor
simvastatin: zocor
naproxen: aleve, naprosyn
ibuprofen: advil, motrin
meloxicam: mobic
diclofenac: voltaren
celecoxib: celebrex
gabapentin: neurontin
insulin glargine: lantus, basaglar, toujeo, semglee, rezvoglar, glargine
insulin detemir: levemir, detemir
insulin degludec: tresiba, degludec
insulin lispro: humalog, admelog, lyumjev, lispro
insulin aspart: novolog, fiasp, aspart
insulin glulisine: apidra, glulisine
pregabalin: lyrica
duloxetine: cymbalta
cyclobenzaprine: flexeril
"""
INGREDIENT = {
    name.strip(): line.partition(":")[0]
    for line in _INGREDIENTS.strip().splitlines()
    for name in line.partition(":")[2].split(",")
}
_CLASS = re.compile(
    r"dmards?\b|\bbiologics?\b|nsaids?\b|statins?$|steroids?$|inhibitors?$|agonists?$|blockers?$"
    r"|therap(?:y|ies)$|treatments?$|agents?$|drugs?$|medications?$|antagonists?$|immunosuppress"
    r"|immunomodulat|triptans$|antibiotics?$|glp-?1|diuretics?$|opioids?$|antidepressants?$"
    r"|insulins?$|relaxants?$",
    re.IGNORECASE,
)


def ingredient(name: str) -> str:
    """Give one name for a drug, whatever it is called."""
    said = " ".join(name.lower().split())
    return INGREDIENT.get(said, said)


def is_class(name: str) -> bool:
    """Say whether a name is of many drugs, not of one."""
    return bool(_CLASS.search(name))
