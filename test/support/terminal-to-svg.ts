import type {IBufferCell, Terminal} from '@xterm/headless';
import {cellWidth} from '../../src/text/cells.ts';

/** Cells of 9 by 20 units, text of 15: the proportions of most monospace fonts. */
const cell = {width: 9, height: 20, font: 15, baseline: 15};
const frame = {side: 14, top: 38, bottom: 14, radius: 10};
const fontStack = "ui-monospace, 'SF Mono', Menlo, 'Cascadia Mono', 'DejaVu Sans Mono', Consolas, monospace";

export type Background = 'dark' | 'light';
type Palette = {background: string; foreground: string; title: string; edge: string; ansi: readonly string[]};

/** As GitHub draws its pages, where the pictures are seen. */
const palettes: Record<Background, Palette> = {
  dark: {
    background: '#0d1117',
    foreground: '#d5dbe3',
    title: '#8b949e',
    edge: '#30363d',
    ansi: '#484f58 #ff7b72 #3fb950 #d29922 #58a6ff #bc8cff #39c5cf #b1bac4 #6e7681 #ffa198 #56d364 #e3b341 #79c0ff #d2a8ff #56d4dd #f0f6fc'.split(
      ' ',
    ),
  },
  light: {
    background: '#ffffff',
    foreground: '#1f2328',
    title: '#59636e',
    edge: '#d1d9e0',
    ansi: (
      '#24292f #cf222e #116329 #4d2d00 #0969da #8250df #1b7c83 #6e7781 ' +
      '#57606a #a40e26 #1a7f37 #633c01 #218bff #a475f9 #3192aa #8c959f'
    ).split(' '),
  },
};

type Look = {color: string; fill: string | undefined; bold: boolean; dim: boolean};
type Run = Look & {text: string; column: number; cells: number};

/**
 * What the terminal shows as one SVG: exact cell grid, colours, bold, dim and inverse, in a small window.
 * Every run of cells of one look is one text stretched to its cells, so columns line up in any monospace font.
 */
export function terminalToSvg(screen: Terminal, title: string, on: Background = 'dark'): string {
  const palette = palettes[on];
  const width = screen.cols * cell.width + frame.side * 2;
  const height = screen.rows * cell.height + frame.top + frame.bottom;
  const rows = Array.from({length: screen.rows}, (_, row) => rowSvg(screen, row, palette)).join('');
  const lights = ['#ff5f57', '#febc2e', '#28c840']
    .map((color, index) => `<circle cx="${20 + index * 18}" cy="19" r="6" fill="${color}"/>`)
    .join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<rect width="${width}" height="${height}" rx="${frame.radius}" fill="${palette.background}" stroke="${palette.edge}"/>`,
    lights,
    `<text x="${width / 2}" y="24" text-anchor="middle" fill="${palette.title}" font-family="system-ui, sans-serif" font-size="13">${escapeXml(title)}</text>`,
    `<g font-family="${fontStack}" font-size="${cell.font}" xml:space="preserve">`,
    rows,
    '</g></svg>\n',
  ].join('\n');
}

function rowSvg(screen: Terminal, row: number, palette: Palette): string {
  const y = frame.top + row * cell.height;
  return runsOf(screen, row, palette)
    .map(({text, column, cells, color, fill, bold, dim}) => {
      const x = frame.side + column * cell.width;
      const size = cells * cell.width;
      const back = fill ? `<rect x="${x}" y="${y}" width="${size}" height="${cell.height}" fill="${fill}"/>` : '';
      if (text.trim() === '') return back;
      const weight = bold ? ' font-weight="bold"' : '';
      const opacity = dim ? ' opacity="0.55"' : '';
      const fit = `textLength="${size}" lengthAdjust="spacingAndGlyphs"`;
      return `${back}<text x="${x}" y="${y + cell.baseline}" ${fit} fill="${color}"${weight}${opacity}>${escapeXml(text)}</text>\n`;
    })
    .join('');
}

/** Neighbouring cells of one look; box drawing and wide characters stand alone or with their like, so that none drifts. */
function runsOf(screen: Terminal, row: number, palette: Palette): Run[] {
  const line = screen.buffer.active.getLine(screen.buffer.active.viewportY + row);
  const runs: Run[] = [];
  for (let column = 0; column < screen.cols; column += 1) {
    const one = line?.getCell(column);
    if (!one || one.getWidth() === 0) continue;
    const text = one.getChars() || ' ';
    const look = lookOf(one, palette);
    const last = runs.at(-1);
    if (last && sameLook(last, look) && kindOf(last.text) === kindOf(text)) {
      last.text += text;
      last.cells += one.getWidth();
    } else runs.push({...look, text, column, cells: one.getWidth()});
  }
  return runs;
}

const ascii = /^[\x20-\x7e]+$/;
const kindOf = (text: string) => (ascii.test(text) ? 'plain' : cellWidth(text) === text.length ? 'symbols' : 'wide');

const sameLook = (a: Look, b: Look) => a.color === b.color && a.fill === b.fill && a.bold === b.bold && a.dim === b.dim;

function lookOf(one: IBufferCell, palette: Palette): Look {
  const {background, foreground, ansi} = palette;
  const color = colorOf(one.isFgDefault(), one.isFgRGB(), one.getFgColor(), ansi) ?? foreground;
  const fill = colorOf(one.isBgDefault(), one.isBgRGB(), one.getBgColor(), ansi);
  const bold = one.isBold() !== 0;
  const dim = one.isDim() !== 0;
  return one.isInverse() ? {color: fill ?? background, fill: color, bold, dim} : {color, fill, bold, dim};
}

function colorOf(isDefault: boolean, isRgb: boolean, value: number, ansi: readonly string[]): string | undefined {
  if (isDefault) return undefined;
  if (isRgb) return hex((value >> 16) & 255, (value >> 8) & 255, value & 255);
  if (value < 16) return ansi[value];
  if (value >= 232) return hex(...([8, 8, 8].map(base => base + (value - 232) * 10) as [number, number, number]));
  const step = (index: number) => (index === 0 ? 0 : 55 + index * 40);
  const cube = value - 16;
  return hex(step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6));
}

const hex = (red: number, green: number, blue: number) =>
  `#${[red, green, blue].map(part => part.toString(16).padStart(2, '0')).join('')}`;

const entities: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;'};
const escapeXml = (text: string) => text.replace(/[&<>"']/g, character => entities[character]!);
