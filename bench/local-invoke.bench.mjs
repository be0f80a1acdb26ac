// One function behind many doors: the embedded AWS in both sandbox forms, with and without freezing, serverless-offline,
// lambda-local, and the least there can be. All get the same raw POST over a kept connection; the subjects take turns,
// round by round. A crowd comes after all that is measured one by one, since it leaves more environments behind.
import {execFileSync, spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {Agent, request} from 'node:http';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {bundleHost} from './bundle-host.mjs';
import {median} from './median.mjs';

const rounds = 10;
const [warmUp, warmPerRound, pausedPerRound, crowdPerRound, crowd] = [500, 100, 5, 80, 8];
/** Longer than what the embedded Lambda waits before it stops an idle environment. */
const pauseMs = 40;
const floorServer = fileURLToPath(new URL('floor.mjs', import.meta.url));
const rivals = fileURLToPath(new URL('rivals/', import.meta.url));

function freePort() {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Sends one event; resolves to the milliseconds it took. */
function invoke({url, agent}, number) {
  const credential = 'Credential=test/20260101/us-east-1/lambda/aws4_request';
  const headers = {
    'content-type': 'application/json',
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=00`,
  };
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const call = request(url, {method: 'POST', agent, headers}, response => {
      let body = '';
      response.on('data', chunk => {
        body += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200 && body.includes(String(number))) resolve(performance.now() - startedAt);
        else reject(new Error(`${url} answered ${response.statusCode}: ${body}`));
      });
    });
    call.on('error', reject);
    // lambda-local takes what is in `event`.
    call.end(JSON.stringify({number, event: {number}}));
  });
}

/** A server of its own process; `url` answers once it is up. */
async function serve(name, command, args, url) {
  const child = spawn(command, args, {cwd: rivals, stdio: ['pipe', 'ignore', 'ignore'], env: rivalVariables()});
  const agent = new Agent({keepAlive: true});
  const deadline = Date.now() + 60_000;
  const port = Number(new URL(url).port);
  const answers = () =>
    new Promise(resolve => {
      const probe = request({host: '127.0.0.1', port, path: '/', method: 'GET'}, response => {
        response.resume();
        resolve(true);
      });
      probe.on('error', () => resolve(false));
      probe.end();
    });
  while (!(await answers())) {
    if (Date.now() > deadline || child.exitCode !== null) throw new Error(`${name} did not start`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  const close = async () => {
    agent.destroy();
    if (child.exitCode === null) {
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
  };
  return {name, url, agent, close};
}

const rivalVariables = () => ({
  ...{PATH: process.env.PATH, HOME: tmpdir(), CI: '1'},
  ...{SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off', SLS_DEPRECATION_DISABLE: '*'},
});

async function serverlessOffline() {
  const [http, websocket, lambda, alb] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const ports = ['--httpPort', http, '--websocketPort', websocket, '--lambdaPort', lambda, '--albPort', alb].map(
    String,
  );
  return serve(
    'serverless-offline',
    process.execPath,
    [join(rivals, 'node_modules/serverless/bin/serverless.js'), 'offline', '--host', '127.0.0.1', ...ports],
    `http://127.0.0.1:${lambda}/2015-03-31/functions/rival-dev-echo/invocations`,
  );
}

async function lambdaLocal() {
  const port = await freePort();
  const cli = join(rivals, 'node_modules/lambda-local/build/cli.js');
  const args = [cli, '-l', 'handler.js', '-h', 'handler', '--watch', String(port)];
  return serve('lambda-local', process.execPath, args, `http://127.0.0.1:${port}/`);
}

/** A program of this folder that tells its endpoint, and ends with its standard input; undefined when it ends at once. */
async function endpointOf(args) {
  const child = spawn(process.execPath, args, {stdio: ['pipe', 'pipe', 'inherit']});
  const agent = new Agent({keepAlive: true});
  const endpoint = await new Promise((resolve, reject) => {
    child.stdout.once('data', data => resolve(String(data).trim()));
    child.once('exit', () => resolve('refused'));
    child.once('error', reject);
  });
  if (endpoint === 'refused') return undefined;
  const close = async () => {
    agent.destroy();
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.stdin.end();
    await ended;
  };
  return {endpoint, agent, close};
}

/** The embedded AWS, with the function deployed. */
async function ours(host, sandbox, freeze) {
  const started = await endpointOf([host, sandbox, String(freeze), join(rivals, 'handler.js')]);
  if (!started) return undefined;
  const name = `ours, ${sandbox}, ${freeze ? 'frozen when idle' : 'never frozen'}`;
  return {...started, name, url: `${started.endpoint}/2015-03-31/functions/echo/invocations`, sandbox, freeze};
}

/** What two hops by HTTP and a change of process cost by themselves. */
async function floor() {
  const started = await endpointOf([floorServer]);
  return {...started, name: floorName, url: started.endpoint};
}

const floorName = 'floor: bare node:http, bare process';

async function measureOneByOne(subject) {
  const {cold, warm, paused} = subject.times;
  if (cold.length === 0) {
    cold.push(await invoke(subject, 1));
    for (let number = 0; number < warmUp; number += 1) await invoke(subject, number);
  }
  // Its turn comes after those of the others: it may have been stopped.
  await invoke(subject, 1);
  for (let number = 0; number < warmPerRound; number += 1) warm.push(await invoke(subject, number));
  if (!subject.sandbox) return;
  for (let number = 0; number < pausedPerRound; number += 1) {
    await new Promise(resolve => setTimeout(resolve, pauseMs));
    paused.push(await invoke(subject, number));
  }
}

async function measureCrowd(subject) {
  const startedAt = performance.now();
  let sent = 0;
  const caller = async () => {
    while (sent < crowdPerRound) await invoke(subject, sent++);
  };
  await Promise.all(Array.from({length: crowd}, caller));
  subject.times.perSecond.push((1_000 * crowdPerRound) / (performance.now() - startedAt));
}

const p95 = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * 0.95)];

