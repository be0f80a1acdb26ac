import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {configPath, readConfig} from '../../src/cli/config-file.ts';
import {bindings} from '../../src/tui/keys/bindings.ts';
import {rebind} from '../../src/tui/keys/rebind.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lifecycle-config-'));
});
afterAll(() => rm(home, {recursive: true, force: true}));

async function written(text: string): Promise<NodeJS.ProcessEnv> {
  const environment = {HOME: home};
  await mkdir(dirname(configPath(environment)), {recursive: true});
  await writeFile(configPath(environment), text);
  return environment;
}

test('the XDG folder comes first, unless it is relative', () => {
  expect(configPath({XDG_CONFIG_HOME: '/there', HOME: '/home/me'})).toBe('/there/lifecycle-tui/config.json');
  expect(configPath({XDG_CONFIG_HOME: 'there', HOME: '/home/me'})).toBe('/home/me/.config/lifecycle-tui/config.json');
  expect(configPath({HOME: '/home/me'})).toBe('/home/me/.config/lifecycle-tui/config.json');
});

test('no file is no settings', async () => {
  expect(await readConfig({HOME: join(home, 'nobody')})).toEqual({});
});

test.each([{}, {theme: 'light'}, {ascii: true, quiet: false}, {keys: {shutdown: ['K', 'ctrl+k'], fire: []}}])(
  '%j is taken as it is',
  async config => {
    expect(await readConfig(await written(JSON.stringify(config)))).toEqual(config);
  },
);

test.each([
  ['', 'It is not JSON'],
  ['{"theme": "light"', 'It is not JSON'],
  ['[]', 'It is no JSON object.'],
  ['null', 'It is no JSON object.'],
  ['{"them": "light"}', '"them" is not known. Did you mean "theme"?'],
  ['{"__proto__": {}}', '"__proto__" is not known.'],
  ['{"constructor": 1}', '"constructor" is not known.'],
  ['{"theme": 1}', '"theme" is one of dark, light, '],
  ['{"theme": "pink"}', '"theme" is one of dark, light, '],
  ['{"ascii": "yes"}', '"ascii" is true or false.'],
  ['{"keys": ["x"]}', '"keys" is an object of lists of keys'],
  ['{"keys": {"shutdown": "x"}}', '"keys" is an object of lists of keys'],
  [' '.repeat(70_000), 'It has more than 64 kB.'],
])('%j is refused by name and reason', async (text, reason) => {
  const environment = await written(text);
  await expect(readConfig(environment)).rejects.toMatchObject({
    kind: 'usage',
    title: `${configPath(environment)} is not understood`,
    details: expect.stringContaining(reason),
  });
});

test('the example of docs/terminal.md is understood, and its actions exist', async () => {
  const page = await readFile(new URL('../../docs/terminal.md', import.meta.url), 'utf8');
  const [, example = ''] = /^```json\n([\s\S]*?)^```$/m.exec(page) ?? [];
  const config = await readConfig(await written(example));
  const rebound = rebind(bindings, config.keys ?? {});
  expect(Object.keys(config.keys ?? {}).length).toBeGreaterThan(0);
  expect(rebound.find(({id}) => id === 'shutdown')?.keys).toEqual(config.keys?.shutdown);
});
