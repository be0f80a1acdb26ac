import {expect, test} from 'vitest';
import {createOutput, styled} from '../../src/cli/output.ts';

function collect(options: {json?: boolean; color?: boolean; isTTY?: boolean} = {}) {
  const written = {stdout: '', stderr: ''};
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: options.isTTY ?? false,
    write: (text: string) => {
      written[name] += text;
      return true;
    },
  });
  const output = createOutput({
    json: options.json ?? false,
    color: options.color ?? false,
    stdout: stream('stdout') as never,
    stderr: stream('stderr') as never,
  });
  return {output, written};
}

const hostile = 'a\x1b[2Jb\x1b]0;title\x07c\u202ed\ne';

test('text: what is hostile is taken out, own colours stay', () => {
  const {output, written} = collect({color: true});
  output.line('  ', styled('red', hostile), '  end  ');
  output.progress(hostile);
  expect(written.stdout).toMatch(/^ {2}\x1b\[31m[^\x1b\x07\u202e\n]*\x1b\[39m {2}end\n$/);
  expect(written.stderr).toMatch(/^[^\x1b\x07\u202e\n]*\n$/);
});

test('without colour there is no control character at all', () => {
  const {output, written} = collect();
  output.line(styled('bold', 'x'), false, undefined, 'y');
  expect(written.stdout).toBe('xy\n');
});

test('--json: stdout is NDJSON only, one line each, safe to print and true to the data', () => {
  const {output, written} = collect({json: true});
  output.line('not seen');
  output.redraw([['not seen either']]);
  output.message({type: 'log', message: hostile});
  output.problem({title: 'Broken', solution: 'Mend it.'});
  output.result({ok: false});
  const lines = written.stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(lines.map(line => line.type)).toEqual(['log', 'error', 'result']);
  expect(lines[0].message).toBe(hostile);
  expect(written.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(written.stderr).toBe('Broken\n');
});

test('a redraw goes back over what the last one drew, an empty one leaves it', () => {
  const {output, written} = collect({isTTY: true});
  output.redraw([['one'], ['two']]);
  output.redraw([['three']]);
  output.redraw([]);
  output.redraw([['four']]);
  output.erase();
  expect(written.stdout).toBe('one\ntwo\n\x1b[2A\r\x1b[Jthree\nfour\n\x1b[1A\r\x1b[J');
});

test('a problem: what failed, details, way out, next command', () => {
  const {output, written} = collect();
  output.problem({title: 'Broken', details: 'in two', solution: 'Mend it.', next: 'lifecycle-tui deploy'});
  expect(written.stderr).toBe('✕ Broken\n  in two\n  Mend it.\n  Next: lifecycle-tui deploy\n');
});
