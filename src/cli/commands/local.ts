import {fstatSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {Problem} from '../../aws/problem.ts';
import {message, type NoticeMessage} from '../../lifecycle/message.ts';
import {settingsFor} from '../../local/settings.ts';
import {type LocalAws, startLocalAws} from '../../local/start.ts';
import type {CommandContext} from '../command-context.ts';
import {type EndingSignal, exitCodeOfSignal} from '../exit-code.ts';
import {showBanner} from '../local/banner.ts';
import {noticeRow, transitionRow} from '../local/journal.ts';
import {WhatsLeft} from '../local/whats-left.ts';
import type {Output} from '../output.ts';

const usualPort = 4566;

type StartOptions = Parameters<typeof startLocalAws>[0];

/**
 * Serves the embedded AWS until a signal, the word `stop` on stdin, or the end of stdin where that is a pipe. A second
 * signal ends it at once: what guards its processes and its folder then clears them away.
 */
export async function run({options, output}: CommandContext): Promise<number> {
  const behaviour = options.behaviour ?? 'default';
  const wanted = {behaviour, ...(options.idle !== undefined && {idleMs: options.idle})};
  const {idleMs, idleSpread} = settingsFor(wanted);
  const ended = whatEnds();
  const left = new WhatsLeft();
  // A file or a pipe has room for whole names.
  const columns = output.live ? output.columns : Number.POSITIVE_INFINITY;
  // The ready line comes first, whatever there was to say before.
  let early: string[] | undefined = [];
  const notify = (text: string): void => {
    if (early) {
      early.push(text);
      return;
    }
    const notice = message<NoticeMessage>({type: 'notice', level: 'warning', text});
    output.message(notice);
    if (output.json) output.progress(text);
    output.line(...noticeRow(notice.at, text));
  };
  const local = await start(options.port, {
    settings: wanted,
    onTransition: transition => {
      left.see(transition);
      output.message({v: 1, type: 'transition', ...transition, ms: Math.round(transition.ms)});
      output.line(...transitionRow(transition, columns));
    },
    onNotice: notify,
  });
  const spread = idleMs * idleSpread;
  const idleWindow = {minMs: idleMs - spread, maxMs: idleMs + spread};
  const {endpoint, port, sandbox, sandboxReason, folder} = local;
  const at = new Date().toISOString();
  const node = process.versions.node;
  const {pid} = process;
  output.message({v: 1, at, type: 'ready', endpoint, pid, sandbox, node, behaviour, idleWindow, folder});
  const moved = options.port === undefined && port !== usualPort;
  showBanner(output, columns, {
    ...{endpoint, sandbox, behaviour, idleWindow},
    ...(sandboxReason !== undefined && {sandboxReason}),
    ...(moved && {portTaken: usualPort}),
  });
  // The banner has said why the sandbox is what it is.
  const said = early.filter(text => output.json || text !== sandboxReason);
  early = undefined;
  for (const text of said) notify(text);
  const signal = await ended;
  process.once('SIGINT', () => endAtOnce(output, 'SIGINT'));
  process.once('SIGTERM', () => endAtOnce(output, 'SIGTERM'));
  await left.while(local.close(), output);
  output.result({ok: true});
  return signal === undefined ? 0 : exitCodeOfSignal[signal];
}

function endAtOnce(output: Output, signal: EndingSignal): never {
  output.progress('Ending at once: what still runs is killed');
  output.result({ok: false, interrupted: true});
  process.exit(exitCodeOfSignal[signal]);
}

async function start(port: number | undefined, options: Omit<StartOptions, 'port'>): Promise<LocalAws> {
  try {
    return await startLocalAws({...options, port: port ?? usualPort});
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (port === undefined) return await startLocalAws({...options, port: 0});
    throw new Problem('failed', `Port ${port} on 127.0.0.1 is in use`, {
      details: 'Perhaps by another "lifecycle-tui local", or by another emulator of AWS.',
      solution: 'End that one, name another port, or 0 for any free one.',
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
