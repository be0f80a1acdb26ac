import {expect, test} from 'vitest';
import {type StepId, stepIds} from '../../src/lifecycle/message.ts';
import {deployTasks} from '../../src/provision/deploy-tasks.ts';
import {deploySteps} from '../../src/provision/nodes.ts';
import type {Inspection} from '../../src/provision/resource-node.ts';
import {expectedPath} from '../../src/provision/timeline.ts';
import {makingWhatIsMissing} from '../../src/provision/usual-durations.ts';

const absent: Inspection = {state: 'absent'};
const present: Inspection = {state: 'present'};
const drifted: Inspection = {state: 'present', drift: 'timeout: wanted 6, found 3'};

/** All as `usual`, but for those named. The smoke test is always there. */
const found = (usual: Inspection, others: Partial<Record<StepId, Inspection>> = {}) =>
  stepIds.map(id => ({id, inspection: others[id] ?? (id === 'smoke' ? present : usual)}));

/** ms from the first step to the end. */
function wholeMs(ms: ReadonlyMap<StepId, number>): number {
  const tasks = deploySteps.map(({id, needs}) => ({id, needs, estimateMs: ms.get(id)!}));
  return [...expectedPath(tasks)].reduce((sum, id) => sum + ms.get(id)!, 0);
}

// Measured as the table was, from the end of the look to the end of the run.
test.each<[string, ReturnType<typeof found>, number]>([
  ['nothing is there', found(absent), 12_000],
  ['only the role is there', found(absent, {role: present}), 7_800],
  ['all is there', found(present), 350],
  ['a function has drifted', found(present, {target: drifted}), 2_200],
])('%s', (_, all, ms) => {
  const whole = wholeMs(makingWhatIsMissing(all, {smoke: true, propagation: 'functions'}));
  expect(Math.abs(whole - ms)).toBeLessThan(Math.max(300, ms / 4));
});

test('a function waits for a role that is new, and for no other', () => {
  const fresh = makingWhatIsMissing(found(absent), {smoke: true, propagation: 'functions'});
  const kept = makingWhatIsMissing(found(absent, {role: present}), {smoke: true, propagation: 'functions'});
  for (const id of ['target', 'authorizer'] as const) expect(fresh.get(id)! - kept.get(id)!).toBeGreaterThan(5_000);
  expect(fresh.get('layer')).toBe(kept.get('layer'));
});

test('without a smoke test its step still waits until the functions have settled', () => {
  const [withIt, without] = [true, false].map(
    smoke => makingWhatIsMissing(found(present), {smoke, propagation: 'functions'}).get('smoke')!,
  );
  expect(withIt).toBeGreaterThan(without!);
  expect(without).toBe(0);
});

test('for the order a new role counts with the time in which it becomes known: it comes first, and holds up', () => {
  const tasks = deployTasks({smoke: true});
  expect([...expectedPath(tasks)]).toContain('role');
  expect(Math.max(...tasks.filter(({needs}) => needs.length === 0).map(({estimateMs}) => estimateMs))).toBe(
    tasks.find(({id}) => id === 'role')!.estimateMs,
  );
});