export async function run() {
  if (!existsSync(join(rivals, 'node_modules'))) {
    execFileSync('npm', ['ci', '--prefix', rivals, '--ignore-scripts', '--no-audit', '--no-fund'], {stdio: 'inherit'});
  }
  const subjects = [];
  let host;
  try {
    host = await bundleHost('invoke-host');
    const forms = [
      ['portable', true],
      ['portable', false],
      ['namespaces', true],
      ['namespaces', false],
    ];
    for (const [sandbox, freeze] of forms) {
      const subject = await ours(host, sandbox, freeze);
      if (subject) subjects.push(subject);
      else console.log(`  skipped: no ${sandbox} here`);
    }
    subjects.push(await serverlessOffline(), await lambdaLocal(), await floor());
    for (const subject of subjects) subject.times = {cold: [], warm: [], paused: [], perSecond: []};
    for (const measure of [measureOneByOne, measureCrowd]) {
      for (let round = 0; round < rounds; round += 1) for (const subject of subjects) await measure(subject);
    }
    return [...table(subjects), ...freezing(subjects)];
  } finally {
    for (const subject of subjects) await subject.close();
    if (host) await rm(host, {force: true});
  }
}

function table(subjects) {
  const rival = median(subjects.find(({name}) => name === 'serverless-offline').times.warm);
  return subjects.map(({name, times: {cold, warm, perSecond}}) => ({
    figure: `warm invoke / serverless-offline: ${name}`,
    value: (median(warm) / rival).toFixed(2),
    bar: name.startsWith('ours') ? '≤ 0.5' : '–',
    detail: `warm ${median(warm).toFixed(2)} ms, p95 ${p95(warm).toFixed(2)}; ${Math.round(median(perSecond))}/s at ${crowd}; cold ${Math.round(cold[0])} ms`,
  }));
}

/** An event that finds its environment stopped, against one that comes after the same pause and does not. */
function freezing(subjects) {
  return ['portable', 'namespaces'].flatMap(sandbox => {
    const [frozen, awake] = [true, false].map(freeze => {
      const subject = subjects.find(one => one.sandbox === sandbox && one.freeze === freeze);
      return subject && median(subject.times.paused);
    });
    if (frozen === undefined || awake === undefined) return [];
    const detail = `after ${pauseMs} ms of pause: ${frozen.toFixed(2)} ms frozen, ${awake.toFixed(2)} ms never frozen`;
    return [{figure: `freeze and thaw, ${sandbox}`, value: `${(frozen - awake).toFixed(2)} ms`, bar: '–', detail}];
  });
}
