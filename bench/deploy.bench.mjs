// The stack deployed and removed three ways on the embedded AWS with AWS's delays: as the demo's scripts do (one process per
// call, fixed sleeps, the CLI's waiter), in parallel with the SDK's waiters, and by the built command. Every way has an
// embedded AWS of its own, because rates and remembered names would mix; the ways take turns. With --real-cli the script
// runs the installed aws CLI instead of waiting for as long as it takes to start.
import {spawn} from 'node:child_process';
import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {bundleHost} from './bundle-host.mjs';
import {median} from './median.mjs';

const rounds = 2;
const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'bin/lifecycle-tui.js');

/** Runs `use` with the endpoint of an empty embedded AWS that is as slow as AWS. */
async function onAws(use) {
  const args = [command, 'local', '--behaviour', 'aws', '--port', '0', '--json'];
  const child = spawn(process.execPath, args, {stdio: ['pipe', 'pipe', 'ignore']});
  const ended = new Promise(resolve => child.once('exit', resolve));
  try {
    const endpoint = await new Promise((resolve, reject) => {
      let said = '';
      child.stdout.on('data', data => {
        said += data;
        const ready = /"endpoint":"([^"]+)"/.exec(said);
        if (ready) resolve(ready[1]);
      });
      child.once('exit', () => reject(new Error(`The embedded AWS did not start: ${said}`)));
    });
    return await use(endpoint);
  } finally {
    child.stdin.end();
    await ended;
  }
}

/** Runs our command to its end; gives what it said with what it took, from the start of its process. */
async function ours(words, endpoint) {
  const startedAt = performance.now();
  const startedTime = Date.now();
  const child = spawn(process.execPath, [command, ...words, '--json', '--endpoint-url', endpoint], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', data => {
    said += data;
  });
  await new Promise(resolve => child.once('close', resolve));
  const ms = performance.now() - startedAt;
  const messages = said
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  const result = messages.at(-1);
  if (!result.ok) throw new Error(`${words.join(' ')} failed: ${said}`);
  return {ms, result, steps: messages.filter(({type}) => type === 'step'), startedTime};
}

async function byUs(endpoint) {
  const deployed = await ours(['deploy'], endpoint);
  const removed = await ours(['teardown', '--yes'], endpoint);
  // A step that then only waits has had its last call accepted.
  const accepted = removed.steps.filter(
    ({status, id, detail}) => detail === 'waiting until it is gone' || (status === 'done' && id !== 'table'),
  );
  const acceptedMs = Math.max(...accepted.map(({at}) => Date.parse(at))) - removed.startedTime;
  return {deployed, removed: {...removed, acceptedMs}};
}

export async function run() {
  const outfile = await bundleHost('deploy/ways');
  try {
    const ways = await import(pathToFileURL(outfile));
    const isReal = process.argv.includes('--real-cli');
    const runs = {script: [], waiters: [], ours: []};
    for (let round = 0; round < rounds; round += 1) {
      runs.script.push(await onAws(endpoint => ways.byScript(endpoint, isReal)));
      runs.waiters.push(await onAws(endpoint => ways.byWaiters(endpoint)));
      runs.ours.push(await onAws(byUs));
    }
    return [...deployFigures(runs, ways), ...teardownFigures(runs, ways)];
  } finally {
    await rm(outfile, {force: true});
  }
}

const seconds = ms => `${(ms / 1_000).toFixed(1)} s`;
const ratio = (a, b) => (a / b).toFixed(2);
const middle = (runs, pick) => median(runs.map(pick));

function deployFigures({script, waiters, ours}, {deployBound}) {
  const took = ({deployed}) => deployed.ms;
  const times = {script: middle(script, took), waiters: middle(waiters, took), ours: middle(ours, took)};
  const {calls} = script[0].deployed;
  const plain = middle(script, ({deployed}) => deployed.ms - deployed.addedMs);
  const bound = deployBound(middle(script, ({deployed}) => deployed.answerMs));
  return [
    {
      figure: 'deploy: the script / ours',
      value: ratio(times.script, times.ours),
      bar: '≥ 3.5',
      detail: `${seconds(times.script)} (${calls} calls; ${seconds(plain)} without what deploy.sh leaves out) against ${seconds(times.ours)}, medians of ${rounds}`,
    },
    {
      figure: 'deploy: SDK’s waiters / ours',
      value: ratio(times.waiters, times.ours),
      bar: '–',
      detail: seconds(times.waiters),
    },
    {
      figure: 'deploy: ours / critical path',
      value: ratio(times.ours, bound.ms),
      bar: '≤ 1.15',
      detail: `AWS’s own delays, each noticed at once: ${bound.text} = ${seconds(bound.ms)}`,
    },
    {
      figure: 'deploy: the steps that held ours up',
      value: seconds(middle(ours, ({deployed}) => deployed.result.criticalPathMs)),
      bar: '–',
      detail: ours.map(({deployed}) => pathText(deployed.result.timeline)).join(' | '),
    },
  ];
}

function pathText(timeline) {
  return timeline
    .filter(({critical}) => critical)
    .map(({id, ms}) => `${id} ${seconds(ms)}`)
    .join(', ');
}

function teardownFigures({script, waiters, ours}, {acceptedBound, goneBound}) {
  const accepted = ({removed}) => removed.acceptedMs;
  const took = ({removed}) => removed.ms;
  const times = {
    script: {accepted: middle(script, took), gone: middle(script, ({removed}) => removed.goneMs)},
    waiters: {accepted: middle(waiters, accepted), gone: middle(waiters, took)},
    ours: {accepted: middle(ours, accepted), gone: middle(ours, took)},
  };
  const listed = middle(ours, ({removed}) => removed.ms - removed.result.ms);
  const texts = {accepted: 'last call accepted', gone: 'nothing left'};
  const bounds = {accepted: acceptedBound(), gone: goneBound()};
  return Object.entries(texts).flatMap(([until, text]) => [
    {
      figure: `teardown, ${text}: the script / ours`,
      value: ratio(times.script[until], times.ours[until]),
      bar: '–',
      detail: `${seconds(times.script[until])} against ${seconds(times.ours[until])}, ${seconds(listed)} of it to start and to list what goes`,
    },
    {
      figure: `teardown, ${text}: SDK’s waiters / ours`,
      value: ratio(times.waiters[until], times.ours[until]),
      bar: '–',
      detail: seconds(times.waiters[until]),
    },
    {
      figure: `teardown, ${text}: ours / critical path`,
      value: ratio(times.ours[until], bounds[until].ms),
      bar: '–',
      detail: `${bounds[until].text} = ${seconds(bounds[until].ms)}`,
    },
  ]);
}
