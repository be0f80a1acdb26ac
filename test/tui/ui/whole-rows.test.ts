import {readdirSync, readFileSync} from 'node:fs';
import chalk from 'chalk';
import {expect, test} from 'vitest';
import Output from '../../../node_modules/ink/build/output.js';
import {composeWholeRows} from '../../../src/tui/ui/whole-rows.ts';
import {numbers, seed} from '../../support/seed.ts';

type Piece = {x: number; y: number; text: string};

/** Both ways of Ink's `get`: the one that takes rows apart, and ours. */
const cellByCell = (() => {
  const fresh = Output.prototype.get;
  composeWholeRows();
  return fresh;
})();

function composed(pieces: readonly Piece[], size: {width: number; height: number}) {
  const make = () => {
    const output = new Output(size);
    for (const {x, y, text} of pieces) output.write(x, y, text, {transformers: []});
    return output;
  };
  return {ours: make().get(), inks: cellByCell.call(make())};
}

/** Without styles, and without the columns at which ours goes on behind wide characters. */
const bare = (text: string) => text.replace(/\x1b\[[\d;]*[mG]/g, '');

const frames = new URL('../../frames/', import.meta.url);
test.each(readdirSync(frames))('%s is composed as Ink composes it', name => {
  const rows = readFileSync(new URL(name, frames), 'utf8').trimEnd().split('\n');
  const size = {width: 120, height: 40};
  // Two panes side by side, each row with styles of its own.
  const pieces = rows.flatMap((row, y) => {
    const [left, right] = [row.slice(0, 46), row.slice(46)];
    return [
      {x: 0, y, text: chalk.bold(left.padEnd(46))},
      {x: 46, y, text: chalk.red(right) + ' '.repeat(3)},
    ].filter(({text}) => text !== '');
  });
  const {ours, inks} = composed(pieces, size);
  expect(ours.height).toBe(inks.height);
  expect(bare(ours.output)).toBe(bare(inks.output));
});

test('pieces that overlap, leave the frame or come in any order look as Ink draws them', () => {
  const next = numbers();
  for (let round = 0; round < 300; round += 1) {
    const size = {width: 30, height: 6};
    const pieces = Array.from({length: 1 + Math.floor(next() * 6)}, () => ({
      x: Math.floor(next() * 30),
      y: Math.floor(next() * 6),
      text: ['a', 'bc def', '日本語', '│ x │', chalk.green('green'), 'two\nrows'][Math.floor(next() * 6)]!,
    }));
    const {ours, inks} = composed(pieces, size);
    const rows = (text: string) =>
      bare(text)
        .split('\n')
        .map(row => row.trimEnd());
    expect(rows(ours.output), `LIFECYCLE_SEED=${seed} ${JSON.stringify(pieces)}`).toEqual(rows(inks.output));
  }
});
