// Runs the figures of this folder one after the other, or those named: `npm run bench -- first-frame`. With
// `--long` some take their time.
// Each prints ratios of things measured side by side in one run; single times mean little on a shared machine.
import {readdir} from 'node:fs/promises';

await import('../scripts/build.mjs');
const files = (await readdir(new URL('.', import.meta.url))).filter(file => file.endsWith('.bench.mjs')).sort();
const long = process.argv.includes('--long');
const wanted = process.argv.slice(2).filter(argument => !argument.startsWith('--'));
const chosen = wanted.length === 0 ? files : files.filter(file => wanted.includes(file.replace('.bench.mjs', '')));
if (chosen.length === 0) {
  console.error(
    `There is no figure ${wanted.join(', ')}.\nFigures: ${files.map(file => file.replace('.bench.mjs', '')).join(', ')}`,
  );
  process.exit(2);
}
for (const file of chosen) {
  console.log(`\n${file.replace('.bench.mjs', '')}`);
  const {run} = await import(`./${file}`);
  for (const {figure, value, bar, detail} of await run({long})) {
    console.log(`  ${figure.padEnd(52)} ${value.padStart(8)}  ${`bar ${bar}`.padEnd(12)} ${detail}`);
  }
}
