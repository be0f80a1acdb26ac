// What the terminal app costs at 120x40, driven in a pseudo-terminal: processor, bytes, memory and keys while log lines
// arrive, beside `tail -f` of the same lines in the same kind of terminal.
import {appendFile, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {median} from './median.mjs';
import {plainLine, writeRecording} from './tui/recording.mjs';
import {costOver, openApp, openProgram, p95, tabLatencies} from './tui/terminal.mjs';

const settleMs = 2_000;
const measured = 8;
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
const percent = share => `${(share * 100).toFixed(1)} %`;
const kilobytes = bytes => `${(bytes / 1_000).toFixed(1)} kB/s`;

/** `tail -f` while a file grows at that rate. */
async function tailCost(folder, linesPerSecond) {
  const file = join(folder, `lines-${linesPerSecond}.txt`);
  await writeFile(file, 'begin\n');
  const tail = openProgram('tail', ['-f', file], {home: folder});
  let index = 0;
  let owed = 0;
  const timer = setInterval(() => {
    owed += linesPerSecond / 20;
    let lines = '';
    for (; owed >= 1; owed -= 1) {
      index += 1;
      lines += plainLine(index);
    }
    if (lines !== '') void appendFile(file, lines);
  }, 50);
  try {
    await tail.shows('begin');
    await wait(settleMs);
    return {...(await costOver(tail, measured)), memory: await tail.memory()};
  } finally {
    clearInterval(timer);
    await tail.close();
  }
}

async function openAt(folder, linesPerSecond, seconds, size = {environments: 4, events: 40}) {
  const file = join(folder, `session-${linesPerSecond}-${size.events}.ndjson`);
  await writeRecording(file, {...size, linesPerSecond, seconds});
  const app = openApp(['--replay', file, '--quiet'], {home: folder});
  await app.shows('1 Environments', 60_000);
  return app;
}

async function costAt(folder, linesPerSecond) {
  const app = await openAt(folder, linesPerSecond, measured + 10);
  try {
    await wait(settleMs);
    return await costOver(app, measured);
  } finally {
    await app.close();
  }
}

async function keysAt(folder, linesPerSecond) {
  const app = await openAt(folder, linesPerSecond, 60);
  try {
    await wait(settleMs);
    return await tabLatencies(app, 60);
  } finally {
    await app.close();
  }
}

/** Memory as it is on the average of five seconds: it goes up and down with the garbage. */
async function level(app) {
  const readings = [];
  for (let index = 0; index < 20; index += 1) {
    readings.push(await app.memory());
    await wait(250);
  }
  return readings.reduce((sum, reading) => sum + reading, 0) / readings.length;
}

/** Ten minutes at 200 lines a second, or as many lines in half a minute. */
async function memoryGrowth(folder, long) {
  const [rate, seconds] = long ? [200, 600] : [4_000, 30];
  const app = await openAt(folder, rate, seconds + 30);
  try {
    await wait(7_500);
    const early = await level(app);
    await wait((seconds - 12.5) * 1_000);
    return {early, late: await level(app), rate, seconds};
  } finally {
    await app.close();
  }
}

/** What a key takes through the terminal alone, on the machine as it is: a program that sends it back at once. */
async function echoOf(folder) {
  const script =
    "process.stdin.setRawMode(true).on('data', keys => process.stdout.write('<' + keys + '>')); console.log('ready')";
  const echo = openProgram(process.execPath, ['-e', script], {home: folder});
  try {
    await echo.shows('ready');
    const found = [];
    for (let index = 0; index < 60; index += 1) {
      const key = String.fromCharCode(97 + (index % 26));
      const at = performance.now();
      const shown = echo.shows(frame => frame.split(`<${key}>`).length > 1 + Math.floor(index / 26));
      echo.press(key);
      found.push((await shown) - at);
      await wait(90);
    }
    return found;
  } finally {
    await echo.close();
  }
}

async function keysInLarge(folder) {
  const app = await openAt(folder, 1, 600, {environments: 1_000, events: 50_000});
  try {
    await app.shows(frame => /1 000 live|1000 live/.test(frame), 120_000);
    // Until all of it has been read: that is not what is measured here.
    for (let tries = 0; tries < 60 && (await costOver(app, 1)).share > 0.15; tries += 1);
    return await tabLatencies(app, 60);
  } finally {
    await app.close();
  }
}

export async function run({long = false} = {}) {
  if (process.platform !== 'linux') {
    return [{figure: 'the app’s cost in a terminal', value: '–', bar: '–', detail: 'measured on Linux only'}];
  }
  const folder = await mkdtemp(join(tmpdir(), 'lifecycle-bench-'));
  try {
    const rows = [];
    for (const [rate, bar] of [
      [0, '–'],
      [200, '≤ 20 %'],
      [2_000, '–'],
    ]) {
      const ours = await costAt(folder, rate);
      const tail = await tailCost(folder, rate);
      const words = `${kilobytes(ours.bytesPerSecond)} written; tail -f ${percent(tail.share)}, ${kilobytes(tail.bytesPerSecond)}`;
      rows.push({figure: `one core at ${rate} log lines a second`, value: percent(ours.share), bar, detail: words});
    }
    const keys = await keysAt(folder, 200);
    const echo = await echoOf(folder);
    const bare = `a bare echo ${Math.round(p95(echo))} ms`;
    rows.push({
      figure: 'key to repaint at 200 lines a second, p95',
      value: `${Math.round(p95(keys))} ms`,
      bar: '≤ 50 ms',
      detail: `median ${Math.round(median(keys))} ms of ${keys.length} keys; ${bare}`,
    });
    const {early, late, rate, seconds} = await memoryGrowth(folder, long);
    rows.push({
      figure: `memory after ${seconds} s at ${rate} lines/s / after 10 s`,
      value: (late / early).toFixed(2),
      bar: long ? '≤ 1.1' : '–',
      detail: `${Math.round(early)} MB, then ${Math.round(late)} MB${long ? '' : '; --long: ten minutes at 200 lines/s'}`,
    });
    const large = await keysInLarge(folder);
    rows.push({
      figure: 'key to repaint, 1,000 environments, 50,000 events, p95',
      value: `${Math.round(p95(large))} ms`,
      bar: '≤ 50 ms',
      detail: `median ${Math.round(median(large))} ms of ${large.length} keys; ${bare}`,
    });
    return rows;
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
