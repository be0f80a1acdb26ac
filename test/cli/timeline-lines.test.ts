import {expect, test} from 'vitest';
import type {Part} from '../../src/cli/output.ts';
import {timelineLines} from '../../src/cli/timeline-lines.ts';

const plain = (parts: Part[]) =>
  parts
    .map(part => (typeof part === 'object' ? part.text : part || ''))
    .join('')
    .trimEnd();
const waits = [{what: 'role propagation', ms: 7_900}];
const timeline = [
  {id: 'look', startMs: 0, ms: 400, critical: true, waits: []},
  {id: 'role', startMs: 400, ms: 900, critical: true, waits: []},
  {
    id: 'table',
    startMs: 400,
    ms: 8_000,
    critical: false,
    waits: [{what: 'waiting for ACTIVE and a long story', ms: 7_000}],
  },
  {id: 'target', startMs: 1_300, ms: 10_700, critical: true, waits},
  {id: 'logs-authorizer', startMs: 400, ms: 0, critical: false, waits: []},
] as const;
const result = {timeline: timeline.map(row => ({...row, waits: [...row.waits]})), criticalPathMs: 12_000, ms: 12_400};

test('rows to scale, the critical path marked, in ASCII and 80 columns', () => {
  const lines = timelineLines(result, 80).map(plain);
  expect(lines).toEqual([
    'Timeline, # is the critical path',
    '  look              +0 ms  #                      400 ms',
    '  role            +400 ms  ##                     900 ms',
    '  table           +400 ms  ==============          8.0 s  waiting for ACTIVE and',
    '  target           +1.3 s    ##################   10.7 s  role propagation 7.9 s',
    '  logs-authorizer +400 ms  =                        0 ms',
    'deploy 12.4 s, critical path 12.0 s',
  ]);
  for (const line of lines) expect(line).toMatch(/^[\x20-\x7e]{0,80}$/);
});
