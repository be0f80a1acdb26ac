import {expect, test} from 'vitest';
import {createOutput, type Output} from '../../src/cli/output.ts';
import {someEvent, someLog} from '../support/fake-session.ts';
import {attacks, hostile} from '../tui/terminal/attacks.ts';

/** What neither a terminal nor a reader of lines may get. */
const acting =
  /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff]/u;

function write(json: boolean, run: (output: Output) => void): string {
  const written: string[] = [];
  const stream = {write: (text: string) => written.push(text) > 0} as never;
  run(createOutput({json, color: false, stdout: stream, stderr: stream}));
  return written.join('');
}

const kept = new Set(['v', 'type']);
const messages = Object.entries(attacks).flatMap(([name, attack]) => [
  {name: `event, ${name}`, message: hostile(someEvent(0, {}), attack, kept)},
  {name: `log, ${name}`, message: hostile(someLog(0, 'text'), attack, kept)},
]);

test.each(messages)('--json: $name is one line, safe to print and true to the data', ({message}) => {
  const line = write(true, output => output.message(message));
  expect(line.endsWith('\n')).toBe(true);
  expect(line.trimEnd()).not.toMatch(acting);
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual(message);
});

test.each(Object.entries(attacks))('text: a line with %s is one line and safe to print', (_, attack) => {
  const line = write(false, output => output.line('begin ', attack, ' end'));
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(line.trimEnd()).not.toMatch(acting);
});
