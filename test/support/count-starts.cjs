// Preloaded into every process of a test run: a line in the file `starts` beside this one for each execution
// environment that is made there.
const {appendFileSync} = require('node:fs');
const {join} = require('node:path');

require('node:diagnostics_channel').subscribe('lifecycle-tui:environment', () => {
  const who = globalThis.__vitest_worker__?.filepath ?? `lifecycle-tui ${process.argv.slice(2).join(' ')}`;
  appendFileSync(join(__dirname, 'starts'), `${who}\n`);
});
