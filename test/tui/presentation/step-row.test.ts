import {expect, test} from 'vitest';
import {stepRow} from '../../../src/tui/presentation/step-row.ts';
import type {StepRow} from '../../../src/tui/state/app-state.ts';
import {lineText} from '../../../src/tui/ui/line.ts';

const step = (patch: Partial<StepRow>): StepRow => ({
  ...{v: 1, at: '2026-11-20T12:04:00.000Z', type: 'step'},
  ...{id: 'target', title: 'Target function', name: 'lambda-target-demo', status: 'running', startedAt: 0},
  ...patch,
});
const detail = 'role propagation: not yet visible to Lambda, trying again in 0.25 s';

test.each<[Partial<StepRow>, number, boolean, string]>([
  [{detail: 'waiting for ACTIVE'}, 0, false, 'waiting for ACTIVE'],
  [{detail: 'waiting for ACTIVE'}, 1, false, 'waiting for ACTIVE · 1 retry'],
  [{detail}, 0, false, 'role propagation'],
  [{detail}, 12, false, 'role propagation · 12 retries'],
  [{detail}, 0, true, 'role propagation'],
  [{status: 'waiting', waitsFor: ['role', 'layer', 'logs-target']}, 0, false, 'waits for role, layer, logs-target'],
])('%j with %i retries, compact %s', (patch, retries, compact, words) => {
  const row = step(patch);
  const progress = {steps: [row], retries: {target: retries}, startedAt: 0};
  const text = lineText(stepRow(row, {progress, now: 1_000, spanMs: 1_000, width: compact ? 78 : 118, compact}));
  expect(text).toContain(`${words} `.trimEnd());
});
