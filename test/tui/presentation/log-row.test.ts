import {expect, test} from 'vitest';
import {type LogMessage, message} from '../../../src/lifecycle/message.ts';
import {type LogLook, logRow} from '../../../src/tui/presentation/log-row.ts';
import {lineText} from '../../../src/tui/ui/line.ts';
import {readFilter} from '../../../src/tui/ui/matches.ts';

const look: LogLook = {width: 118, fine: true, functionName: 'f', search: readFilter(''), most: 1, left: 0};
const id = '3f0c9d52-70a5-4f7f-b660-515100c7753e';

function shown(text: string): string {
  const line = message<LogMessage>({
    type: 'log',
    function: 'f',
    stream: 's',
    timestamp: Date.parse('2026-11-20T12:00:00.123Z'),
    eventId: 'l1',
    ingestedAt: 0,
    message: text,
    environmentId: 'c2d8107f-0000-4000-8000-000000000000',
  });
  return lineText(logRow(line, false, look)[0]!);
}

test.each([
  [
    'a line of the runtime',
    `2026-11-20T12:00:00.100Z\t${id}\tINFO\tTarget function invoked\n`,
    'INFO  Target function invoked',
  ],
  ['a line outside of a request', '2026-11-20T12:00:00.100Z\t-\tWARN\tcareful', 'WARN  careful'],
  ['START', `START RequestId: ${id} Version: $LATEST`, 'START RequestId: 3f0c9d52 Version: $LATEST'],
  [
    'REPORT',
    `REPORT RequestId: ${id}\tDuration: 9.40 ms\tBilled Duration: 10 ms\t`,
    'REPORT Duration: 9.40 ms  Billed Duration: 10 ms',
  ],
  ['another id stays', `order ${id} done`, `order ${id} done`],
  ['a time of its own stays', '2026-11-20T12:00:00.100Z something', '2026-11-20T12:00:00.100Z something'],
  ['hostile text', 'a\x1b]52;c;x\x07b', 'a·b'],
])('%s', (_, text, expected) => {
  expect(shown(text)).toBe(` 12:00:00.123 c2d810 ${expected}`);
});
