import {expect, test} from 'vitest';
import {LineBlock, linesPerBlock, type Texts} from '../../../src/operate/logs/line-block.ts';

const source = {function: 'target', stream: 'stream'};
const newBlock = () => new LineBlock({bytes: Buffer.allocUnsafe(16)});
const hostile = ['', '\n', '"],[', ',', '\u0000\u001b]0;title\u0007', '\ud800', '日本語 🚀', 'x'.repeat(1_500)];

test.each(hostile)('%j is read as it was written, before the block is packed and after', message => {
  const block = newBlock();
  const texts: Texts = [5, 'event', message, 'request'];
  for (let index = 0; index < linesPerBlock; index++) {
    expect(block.isFull).toBe(false);
    expect(block.add(source, index, texts)).toBe(index);
    if (index === 100) expect(block.texts(7)).toEqual(texts);
  }
  expect(block.isFull).toBe(true);
  expect(block.texts(7)).toEqual(texts);
  expect(block.timestamp(7)).toBe(7);
  expect(block.length(7)).toBe(message.length);
});

test('a block of long lines is full sooner', () => {
  const block = newBlock();
  const message = '\u0001'.repeat(200_000);
  block.add(source, 1, [1, 'first', message]);
  expect(block.isFull).toBe(true);
  expect(block.texts(0)).toEqual([1, 'first', message]);
});

test('blocks write to the same place one after the other', () => {
  const scratch = {bytes: Buffer.allocUnsafe(16)};
  const fill = (name: string) => {
    const block = new LineBlock(scratch);
    while (!block.isFull) block.add({...source, stream: name}, 0, [0, name, `${name} says it`]);
    return block;
  };
  const [first, second] = [fill('first'), fill('second')];
  expect(first.texts(511)[2]).toBe('first says it');
  expect(first.source(511)).toEqual({...source, stream: 'first'});
  expect(second.texts(0)[2]).toBe('second says it');
});
