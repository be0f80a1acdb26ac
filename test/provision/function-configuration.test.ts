import {expect, test} from 'vitest';
import {stackNames} from '../../src/aws/names.ts';
import type {Context} from '../../src/provision/context.ts';
import {configurationDrift, type FunctionKind} from '../../src/provision/resources/function-configuration.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:layer:lambda-shutdown-extension:7';
const kind = (needs: FunctionKind['needs'], layers: string[]): FunctionKind => ({
  ...{id: 'target', title: 'Target function', description: '', timeoutSeconds: 6, variableNames: []},
  needs,
  variables: () => ({}),
  layers: async () => layers,
});

test.each<[string, FunctionKind, string[], RegExp[]]>([
  ['the layer that there is', kind(['role', 'layer'], [arn]), [arn], []],
  ['another version of it', kind(['role', 'layer'], [arn]), [`${arn}1`], [/^Layers: wanted .*:7, found .*:71$/]],
  ['none of it', kind(['role', 'layer'], [arn]), [], [/^Layers: wanted .*:7, found none$/]],
  ['a layer whose versions are gone', kind(['role', 'layer'], []), [arn], []],
  ['a layer where there should be none', kind(['role'], []), [arn], [/^Layers: wanted none, found /]],
])('%s', async (_, of, live, expected) => {
  const names = stackNames('default', 'us-east-1');
  const context = {names, target: {region: 'us-east-1'}, identity: {account: '123456789012', partition: 'aws'}};
  const found = await configurationDrift(context as unknown as Context, of, {Layers: live.map(Arn => ({Arn}))});
  const layers = found.filter(one => one.startsWith('Layers'));
  expect(layers).toHaveLength(expected.length);
  for (const [index, words] of expected.entries()) expect(layers[index]).toMatch(words);
});
