import {Chalk} from 'chalk';
import {describe, expect, test} from 'vitest';
import {firstTheme, namedBackground, themeNames, themes} from '../../src/tui/theme.ts';
import type {Tone} from '../../src/tui/ui/line.ts';
import {span} from '../../src/tui/ui/line.ts';
import {paint} from '../../src/tui/ui/paint.ts';

type Rgb = readonly [number, number, number];

const backgrounds: Record<string, Rgb> = {dark: [30, 30, 30], light: [255, 255, 255], 'high-contrast': [0, 0, 0]};
/** xterm's sixteen, which most terminals come near; the dark background that goes with them is the first. */
const sixteen: Rgb[] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
];

function ofIndex(index: number): Rgb {
  if (index < 16) return sixteen[index]!;
  if (index >= 232) return [8, 8, 8].map(base => base + (index - 232) * 10) as unknown as Rgb;
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)];
}

/** The foreground that a painted text asks the terminal for; undefined for the terminal's own. */
function foreground(painted: string): Rgb | undefined {
  const truecolor = /\x1b\[38;2;(\d+);(\d+);(\d+)m/.exec(painted);
  if (truecolor) return truecolor.slice(1).map(Number) as unknown as Rgb;
  const indexed = /\x1b\[38;5;(\d+)m/.exec(painted)?.[1];
  if (indexed !== undefined) return ofIndex(Number(indexed));
  const basic = /\x1b\[(3[0-7]|9[0-7])m/.exec(painted)?.[1];
  if (basic === undefined) return undefined;
  return sixteen[Number(basic) >= 90 ? Number(basic) - 82 : Number(basic) - 30];
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map(part => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** As WCAG 2 defines it, from 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

const tones = Object.keys(themes.dark) as Tone[];
const coloured = themeNames.filter(name => name !== 'mono');

describe.each(coloured)('theme %s', name => {
  test.each([1, 2, 3] as const)('every tone can be read where colours are of level %i', level => {
    const pen = new Chalk({level});
    const poor = tones.flatMap(tone => {
      const color = foreground(paint([span('x', tone)], themes[name], 'unicode', pen));
      const ratio = color ? contrast(color, level === 1 && name === 'dark' ? sixteen[0]! : backgrounds[name]!) : 21;
      return ratio >= 4.5 ? [] : [`${tone} ${ratio.toFixed(2)}`];
    });
    expect(poor).toEqual([]);
  });
});

test.each(themeNames)('theme %s writes no code at all without colours', name => {
  const pen = new Chalk({level: 0});
  for (const tone of tones) expect(paint([span('x', tone)], themes[name], 'unicode', pen)).toBe('x');
});

test('mono has no colour', () => {
  const pen = new Chalk({level: 3});
  for (const tone of tones) expect(foreground(paint([span('x', tone)], themes.mono, 'unicode', pen))).toBeUndefined();
});

test.each([
  [{}, 'dark'],
  [{NO_COLOR: '1'}, 'mono'],
  [{NO_COLOR: ''}, 'dark'],
  [{FORCE_COLOR: '0'}, 'mono'],
  [{TERM: 'dumb'}, 'mono'],
  [{COLORFGBG: '0;15'}, 'light'],
  [{COLORFGBG: '0;default;15'}, 'light'],
  [{COLORFGBG: '15;0'}, 'dark'],
  [{COLORFGBG: '0;7'}, 'light'],
  [{COLORFGBG: '7;8'}, 'dark'],
  [{COLORFGBG: 'default;default'}, 'dark'],
  [{COLORFGBG: '0;15', NO_COLOR: '1'}, 'mono'],
] as const)('the first theme with %o is %s', (environment, expected) => {
  expect(firstTheme(environment)).toBe(expected);
});

test('a background that is not named is not known', () => {
  expect(namedBackground({})).toBeUndefined();
  expect(namedBackground({COLORFGBG: 'x'})).toBeUndefined();
});
