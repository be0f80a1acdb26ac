import {DeleteTableCommand} from '@aws-sdk/client-dynamodb';
import {beforeAll, describe, expect, it} from 'vitest';
import {steadyBackends} from './backends.ts';
import {provideBackend} from './provided-backend.ts';
import {roundsOf} from './rounds.ts';
import type {Stack} from './stack.ts';

for (const {backend, skip} of steadyBackends) {
  describe.skipIf(skip)(`rounds of calls on ${backend.name}`, () => {
    const {open} = provideBackend(backend);
    let stack: Stack;
    beforeAll(() => {
      stack = open();
    });
    const first = expect.arrayContaining([
      'GetCallerIdentity',
      'GetRole',
      'DescribeTable',
      'GetFunction',
      'GetRestApis',
    ]);

    it('of a status are at most two, whatever there is', async () => {
      expect(await roundsOf(stack, () => stack.status())).toEqual([first]);
      expect(await stack.deploy()).toMatchObject({ok: true});
      const parts = ['GetResources', 'GetAuthorizers', 'GetStage', 'GetDeployments'];
      const second = expect.arrayContaining([...parts, 'ListTagsOfResource', 'ListTagsForResource', 'GetLayerVersion']);
      expect(await roundsOf(stack, () => stack.status())).toEqual([first, second]);
      await stack.clients.dynamodb.send(new DeleteTableCommand({TableName: stack.names.table}));
      expect(await roundsOf(stack, () => stack.status())).toHaveLength(2);
    });

    it('of a deployment with nothing to do are the same two', async () => {
      expect(await stack.deploy()).toMatchObject({ok: true});
      const [one, two] = await roundsOf(stack, () => stack.status());
      const all = await roundsOf(stack, () => stack.deploy());
      expect(all.slice(0, 2)).toEqual([one, two]);
      // Then it asks whether the functions are Active.
      expect(new Set(all.slice(2).flat())).toEqual(new Set(['GetFunctionConfiguration', 'GetPolicy']));
    });
  });
}
