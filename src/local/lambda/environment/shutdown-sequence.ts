import type {Settings} from '../../settings.ts';
import type {Sandbox} from '../sandbox/sandbox.ts';
import type {Telemetry} from '../telemetry/telemetry.ts';
import type {ExtensionEnd, ShutdownReason} from './environment.ts';
import type {Extension} from './extension.ts';
import {followEnd} from './extension-end.ts';
import type {Processes} from './processes.ts';
import {within} from './within.ts';

export type ShutdownParts = {
  settings: Settings;
  sandbox: Sandbox;
  telemetry: Telemetry;
  processes: Processes;
  /** Extensions that have registered. */
  registered: readonly Extension[];
};

/**
 * Ends a generation as Lambda does, the same for every reason: without an extension at once; otherwise SIGTERM to the
 * runtime, what is left of telemetry, SHUTDOWN to the extensions, and SIGKILL to whatever is there at the end of the
 * budget. Resolves when no process is left, with how each extension left.
 */
export async function runShutdownSequence(parts: ShutdownParts, reason: ShutdownReason): Promise<ExtensionEnd[]> {
  const {settings, sandbox, telemetry, registered} = parts;
  const startedAt = Date.now();
  let ends: ExtensionEnd[] = [];
  if (registered.length > 0) {
    await sandbox.thaw();
    telemetry.resume();
    const kind = kindOf(registered);
    const deadlineMs = startedAt + settings.shutdownBudgetMs[kind];
    await endRuntime(parts.processes, settings.sigtermShareMs[kind]);
    await telemetry.flush(Math.min(settings.telemetry.flushMs, deadlineMs - Date.now()));
    ends = await endExtensions(parts.processes, reason, deadlineMs);
  }
  await sandbox.killAll();
  telemetry.close();
  return ends;
}

/** How long the whole of it may take; nothing when no extension has registered. */
export function shutdownBudgetMs(settings: Settings, registered: readonly Extension[]): number | undefined {
  return registered.length === 0 ? undefined : settings.shutdownBudgetMs[kindOf(registered)];
}

function kindOf(registered: readonly Extension[]): 'external' | 'internal' {
  return registered.some(extension => extension.external) ? 'external' : 'internal';
}

async function endRuntime({runtime, runtimeIsGated}: Processes, shareMs: number): Promise<void> {
  if (!runtime?.running) return;
  if (!runtimeIsGated) {
    runtime.signal('SIGTERM');
    if (await within(runtime.exited, shareMs)) return;
  }
  runtime.signal('SIGKILL');
  await runtime.exited;
}

async function endExtensions(
  processes: Processes,
  reason: ShutdownReason,
  deadlineMs: number,
): Promise<ExtensionEnd[]> {
  const left: Promise<unknown>[] = [];
  const ends: (() => ExtensionEnd)[] = [];
  for (const [extension, process] of processes.extensions) {
    ends.push(followEnd(extension, process));
    if (extension.registered && extension.listensTo('SHUTDOWN')) extension.sendShutdown(reason, deadlineMs);
    else process.signal('SIGKILL');
    left.push(process.exited);
  }
  await within(Promise.all(left), deadlineMs - Date.now());
  return ends.map(endOf => endOf());
}
