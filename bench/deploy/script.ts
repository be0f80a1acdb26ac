import {setTimeout as pause} from 'node:timers/promises';
import {getUntilAnswered} from './answered.ts';
import {type Call, withIds} from './recorded.ts';
import type {Removal} from './removal.ts';
import type {Shell} from './shell.ts';

/** The steps of the demo's deploy.sh; the log groups and the throttle are not in it, and are made where it would. */
const order = [
  'role',
  'table',
  'layer',
  'logs-target',
  'logs-authorizer',
  'authorizer',
  'target',
  'api',
  'permissions',
];

export type ScriptTimes = {
  ms: number;
  apiId: string;
  calls: number;
  /** What the calls took that the demo's own script does not make. */
  addedMs: number;
  /** What the request took that was answered. */
  answerMs: number;
};

/** One command after the other, `sleep 10` after the role. `timeScale` 0.01: a hundred times as fast. */
export async function deployByScript(
  calls: readonly Call[],
  {shell, url, timeScale = 1}: {shell: Shell; url(apiId: string): string; timeScale?: number},
): Promise<ScriptTimes> {
  const started = performance.now();
  const {send, idOf} = withIds(shell.send);
  let addedMs = 0;
  const lines = calls
    .filter(({operation}) => operation !== 'GetFunctionConfiguration')
    .sort((a, b) => order.indexOf(a.step) - order.indexOf(b.step));
  for (const [at, call] of lines.entries()) {
    const before = performance.now();
    if (call.operation === 'DescribeTable') await shell.tableExists(call);
    else await send(call);
    if (isAdded(call)) addedMs += performance.now() - before;
    if (call.step === 'role' && lines[at + 1]?.step !== 'role') await pause(10_000 * timeScale);
  }
  const answerMs = await getUntilAnswered(url(idOf('api')), 1_000 * timeScale);
  return {ms: performance.now() - started, apiId: idOf('api'), calls: lines.length, addedMs, answerMs};
}

function isAdded({service, operation, input}: Call): boolean {
  return service === 'logs' || operation === 'UpdateStage' || input.PolicyName === 'NoLateLogGroups';
}

/** The demo's cleanup.sh: one call after the other, `sleep 5` between the functions and the rest. */
export async function removeByScript(
  removals: readonly Removal[],
  {shell, timeScale = 1}: {shell: Shell; timeScale?: number},
): Promise<{ms: number; calls: number}> {
  const started = performance.now();
  const calls = removals.flatMap(removal => removal.calls);
  for (const [at, call] of calls.entries()) {
    await shell.send(call);
    if (call.operation === 'DeleteFunction' && calls[at + 1]?.operation !== 'DeleteFunction') {
      await pause(5_000 * timeScale);
    }
  }
  return {ms: performance.now() - started, calls: calls.length};
}
