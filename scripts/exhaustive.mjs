// The exhaustive tier: the long tests once, then the process-heavy folders ten times in a row, to find what
// happens one time in ten. Stops at the first failing round.
import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';

const rounds = Number(process.env.LIFECYCLE_ROUNDS ?? 10);
const lambda = 'test/local/lambda';
// Of test/local/lambda all but the load, which has rounds of its own in its exhaustive tests. Of test/cli all but the
// whole story of the demo, which mostly waits for a natural end.
const heavy = [
  ...readdirSync(lambda).flatMap(name => (name === 'load' ? [] : [`${lambda}/${name}/`])),
  'test/extension',
  ...['aws-cli', 'demo-ended', 'killed-deploy', 'local-command', 'usage'].map(name => `test/cli/${name}.test.ts`),
];

function vitest(...args) {
  const {status} = spawnSync('npx', ['vitest', 'run', ...args], {stdio: 'inherit'});
  return status ?? 1;
}

let status = vitest('--project', 'exhaustive', '--passWithNoTests');
for (let round = 1; round <= rounds && status === 0; round += 1) {
  console.log(`\nRound ${round} of ${rounds}: ${heavy.join(', ')}`);
  status = vitest('--project', 'unit', ...heavy);
}
process.exit(status);
