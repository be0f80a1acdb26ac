// The exhaustive tier: the long tests once, then what starts real processes ten times in a row, to find what happens one
// time in ten: five times in either form of the sandbox. Stops at the first failing round.
import {spawnSync} from 'node:child_process';

const rounds = Number(process.env.LIFECYCLE_ROUNDS ?? 10);
const forms = ['namespaces', 'portable'];
// Files of test/local/lambda that start execution environments, but for the load, which has rounds of its own in its
// exhaustive tests. Of test/cli what does, but neither the whole story of the demo, which mostly waits for a natural end, nor the
// killed deployments, which have their own; nor local-command, a fifth of a round by itself, whose parts are in the others.
const lambda = [
  ...['init-rows', 'invoke-failure-rows', 'json-format', 'lifecycle', 'shutdown-rows'].map(
    name => `environment/${name}`,
  ),
  ...['crashes.exhaustive', 'late.exhaustive', 'odd'].map(name => `extensions/${name}`),
  'runtimes/clients',
  ...['fallbacks', 'inherited', 'killed-host', 'ordinary-end'].map(name => `sandbox/${name}`),
  ...['close', 'json-logging', 'real'].map(name => `service/${name}`),
  ...['end-to-end', 'telemetry-api'].map(name => `telemetry/${name}`),
];
const cli = ['aws-cli', 'demo-ended'];
const heavy = [
  ...lambda.map(name => `test/local/lambda/${name}.test.ts`),
  ...cli.map(name => `test/cli/${name}.test.ts`),
  'test/extension/process.test.ts',
];

function vitest(variables, ...args) {
  const startedAt = performance.now();
  const env = {...process.env, ...variables};
  const {status} = spawnSync('npx', ['vitest', 'run', ...args], {stdio: 'inherit', env});
  return {status: status ?? 1, took: `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`};
}

let {status, took} = vitest({}, '--project', 'exhaustive', '--passWithNoTests');
console.log(`\nThe long tests took ${took}`);
for (let round = 1; round <= rounds && status === 0; round += 1) {
  const form = forms[(round - 1) % forms.length];
  console.log(`\nRound ${round} of ${rounds} (${form}): ${heavy.join(', ')}`);
  ({status, took} = vitest(
    {LIFECYCLE_TIER: 'exhaustive', LIFECYCLE_FORM: form},
    '--project',
    'unit',
    '--project',
    'exhaustive',
    ...heavy,
  ));
  console.log(`\nRound ${round} of ${rounds} (${form}) took ${took}`);
}
process.exit(status);
