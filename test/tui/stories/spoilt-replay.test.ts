import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openReplay} from '../../../src/operate/replay/open-replay.ts';
import {cellWidth} from '../../../src/text/cells.ts';
import {fakeBackend} from '../../support/fake-backend.ts';
import {naming, numbers, seed} from '../../support/seed.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';
import {isExhaustive} from '../../support/tier.ts';
import {openDriver} from '../../support/tui-driver.tsx';

const recording = new URL('../../recordings/short.ndjson', import.meta.url);

const evil = [
  '\x1b[2J\x1b]0;owned\x07',
  '\u202egnihtyreve',
  '',
  'x'.repeat(2_000),
  '漢字👨‍👩‍👧',
  '\u0000\r\n\t',
  '__proto__',
];
const odd = [0, -1, 1e15, -8e15, 0.5, 2 ** 53];

/** The recording with members exchanged for what fits their type and nothing else, lines swapped and lines cut. */
function spoilt(text: string, next: () => number): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const [first, ...lines] = text.trimEnd().split('\n');
  const changed = lines.map(line => {
    if (next() < 0.5) return line;
    if (next() < 0.1) return line.slice(0, next() * line.length);
    const message = JSON.parse(line) as Record<string, unknown>;
    const name = pick(Object.keys(message).filter(one => !['v', 'type', 'at', 'part', 'status'].includes(one)));
    if (name === undefined) return line;
    if (typeof message[name] === 'string') message[name] = pick(evil);
    else if (typeof message[name] === 'number') message[name] = pick(odd);
    return JSON.stringify(message);
  });
  for (let n = 0; n < 20; n += 1) {
    const [a, b] = [Math.floor(next() * changed.length), Math.floor(next() * changed.length)];
    [changed[a], changed[b]] = [changed[b]!, changed[a]!];
  }
  return [first, ...changed].join('\n');
}

test('whatever has become of a recording, every screen of it stands', async () => {
  const next = numbers();
  const folder = await temporaryFolder('lifecycle-spoilt');
  const text = await readFile(recording, 'utf8');
  for (let round = 0; round < (isExhaustive ? 50 : 1); round += 1) {
    const path = join(folder, `${round}.ndjson`);
    await writeFile(path, spoilt(text, next));
    await naming({seed, round}, async () => {
      const replay = await openReplay({path, speed: 1});
      const app = await openDriver(fakeBackend(), {replay});
      const start = Date.parse(replay.start.at);
      for (const moment of [start + 900, start + 10_300, Number.MAX_SAFE_INTEGER]) {
        await replay.seek(moment);
        for (const keys of [
          '',
          '1',
          '\r',
          '\x1b',
          '2',
          'k',
          '\r',
          '\x1b',
          '3',
          'k',
          '\r',
          '\x1b',
          '4',
          'k',
          '\r',
          '\x1b',
        ]) {
          if (keys !== '') await app.press(keys);
          app.app.store.flush();
          const lines = (await app.frame()).split('\n');
          expect(lines).toHaveLength(40);
          for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(120);
        }
      }
      await app.see('end of the recording');
      replay.close();
      await app.close();
    });
  }
}, 120_000);
