// Fill a form with pdf-lib: pdf_lib.cjs MODULES PLAN IN OUT ROUNDS; prints {ms, mb} as python.py does.
const fs = require("fs");
const [modules, plan, source, target, rounds] = process.argv.slice(2);
const { PDFDocument, PDFCheckBox, PDFRadioGroup } = require(`${modules}/node_modules/pdf-lib`);

async function fill(told) {
  const document = await PDFDocument.load(fs.readFileSync(source));
  const form = document.getForm();
  for (const [name, value] of Object.entries(told.texts)) form.getTextField(name).setText(value);
  for (const [name, state] of Object.entries(told.boxes)) {
    const field = form.getField(name);
    if (field instanceof PDFCheckBox) field.check();
    else if (field instanceof PDFRadioGroup) field.select(field.getOptions()[0]);
  }
  fs.writeFileSync(target, await document.save());
}

(async () => {
  const told = JSON.parse(fs.readFileSync(plan));
  const took = [];
  for (let round = 0; round < Number(rounds); round++) {
    const began = process.cpuUsage();
    await fill(told);
    const used = process.cpuUsage(began);
    took.push((used.user + used.system) / 1000);
  }
  took.sort((a, b) => a - b);
  const ms = took[Math.floor(took.length / 2)];
  console.log(JSON.stringify({ ms, mb: process.resourceUsage().maxRSS / 1024 }));
})().catch((problem) => { console.error(problem.message); process.exit(1); });
