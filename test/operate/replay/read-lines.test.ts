import {expect, test} from 'vitest';
import {readLines} from '../../../src/operate/replay/read-lines.ts';

async function* chunks(...texts: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

async function lines(...texts: (string | Buffer)[]): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for await (const line of readLines(chunks(...texts))) found.push(line);
  return found;
}

test.each([
  ['whole lines', ['a\nb\n'], ['a', 'b']],
  ['no newline at the end', ['a\nb'], ['a', 'b']],
  ['cut anywhere', ['a', 'b\nc', 'd', '\n', 'e'], ['ab', 'cd', 'e']],
  ['empty lines', ['\n\na\n'], ['', '', 'a']],
  ['nothing', [], []],
])('%s', async (_, given, expected) => {
  expect(await lines(...given)).toEqual(expected);
});

test('a character cut in two is one again', async () => {
  const snow = Buffer.from('☃\n');
  expect(await lines(snow.subarray(0, 1), snow.subarray(1))).toEqual(['☃']);
});

test('a line beyond all measure is not kept, and the next is read', async () => {
  const mega = 'x'.repeat(1_024 * 1_024);
  expect(await lines('a\n', mega, mega, mega, mega, mega, `${mega}\n`, 'b\n')).toEqual(['a', undefined, 'b']);
});
