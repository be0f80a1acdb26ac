import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {numbers, seed} from '../support/seed.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {attacks} from '../tui/terminal/attacks.ts';
import {boxesIn} from '../tui/terminal/untouched.ts';
import {invoked, logged, writeRecording} from './made-recording.ts';
import {openTerminalApp, type TerminalApp} from './terminal-app.ts';
import {noTmux, openInTmux, type TmuxApp} from './tmux.ts';

const entry = fileURLToPath(new URL('../../bin/lifecycle-tui.js', import.meta.url));
if (noTmux) console.warn(noTmux);

/** Every terminal measures these alike. */
const agreed = [
  ...Object.entries(attacks).flatMap(([name, attack]) => (name === 'joined' ? [] : [`${name} ${attack} end`])),
  '日本語のログ行がここにあります',
  '한국어 로그 ｱｲｳ ＦＵＬＬ',
  'done 🚀 in ✅ 中 or 🔥',
  'e\u0301 combining \u0436\u0308 a\u0302\u0303',
  'العربية עברית left to right again',
  'ไม่รู้จำคำนี้ น้ำ ทำ',
  '─│┃━ boxes of their own ▏█',
];

/** Characters that came after a terminal's tables, or that it and others never agreed on. */
function disputed(): string[] {
  const next = numbers();
  const luck = Array.from({length: 12}, () =>
    String.fromCodePoint(...Array.from({length: 40}, () => 0xa0 + Math.floor(next() * 0x1fa00))).replace(
      /\p{Cs}/gu,
      '',
    ),
  );
  return [
    attacks.joined!,
    '☰ menu 🩷 heart 🪿 goose 🫩 face',
    '\u1112\u1161\u11ab\u1100\u1173\u11af jamo a\u3164b \u115f',
    '\u{13460}\u{13461} \u{1d300} \u{18d00} 𝌀𝌀𝌀',
    'हिन्दी தமிழ் မြန်မာ ភាសាខ្មែរ བོད་',
    '☰'.repeat(200),
    'ำ'.repeat(200),
    '\u0600'.repeat(300),
    ...luck,
  ];
}

let tmux: TmuxApp;
let xterm: TerminalApp;

/** The same replay in both, at its end, where nothing moves any more. */
async function openBoth(lines: readonly string[]): Promise<void> {
  const folder = await temporaryFolder('lifecycle-tmux');
  const logs = lines.map((line, index) => logged(line, 0.2 + index / 1_000));
  const file = await writeRecording(folder, [...invoked(0, 0.1), ...invoked(1, 0.1), ...logs]);
  const args = ['--replay', file, '--quiet'];
  xterm = openTerminalApp({args, env: {HOME: folder}});
  tmux = await openInTmux([process.execPath, entry, ...args], {columns: 120, rows: 40, folder});
  await xterm.see('end of the recording');
  await expect.poll(() => tmux.frame(), {timeout: 20_000}).toContain('end of the recording');
}

const xtermCells = (): string[][] => {
  const {buffer, rows, cols} = xterm.screen;
  return Array.from({length: rows}, (_, row) =>
    Array.from({length: cols}, (_, column) => buffer.active.getLine(row)?.getCell(column)?.getChars().trim() ?? ''),
  );
};

const frameOf = (cells: readonly string[][]): string =>
  cells
    .map(row =>
      row
        .map(cell => cell || ' ')
        .join('')
        .trimEnd(),
    )
    .join('\n');

/** Each box by the places where its border is not; all of them are straight where every list is empty. */
const boxesOf = (cells: readonly string[][]): string[][] =>
  boxesIn((row, column) => cells[row]?.[column] ?? '', {rows: cells.length, cols: cells[0]!.length}).map(
    ({broken}) => broken,
  );

/** Keys, tmux's names of them where they differ, and what is on the screen then. */
const panes: [keys: string, shown: RegExp, name?: string][] = [
  ['1', /┏━ 1 Environments/],
  ['2', /(?:┏━ |\[)2 Req/],
  ['3', /(?:┏━ |\[)3 Events/],
  ['4', /(?:┏━ |\[)4 Logs/],
  ['z', /^(?![\s\S]*1 Environments)[\s\S]*┏━ 4 Logs/],
  ['z', /1 Environments/],
];
const details: typeof panes = [
  ['\r', /esc/, 'Enter'],
  ['\x1b', /^(?![\s\S]*esc)/, 'Escape'],
];

/** Presses in both, and looks at both once the screen shows it. */
async function tour(stops: typeof panes, look: (where: string) => Promise<void>): Promise<void> {
  for (const [columns, rows] of [
    [120, 40],
    [80, 24],
  ] as const) {
    xterm.resize(columns, rows);
    await tmux.resize(columns, rows);
    for (const [keys, shown, name = keys] of stops) {
      xterm.press(keys);
      await tmux.press(name);
      await xterm.see(shown);
      await expect.poll(() => tmux.frame(), {timeout: 20_000}).toMatch(shown);
      await look(`${columns} x ${rows}, after ${name}, LIFECYCLE_SEED=${seed}`);
    }
  }
}

/** Rows that differ, as both have them. */
async function differences(): Promise<string[]> {
  const theirs = frameOf(await tmux.cells()).split('\n');
  return frameOf(xtermCells())
    .split('\n')
    .flatMap((row, index) => (row === theirs[index] ? [] : [`xterm ${row}`, `tmux  ${theirs[index]}`]));
}

test.skipIf(noTmux)(
  'tmux shows cell by cell what xterm shows',
  async () => {
    await openBoth(agreed);
    await tour([...panes, ...details], async where => {
      await expect.poll(differences, {message: where, timeout: 10_000}).toEqual([]);
    });
  },
  60_000,
);

test.skipIf(noTmux)(
  'every border is straight in tmux too, beside characters that it measures otherwise',
  async () => {
    await openBoth(disputed());
    await tour(panes, async where => {
      // The screen shows what was waited for before the last bytes of its frame are there.
      const straight = () => boxesOf(xtermCells()).flat();
      await expect.poll(straight, {message: where, timeout: 10_000}).toEqual([]);
      const boxes = boxesOf(xtermCells());
      expect(boxes.length, where).toBeGreaterThan(0);
      await expect.poll(async () => boxesOf(await tmux.cells()), {message: where, timeout: 10_000}).toEqual(boxes);
    });
  },
  60_000,
);
