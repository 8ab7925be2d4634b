"""Sentences that say in other words what is cited, none of them false: written for this test.

Each block: the words cited, then paraphrases. No sentence was used to make a rule of the verifier
before the share of those wrongly dropped was first measured.
"""

PARAPHRASED = """
She completed 8 weeks of physical therapy from 08/03/2026 to 09/28/2026 without improvement.
> The patient completed eight weeks of physical therapy without improvement.
> Eight weeks of PT did not help.
> PT x 8 wk, no improvement.
> She finished 8 wks of physiotherapy with no benefit.
> Physical therapy for 8 weeks brought no relief.
> Physical therapy was completed on September 28, 2026.
> Physical therapy ran from August 3, 2026 to September 28, 2026.
> She failed 8 weeks of physical therapy.
> There was no improvement after 8 weeks of physical therapy.
> An 8-week course of physical therapy ended without improvement.
> She attended PT for about two months without improvement.
Has taken naproxen 500 mg twice daily since 06/15/2026 with only partial relief.
> Naproxen 500 mg BID since June 15, 2026 gave only partial relief.
> She takes naproxen 500 mg b.i.d. with partial relief.
> Naproxen has been taken twice a day since 6/15/2026.
> Since June 2026 she has used naproxen 500 mg q12h.
> Relief from naproxen was only partial.
> An NSAID (naproxen 500 mg twice daily) gave partial relief.
> Naprosyn 500 mg twice daily gave incomplete relief.
> Naproxen has provided inadequate relief.
> She is on naproxen 500 mg two times a day.
> The patient reports partial relief with naproxen.
Tried ibuprofen 800 mg TID and meloxicam 15 mg daily; both failed.
> Two NSAIDs failed.
> Ibuprofen 800 mg three times daily and meloxicam 15 mg daily were tried and failed.
> Both ibuprofen and meloxicam failed.
> Ibuprofen and meloxicam did not help.
> Mobic 15 mg daily failed.
> Trials of ibuprofen and meloxicam were unsuccessful.
> The patient failed two anti-inflammatory medications.
> She tried ibuprofen 800 mg t.i.d. without success.
> Meloxicam was ineffective.
Denies saddle anesthesia, bowel incontinence and fever.
> No saddle anesthesia, bowel incontinence or fever.
> She denied fever.
> There is no saddle anesthesia.
> The patient reports no bowel incontinence.
> Negative for fever and bowel incontinence.
> She is without fever or saddle anesthesia.
> Bowel incontinence was denied.
> Fever, saddle anesthesia and bowel incontinence are absent.
Right ankle dorsiflexion 4/5, reflex 1+. Straight leg raise positive on the right at 40 degrees.
> Right ankle dorsiflexion was four out of five.
> The right ankle reflex was 1+.
> SLR was positive on the right at 40 degrees.
> On exam, the straight leg raise was positive on the right.
> Strength of right ankle dorsiflexion is 4/5.
> The ankle reflex on the right was diminished (1+).
> The reflex of the R ankle was reduced.
> Straight-leg raising was positive at 40 degrees on the right side.
Reports left knee pain of 7/10 for 6 months, worse with stairs.
> Left knee pain is rated 7 out of 10.
> She has had left knee pain for six months.
> L knee pain 7/10 x 6 months.
> Knee pain on the left is worse with stairs.
> The patient has experienced pain in the left knee for 6 mo.
> Pain of the left knee has lasted half a year.
> She rates her left knee pain at 7/10.
> Stairs make the left knee pain worse.
MRI lumbar spine 2026-05-14 shows disc herniation at L5-S1 contacting the right S1 nerve root.
> MRI on May 14, 2026 showed an L5-S1 disc herniation.
> A herniated disc at L5/S1 contacts the right S1 nerve root.
> Lumbar MRI of 05/14/2026: disc herniation L5-S1.
> Magnetic resonance imaging demonstrated a disc herniation at L5-S1.
> The lumbar spine MRI dated 14 May 2026 revealed a herniated disk at L5-S1.
> There is a herniation of the L5-S1 disc with contact to the right S1 nerve root.
> In May 2026 an MRI showed L5-S1 disc herniation.
Hemoglobin A1c: 8.4 % on 2026-09-10.
> HbA1c was 8.4% on September 10, 2026.
> A1c 8.4 percent.
> The A1c on 9/10/2026 was 8.4 %.
> Her hemoglobin A1c was 8.4% in September 2026.
> On 10 September 2026 the A1c measured 8.4%.
Apnea-hypopnea index 22.4 events per hour on polysomnography of 2026-09-10.
> AHI was 22.4/h.
> Polysomnography on September 10, 2026 showed an AHI of 22.4 events/hour.
> The apnea-hypopnea index was 22 events per hour.
> Sleep study result: apnea hypopnea index 22.4 per hour.
> The AHI on polysomnography was 22.4.
Injection of L4-L5 epidural steroid on 07/02/2026 gave 2 weeks of relief.
> An L4-5 epidural steroid injection on July 2, 2026 gave two weeks of relief.
> ESI at L4-L5 on 7/2/2026 helped for 2 weeks.
> Relief after the L4-L5 injection lasted 2 weeks.
> One epidural steroid injection gave 14 days of relief.
> She received an epidural steroid injection at L4-L5.
> The epidural injection of 2026-07-02 gave relief for two weeks only.
Weight 92 kg, height 170 cm, BMI 31.8 kg/m2.
> BMI is 31.8.
> Weight is 92 kg (203 lb).
> Her body mass index is 31.8 kg/m2.
> She weighs 92 kilograms.
> Height 170 cm.
> BMI is 32.
Insulin glargine 24 units at bedtime, lispro 8 units with meals; glucose checked four times a day.
> Glargine 24 units at bedtime and lispro 8 units with meals.
> Lantus 24 units at bedtime.
> She uses 24 units of insulin glargine at bedtime.
> Glucose is checked 4 times daily.
> Humalog 8 units is given with meals.
> She takes 8 units of lispro with meals.
> Insulin is used at bedtime and with meals.
Gabapentin 300 mg three times daily was stopped on 2026-04-20 because of dizziness.
> Gabapentin 300 mg TID was stopped on April 20, 2026 because of dizziness.
> Gabapentin was discontinued due to dizziness.
> She stopped Neurontin on 4/20/2026 because of dizziness.
> Dizziness led to stopping gabapentin.
> Gabapentin 300 mg t.i.d. caused dizziness and was stopped.
> She could not continue gabapentin because of dizziness.
Uses a home exercise program daily; home exercises have not reduced the pain.
> She follows a home exercise program daily.
> Home exercises have not reduced her pain.
> HEP daily without reduction of pain.
> The daily home exercise program did not reduce pain.
> Despite a daily home exercise program, pain is not reduced.
X-ray of the left hip on 03/11/2026: severe joint space narrowing, Kellgren-Lawrence grade 4.
> The left hip radiograph of March 11, 2026 shows severe joint space narrowing.
> Kellgren-Lawrence grade IV changes of the left hip on x-ray.
> XR L hip 3/11/2026: severe joint space narrowing.
> Plain films of the left hip showed severe narrowing of the joint space.
> X-ray shows grade 4 narrowing of the left hip joint.
> Severe narrowing of the left hip joint space is seen on radiographs.
Numbness in both feet for 12 weeks; sensation decreased to the ankles bilaterally.
> Numbness of both feet for twelve weeks.
> Bilateral foot numbness x12 wk.
> Sensation is decreased to the ankles on both sides.
> Both feet have been numb for 3 months.
> Numb feet for 12 weeks.
> Decreased sensation to both ankles.
Adalimumab 40 mg every 2 weeks since January 2026; DAS28 fell from 5.6 to 3.1.
> Humira 40 mg every two weeks since January 2026.
> DAS28 decreased from 5.6 to 3.1.
> On adalimumab the DAS28 dropped to 3.1.
> The DAS28 score improved from 5.6 to 3.1.
> Adalimumab was started in January 2026.
> She has received adalimumab 40 mg every 2 weeks.
Methotrexate 15 mg weekly for 16 weeks, not tolerated: nausea and elevated liver enzymes.
> Methotrexate 15 mg once a week was not tolerated.
> She did not tolerate methotrexate because of nausea and elevated liver enzymes.
> After 16 weeks of methotrexate 15 mg weekly she had nausea and elevated liver enzymes.
> Methotrexate was taken for four months and not tolerated.
> Nausea and raised liver enzymes on methotrexate.
> Methotrexate intolerance with nausea.
Wears CPAP 6.5 hours a night on 28 of 30 nights; daytime sleepiness has resolved.
> CPAP is used 6.5 hours per night.
> She wears CPAP on 28 of 30 nights.
> Daytime sleepiness resolved with CPAP.
> CPAP use averages 6.5 h a night.
> Sleepiness during the day has resolved.
> With CPAP worn 6.5 hours nightly, daytime sleepiness resolved.
Chiropractic care 12 visits from 2026-02-01 to 2026-04-01, minimal benefit.
> Twelve chiropractic visits gave minimal benefit.
> 12 visits to a chiropractor with little benefit.
> Chiropractic care for two months brought minimal benefit.
> Chiropractic treatment (12 visits, February 1 to April 1, 2026) had minimal benefit.
> She had a dozen chiropractic visits with minimal benefit.
Blood pressure 128/72, temperature 98.6 F, heart rate 72 bpm.
> BP 128/72.
> Blood pressure was 128/72 and heart rate 72 beats/min.
> Temperature 98.6 F.
> Vital signs: BP 128/72, HR 72.
Patient is scheduled for lumbar fusion; prior laminectomy at L4-L5 in 2019.
> Lumbar fusion is scheduled.
> She had a laminectomy at L4-L5 in 2019.
> In 2019, a laminectomy was done at L4-5.
> A lumbar fusion is planned after the 2019 laminectomy.
Cannot walk more than 100 feet without stopping; uses a cane.
> She cannot walk farther than 100 feet without stopping.
> The patient uses a cane.
> Walking is limited to 100 feet.
> She is unable to walk more than 100 ft without a stop.
> A cane is used to walk.
"""


def paraphrases() -> list[tuple[str, str]]:
    """Each paraphrase with the words it cites."""
    found, cited = [], ""
    for line in PARAPHRASED.strip().splitlines():
        if line.startswith("> "):
            found.append((line[2:], cited))
        else:
            cited = line
    return found
