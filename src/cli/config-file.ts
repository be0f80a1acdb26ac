import {readFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';
import {Problem} from '../aws/problem.ts';
import {nearest} from '../text/nearest.ts';
import {type ThemeName, themeNames} from '../tui/theme.ts';

/** What the user's file may say; options on the command line come first. */
export type Config = {
  theme?: ThemeName;
  ascii?: boolean;
  quiet?: boolean;
  /** Keys by the id of what they do. */
  keys?: Readonly<Record<string, readonly string[]>>;
};

const mostBytes = 64 * 1_024;

const members: Readonly<Record<keyof Config, {is(value: unknown): boolean; words: string}>> = {
  theme: {is: value => themeNames.some(name => name === value), words: `one of ${themeNames.join(', ')}`},
  ascii: {is: value => typeof value === 'boolean', words: 'true or false'},
  quiet: {is: value => typeof value === 'boolean', words: 'true or false'},
  keys: {is: isKeys, words: 'an object of lists of keys, such as {"shutdown": ["K"]}'},
};

/** Where the file is looked for: as the XDG base directories say, a relative path is not taken. */
export function configPath({XDG_CONFIG_HOME, HOME}: NodeJS.ProcessEnv): string {
  const folder = XDG_CONFIG_HOME && isAbsolute(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : join(HOME || homedir(), '.config');
  return join(folder, 'lifecycle-tui', 'config.json');
}

/** Reads the user's file; nothing where there is none. A file that is not understood is a usage Problem that names it. */
export async function readConfig(environment: NodeJS.ProcessEnv): Promise<Config> {
  const path = configPath(environment);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return {};
    throw notUnderstood(path, (error as Error).message);
  }
  if (text.length > mostBytes) throw notUnderstood(path, 'It has more than 64 kB.');
  return checked(path, parsed(path, text));
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notUnderstood(path, `It is not JSON: ${(error as Error).message}`);
  }
}

function checked(path: string, value: unknown): Config {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw notUnderstood(path, 'It is no JSON object.');
  for (const [name, member] of Object.entries(value)) {
    const known = Object.hasOwn(members, name) ? members[name as keyof Config] : undefined;
    if (!known) {
      const meant = nearest(name, Object.keys(members));
      throw notUnderstood(path, `"${name}" is not known.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`);
    }
    if (!known.is(member)) throw notUnderstood(path, `"${name}" is ${known.words}.`);
  }
  return value as Config;
}

function isKeys(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(keys => Array.isArray(keys) && keys.every(key => typeof key === 'string'));
}

/** The usage Problem of a file with a mistake. */
export function notUnderstood(path: string, details: string): Problem {
  return new Problem('usage', `${path} is not understood`, {
    details,
    solution: 'Correct it, or move it away: everything has a default.',
  });
}
