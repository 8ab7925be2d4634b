// Segments as npm's x12-parser sees them: node x12_parser.cjs NPM_FOLDER FILE... prints one JSON list per file;
// with --time FILE it prints how many segments there are, and the CPU seconds and memory of reading them.
const { createReadStream, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const [, , home, ...rest] = process.argv;
const { X12parser } = createRequire(`${home}/package.json`)('x12-parser');

async function segments(file, take) {
  for await (const segment of createReadStream(file).pipe(new X12parser())) take(segment);
}

async function main() {
  if (rest[0] !== '--time') {
    for (const file of rest) {
      const found = [];
      await segments(file, (segment) => found.push(segment));
      console.log(JSON.stringify(found));
    }
    return;
  }
  let count = 0;
  const began = process.cpuUsage();
  await segments(rest[1], () => { count += 1; });
  const { user, system } = process.cpuUsage(began);
  const memory = Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
  console.log(JSON.stringify({ segments: count, seconds: (user + system) / 1e6, memory }));
}

main();
