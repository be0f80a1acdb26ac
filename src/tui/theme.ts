import type {ColorName} from 'chalk';
import type {Tone} from './ui/line.ts';

/** `basic` stands in for `color`, which is `#rrggbb`, where a terminal has sixteen colours. */
export type Look = {color?: string; basic?: ColorName; bold?: boolean; dimColor?: boolean; inverse?: boolean};
export type Theme = Readonly<Record<Tone, Look>>;
export type ThemeName = 'dark' | 'light' | 'high-contrast' | 'mono';

export const themeNames: readonly ThemeName[] = ['dark', 'light', 'high-contrast', 'mono'];

/** Colour is for state only, and never says anything that a glyph or a word does not say too. */
export const themes: Readonly<Record<ThemeName, Theme>> = {
  dark: {
    plain: {},
    muted: {color: '#8a8f98', basic: 'white'},
    strong: {bold: true},
    accent: {color: '#6cb6ff', basic: 'cyanBright'},
    key: {color: '#6cb6ff', basic: 'cyanBright', bold: true},
    init: {color: '#539bf5', basic: 'cyanBright'},
    invoke: {color: '#57ab5a', basic: 'greenBright'},
    idle: {color: '#adbac7', basic: 'white'},
    soon: {color: '#e0b341', basic: 'yellowBright'},
    late: {color: '#f47067', basic: 'redBright'},
    gone: {color: '#dc8cf0', basic: 'magentaBright'},
    error: {color: '#ff6b63', basic: 'redBright', bold: true},
    ok: {color: '#57ab5a', basic: 'greenBright'},
    match: {inverse: true},
  },
  light: {
    plain: {},
    muted: {color: '#585858', basic: 'black'},
    strong: {bold: true},
    accent: {color: '#054caa', basic: 'blue'},
    key: {color: '#054caa', basic: 'blue', bold: true},
    init: {color: '#054caa', basic: 'blue'},
    invoke: {color: '#156327', basic: 'black'},
    idle: {color: '#3d444d', basic: 'black'},
    soon: {color: '#7a4b00', basic: 'black', bold: true},
    late: {color: '#a8071a', basic: 'red'},
    gone: {color: '#7a2d9c', basic: 'magenta'},
    error: {color: '#a8071a', basic: 'red', bold: true},
    ok: {color: '#156327', basic: 'black'},
    match: {inverse: true},
  },
  'high-contrast': {
    plain: {color: '#ffffff', basic: 'whiteBright'},
    muted: {color: '#e5e5e5', basic: 'white'},
    strong: {color: '#ffffff', basic: 'whiteBright', bold: true},
    accent: {color: '#00ffff', basic: 'cyanBright', bold: true},
    key: {color: '#00ffff', basic: 'cyanBright', bold: true},
    init: {color: '#87afff', basic: 'cyanBright', bold: true},
    invoke: {color: '#00ff00', basic: 'greenBright', bold: true},
    idle: {color: '#ffffff', basic: 'whiteBright'},
    soon: {color: '#ffff00', basic: 'yellowBright', bold: true},
    late: {color: '#ff8787', basic: 'redBright', bold: true},
    gone: {color: '#ff87ff', basic: 'magentaBright', bold: true},
    error: {color: '#ff8787', basic: 'redBright', bold: true, inverse: true},
    ok: {color: '#00ff00', basic: 'greenBright', bold: true},
    match: {inverse: true, bold: true},
  },
  mono: {
    plain: {},
    muted: {dimColor: true},
    strong: {bold: true},
    accent: {bold: true},
    key: {bold: true},
    init: {},
    invoke: {bold: true},
    idle: {},
    soon: {bold: true},
    late: {bold: true},
    gone: {},
    error: {bold: true, inverse: true},
    ok: {},
    match: {inverse: true, bold: true},
  },
};

/** Everything in the background behind an overlay. */
export const dimmed: Theme = Object.fromEntries(
  Object.keys(themes.dark).map(tone => [tone, {dimColor: true}]),
) as unknown as Theme;

type Variables = Readonly<Record<string, string | undefined>>;

/** The first theme: without colours where the user asked for none, else for the background that COLORFGBG names. */
export function firstTheme(environment: Variables): ThemeName {
  if (environment.FORCE_COLOR === '0' || environment.NO_COLOR || environment.TERM === 'dumb') return 'mono';
  return namedBackground(environment) ?? 'dark';
}

/** The background that the terminal named in COLORFGBG, as in `15;0`; undefined when it named none. */
export function namedBackground({COLORFGBG}: Variables): 'dark' | 'light' | undefined {
  const index = /;(\d{1,2})$/.exec(COLORFGBG ?? '')?.[1];
  if (index === undefined) return undefined;
  return index === '7' || Number(index) > 8 ? 'light' : 'dark';
}
