import {expect, it} from 'vitest';
import {reportLine} from '../../../../src/local/lambda/environment/platform-lines.ts';
import {parseFilterPattern} from '../../../../src/local/logs/filter-pattern/parse.ts';

const access = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

it.each([
  ['[ip, user, username, timestamp, request, status_code, bytes]', true],
  ['[ip, user, username]', false],
  ['[a,b,c,d,e,f,g,h]', false],
  ['[,,,,,,]', true],
  ['[..., status_code, bytes]', true],
  ['[ip, user, ..., status_code, bytes]', true],
  ['[ip, user, ...]', true],
  ['[...]', true],
  ['[a,b,c,d,e,f,g, ...]', true],
  ['[a,b,c,d,e,f,g, ..., h]', false],
  ['[ip, user, username, timestamp, request, status_code, bytes > 1000]', true],
  ['[ip, user, username, timestamp, request, status_code = 200, bytes]', false],
  ['[ip, user, username, timestamp, request, status_code = 4*, bytes]', true],
  ['[ip, user, username, timestamp, request =*html*, status_code = 4*, bytes]', true],
  ['[ip, user, username, timestamp, request, status_code = 4* && status_code != 403, bytes]', true],
  ['[..., request=*.html*, status_code=4*,]', true],
  ['[ip=%127\\.0\\.0\\.[0-9]{1,3}%, ...]', true],
  ['[..., timestamp = "10/Oct/*", request, status, bytes]', true],
  ['[..., (code = 5* || code = 404), bytes > 1e3 && bytes < 2000]', true],
  ['[..., code > 4 , bytes <= 1534 && bytes >= 1534]', true],
  ['[ip, user = "-", ...]', true],
  ['[ip > 1, ...]', false],
  ['[ip, user, name=!frank, ...]', false],
])('matches %s: %s', (pattern, expected) => {
  expect(parseFilterPattern(pattern)(access)).toBe(expected);
});

it.each([
  ['[w1=ERROR, w2]', [false, true, false]],
  ['[w1=ERROR || w1=WARN, w2]', [false, true, true]],
  ['[w1=ERROR || w1=%WARN%, ...]', [true, true, true]],
  ['[w1=!ERROR&&w1=!WARN, w2]', [false, false, false]],
])('matches %s: %s', (pattern, expected) => {
  expect(['ERROR WARN message', 'ERROR message', 'WARN message'].map(parseFilterPattern(pattern))).toEqual(expected);
});

it.each([
  ['an open bracket', '[a b', ['[a', 'b']],
  ['an open quote', 'x "a b', ['x', '"a', 'b']],
  ['what goes on after a bracket', '[a]: b', ['[a]:', 'b']],
  ['empty ones', '"" []', ['', '']],
  ['tabs and many spaces', ' a \t b  ', ['a', 'b']],
])('divides %s', (_name, line, columns) => {
  const quoted = columns.map((text, index) => `c${index} = "${text.replaceAll('"', '\\"')}"`);
  expect(parseFilterPattern(`[${quoted.join(', ')}]`)(line)).toBe(true);
});

it('finds slow invocations in REPORT lines', () => {
  const line = (ms: number) => reportLine({requestId: 'r', ms, memoryMb: 128, maxMemoryMb: 70});
  const slow = parseFilterPattern('[report=REPORT, label="RequestId:", id, name="Duration:", ms > 1000, unit=ms, ...]');
  expect([line(1_500.25), line(20)].map(slow)).toEqual([true, false]);
});

it.each([
  '[]',
  '[ ]',
  '[a',
  '[a b]',
  '[..., a, ...]',
  '[....]',
  '[a=]',
  '[=1]',
  '[a=1 b=2]',
  '[a > x]',
  '[a = "open]',
  '[a = (1)]',
  '[status_code = 4* && bytes > 1000]',
  '[a=1 &&]',
  '[a = 1] x',
  '[a=%x%, b=%y%, c=%z%]',
])('refuses %s', pattern => {
  expect(() => parseFilterPattern(pattern)).toThrow('Invalid filter pattern');
});
