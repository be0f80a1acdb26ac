import type {Tone} from './ui/line.ts';

export type Look = {color?: string; bold?: boolean; dimColor?: boolean; inverse?: boolean};
export type Theme = Readonly<Record<Tone, Look>>;
export type ThemeName = 'dark' | 'light' | 'high-contrast' | 'mono';

export const themeNames: readonly ThemeName[] = ['dark', 'light', 'high-contrast', 'mono'];

/** Colour is for state only, and never says anything that a glyph or a word does not say too. */
export const themes: Readonly<Record<ThemeName, Theme>> = {
  dark: {
    plain: {},
    muted: {color: '#8a8f98'},
    strong: {bold: true},
    accent: {color: '#6cb6ff'},
    key: {color: '#6cb6ff', bold: true},
    init: {color: '#539bf5'},
    invoke: {color: '#57ab5a'},
    idle: {color: '#adbac7'},
    soon: {color: '#e0b341'},
    late: {color: '#f47067'},
    gone: {color: '#dc8cf0'},
    error: {color: '#ff6b63', bold: true},
    ok: {color: '#57ab5a'},
  },
  light: {
    plain: {},
    muted: {color: '#5d6570'},
    strong: {bold: true},
    accent: {color: '#0757ba'},
    key: {color: '#0757ba', bold: true},
    init: {color: '#0757ba'},
    invoke: {color: '#156327'},
    idle: {color: '#3d444d'},
    soon: {color: '#7a4b00'},
    late: {color: '#a8071a'},
    gone: {color: '#7a2d9c'},
    error: {color: '#a8071a', bold: true},
    ok: {color: '#156327'},
  },
  'high-contrast': {
    plain: {color: 'whiteBright'},
    muted: {color: 'white'},
    strong: {color: 'whiteBright', bold: true},
    accent: {color: 'cyanBright', bold: true},
    key: {color: 'cyanBright', bold: true},
    init: {color: 'blueBright', bold: true},
    invoke: {color: 'greenBright', bold: true},
    idle: {color: 'whiteBright'},
    soon: {color: 'yellowBright', bold: true},
    late: {color: 'redBright', bold: true},
    gone: {color: 'magentaBright', bold: true},
    error: {color: 'redBright', bold: true, inverse: true},
    ok: {color: 'greenBright', bold: true},
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
  },
};

/** Everything in the background behind an overlay. */
export const dimmed: Theme = Object.fromEntries(
  Object.keys(themes.dark).map(tone => [tone, {dimColor: true}]),
) as unknown as Theme;

/** The first theme: without colours where the user asked for none. */
export function firstTheme(environment: NodeJS.ProcessEnv): ThemeName {
  const none = environment.FORCE_COLOR === '0' || (environment.NO_COLOR ?? '') !== '' || environment.TERM === 'dumb';
  return none ? 'mono' : 'dark';
}
