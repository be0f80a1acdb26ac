import {expect, test} from 'vitest';
import {awsState} from '../../support/fake-environments.ts';
import {openDashboard} from '../../support/open-app.ts';

const dashboard = async (columns: number, rows: number) =>
  (await openDashboard({columns, rows, on: 'aws', state: awsState()})).app;

/** What is inside the box of that title, by rows. */
function inside(frame: string, title: string): string {
  const lines = frame.split('\n');
  const top = lines.findIndex(line => line.includes(`━ ${title}`));
  const left = lines[top]!.indexOf('┏', lines[top]!.indexOf(`━ ${title}`) - 1);
  const right = lines[top]!.indexOf('┓', left);
  const bottom = lines.findIndex((line, row) => row > top && line[left] === '┗');
  return lines
    .slice(top, bottom + 1)
    .map(line => line.slice(left, right + 1))
    .join('\n');
}

const questions = [
  ['the plan', 'B', 'Plan of requests'],
  ['the plan with all that can be wrong in it', 'B\x150\t\x15\t99999\t0\t \r', 'Plan of requests'],
  ['the plan that is too fast', 'B\x15300\t\x1540\t\x150', '429'],
  ['the plan with a rate that is none', 'B\t\t\t..\r', 'Plan of requests'],
  ['the ways to force SHUTDOWN', 'X', 'Force SHUTDOWN'],
  ['the last of them', 'Xjj', 'Force SHUTDOWN'],
  ['the question before quitting', 'q', 'Quit?'],
] as const;

test.each(
  [
    [120, 40],
    [80, 24],
    [60, 16],
  ].flatMap(([columns, rows]) => questions.map(question => [columns!, rows!, ...question] as const)),
)('at %i x %i nothing is cut in %s', async (columns, rows, _, keys, said) => {
  const app = await dashboard(columns, rows);
  for (const key of keys) await app.press(key);
  const box = inside(await app.see(said), keys[0] === 'B' ? 'Plan of requests' : said);
  expect(box).not.toContain('…');
  expect(box).toMatch(/esc/);
});

test.each([0, 1, 2, 5, 6, 7])(
  'what is forecast of an environment is whole on the smallest screen: the one in row %i',
  async row => {
    const app = await dashboard(60, 16);
    await app.press(`${'j'.repeat(row)}\r`);
    const frame = await app.see('━ Environment ');
    expect(frame).toContain('y copy id  esc back');
    const facts = frame.split('\n');
    const from = facts.findIndex(line => line.includes(' forecast '));
    expect(from).toBeGreaterThan(0);
    const forecast = facts.slice(
      from,
      facts.findIndex(line => /[▒█✕]·|··/.test(line)),
    );
    expect(forecast.join('\n')).toMatch(/own|came|early|none/);
    expect(forecast.join('\n')).not.toContain('…');
  },
);
