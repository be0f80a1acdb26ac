import {describe, expect, test} from 'vitest';
import {readArguments} from '../../src/cli/arguments.ts';
import {commands} from '../../src/cli/commands.ts';
import {helpText} from '../../src/cli/help.ts';

const read = (line: string) => readArguments(line.split(' ').filter(word => word !== ''));

test.each<[string, string, Record<string, unknown>]>([
  ['', '', {}],
  ['--endpoint-url http://127.0.0.1:4566', '', {'endpoint-url': 'http://127.0.0.1:4566'}],
  ['deploy --ttl 24h --yes', 'deploy', {ttl: 86_400_000, yes: true}],
  ['--json status --stack alice', 'status', {json: true, stack: 'alice'}],
  [
    'fire --count 10 --concurrency=5 --sleep-ms 100 --via invoke',
    'fire',
    {count: 10, concurrency: 5, 'sleep-ms': 100, via: 'invoke'},
  ],
  ['logs -f --function target --since 10m', 'logs', {follow: true, function: 'target', since: 600_000}],
  ['shutdown --how crash --wait 0s', 'shutdown', {how: 'crash', wait: 0}],
  ['local --port 0', 'local', {port: 0}],
])('"%s"', (line, name, values) => {
  const found = read(line);
  expect(found.command.name).toBe(name);
  expect(found.values).toEqual(values);
});

describe('is a usage problem', () => {
  test.each([
    ['depoly', 'There is no command "depoly"', 'Did you mean deploy?'],
    ['frobnicate', 'There is no command "frobnicate"', undefined],
    ['fire --cuont 3', 'There is no option --cuont', 'Did you mean --count?'],
    ['events --idle 3s', '--idle is no option of events', undefined],
    ['deploy now', 'Unexpected argument "now"', undefined],
    ['local --idle 20', '--idle 20', undefined],
    ['local --idle 10ms', '--idle 10ms', undefined],
    ['local --port 65536', '--port 65536', undefined],
    ['fire --count 0', '--count 0', undefined],
    ['fire --count -1', "Option '--count' argument is ambiguous", undefined],
    ['fire --via pigeon', '--via pigeon', undefined],
    ['deploy --yes=no', "Option '--yes' does not take an argument", undefined],
    ['status --stack', "Option '--stack <value>' argument missing", undefined],
  ])('%s', (line, title, solution) => {
    expect(() => read(line)).toThrowError(
      expect.objectContaining({kind: 'usage', title: expect.stringContaining(title), ...(solution && {solution})}),
    );
  });
});

test('help and version win over everything but an unknown command', () => {
  expect(read('deploy --help')).toMatchObject({command: {name: 'deploy'}, help: true});
  expect(read('help fire')).toMatchObject({command: {name: 'fire'}, help: true});
  expect(read('-h')).toMatchObject({command: {name: ''}, help: true});
  expect(read('--version')).toMatchObject({version: true, help: false});
});

test('every command explains itself and each of its options', () => {
  for (const command of commands) {
    const text = helpText(command);
    expect(text).toContain(`lifecycle-tui ${command.name}`);
    for (const option of command.options) expect(text).toContain(`--${option}`);
    for (const example of command.examples ?? []) expect(() => read(example)).not.toThrow();
  }
});

test('the main help names every command', () => {
  const text = helpText(read('--help').command);
  for (const {name, summary} of commands) expect(text).toMatch(new RegExp(`^  ${name} +${summary.slice(0, 10)}`, 'm'));
});
