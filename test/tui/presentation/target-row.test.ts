import {expect, test} from 'vitest';
import {targetRow} from '../../../src/tui/presentation/target-row.ts';
import type {TargetRow} from '../../../src/tui/state/app-state.ts';
import {lineText} from '../../../src/tui/ui/line.ts';

const now = Date.UTC(2026, 10, 20, 12);
const local: TargetRow = {key: 'local', place: {kind: 'local'}, check: {state: 'idle'}};
const expired: TargetRow = {
  key: 'aws prod',
  place: {
    ...{kind: 'aws', profile: 'prod', region: 'ap-southeast-1'},
    credentials: {kind: 'sso', expiresAt: now - 1_000},
  },
  check: {state: 'unreachable', problem: {title: 'expired', next: 'aws sso login --profile prod'}},
};
const options = {now, current: false, running: false, compact: false, width: 118};
const text = (row: TargetRow, more: object) => lineText(targetRow(row, {...options, ...more}));

test.each([
  [undefined, 'not started  enter starts it'],
  [{at: now - 7_200_000}, 'not started  last session 2 h ago'],
  [{at: now - 7_200_000, events: 1}, 'not started  last session 2 h ago, 1 event kept'],
  [{at: now - 7_200_000, events: 1_061}, 'not started  last session 2 h ago, 1 061 events kept'],
])('a last session %j', (lastSession, words) => {
  expect(text(local, {lastSession})).toContain(words);
});

test('where there is little room what to do is read in full', () => {
  for (const width of [98, 118]) {
    const row = text(expired, {width});
    expect(row).toMatch(/ap-southeast-1 sso expired +unknown +run: aws sso login --profile prod$/);
    expect(row.length).toBeLessThanOrEqual(width);
  }
});
