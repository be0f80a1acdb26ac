import {fstatSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {Problem} from '../../aws/problem.ts';
import {message, type NoticeMessage} from '../../lifecycle/message.ts';
import {defaultSettings} from '../../local/settings.ts';
import {type LocalAws, startLocalAws} from '../../local/start.ts';
import {padCells} from '../../text/cells.ts';
import {formatDuration} from '../../text/duration.ts';
import type {CommandContext} from '../command-context.ts';
import {type EndingSignal, exitCodeOfSignal} from '../exit-code.ts';
import {type Output, styled} from '../output.ts';
import {clockTime} from '../rows.ts';

const usualPort = 4566;

type StartOptions = Parameters<typeof startLocalAws>[0];
type Transition = Parameters<NonNullable<StartOptions['onTransition']>>[0];

/** Serves the embedded AWS until a signal, the word `stop` on stdin, or the end of stdin where that is a pipe. */
export async function run({options, output}: CommandContext): Promise<number> {
  const idleMs = options.idle ?? defaultSettings.idleMs;
  const ended = whatEnds();
  // The ready line comes first, whatever there was to say before.
  let early: string[] | undefined = [];
  const notify = (text: string): void => {
    if (early) {
      early.push(text);
      return;
    }
    output.message(message<NoticeMessage>({type: 'notice', level: 'warning', text}));
    output.progress(text);
  };
  const local = await start(options.port, {
    settings: {idleMs},
    onTransition: transition => showTransition(output, transition),
    onNotice: notify,
  });
  const spread = idleMs * defaultSettings.idleSpread;
  const idleWindow = {minMs: idleMs - spread, maxMs: idleMs + spread};
  const {endpoint, sandbox, folder} = local;
  const at = new Date().toISOString();
  output.message({v: 1, at, type: 'ready', endpoint, pid: process.pid, sandbox, idleWindow, folder});
  showBanner(output, local, idleWindow);
  const said = early;
  early = undefined;
  for (const text of said) notify(text);
  const signal = await ended;
  output.progress('Ending: every environment gets its SHUTDOWN');
  await local.close();
  output.result({ok: true});
  return signal === undefined ? 0 : exitCodeOfSignal[signal];
}

async function start(port: number | undefined, options: Omit<StartOptions, 'port'>): Promise<LocalAws> {
  try {
    return await startLocalAws({...options, port: port ?? usualPort});
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (port === undefined) return await startLocalAws({...options, port: 0});
    throw new Problem('failed', `Port ${port} on 127.0.0.1 is in use`, {
      solution: 'Name another one, or 0 for any.',
      next: 'lifecycle-tui local --port 0',
      cause: error,
    });
  }
}

/** Resolves with the signal that came, or with nothing when stdin said so. */
function whatEnds(): Promise<EndingSignal | undefined> {
  return new Promise(resolve => {
    for (const signal of Object.keys(exitCodeOfSignal) as EndingSignal[]) process.on(signal, () => resolve(signal));
    const lines = createInterface({input: process.stdin});
    lines.on('line', line => {
      if (line.trim() === 'stop') resolve(undefined);
    });
    // Without a parent that holds a pipe, as with `</dev/null &`, the end of stdin means nothing.
    const stdin = fstatSync(0);
    if (stdin.isFIFO() || stdin.isSocket()) lines.on('close', () => resolve(undefined));
  });
}

function showBanner(output: Output, {endpoint, sandbox}: LocalAws, idle: {minMs: number; maxMs: number}): void {
  const seconds = (ms: number): string => `${Math.round(ms / 100) / 10}`;
  output.line(styled('bold', 'Embedded AWS'), '  ', styled('cyan', endpoint));
  output.line(`  sandbox  ${sandbox}`);
  output.line(
    `  idle     environments go after ${seconds(idle.minMs)} to ${seconds(idle.maxMs)} s; on AWS after about 6 minutes`,
  );
  output.line();
  output.line(`  export AWS_ENDPOINT_URL=${endpoint}`);
  output.line('  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1');
  output.line('  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test');
  output.line();
  output.line('  lifecycle-tui deploy && lifecycle-tui fire', styled('dim', '     in a shell with these variables'));
  output.line('  Ctrl-C ends it, and every environment gets its SHUTDOWN.');
  output.line();
}

function showTransition(output: Output, transition: Transition): void {
  const {at, environment, functionName, from, to, reason, ms} = transition;
  output.message({v: 1, type: 'transition', ...transition, ms: Math.round(ms)});
  output.line(
    styled('dim', clockTime(at)),
    '  ',
    padCells(functionName, 24),
    padCells(environment.slice(0, 8), 8),
    '  ',
    padCells(from, 13),
    ' → ',
    padCells(reason === undefined ? to : `${to} (${reason})`, 26),
    styled('dim', formatDuration(ms)),
  );
}
