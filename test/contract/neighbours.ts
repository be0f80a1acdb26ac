import {CreateLogGroupCommand, DeleteLogGroupCommand, DescribeLogGroupsCommand} from '@aws-sdk/client-cloudwatch-logs';
import {describe, expect, it} from 'vitest';
import type {TestedBackend} from './backends.ts';
import {expectComplete, expectGone} from './completeness.ts';
import {provideBackend} from './provided-backend.ts';
import type {Stack} from './stack.ts';

export function describeNeighbours({backend, skip: unavailable}: TestedBackend): void {
  describe.skipIf(unavailable)(`neighbours on ${backend.name}`, () => {
    const {open} = provideBackend(backend);
    const answer = async (url: string) => (await fetch(url)).status;

    it.for([
      ['two stacks in one account', () => [open('default'), open('alice')]],
      ['one stack in two regions', () => [open('default'), open('default', {region: 'eu-west-1'})]],
    ] as const)('%s live and die independently', async ([_, pair], {skip}) => {
      const [first, second] = pair() as [Stack, Stack];
      if (first.names.region !== second.names.region && (await sharesLogGroups(first, second))) {
        skip('this backend keeps the log groups of all regions in one place');
      }
      const results = await Promise.all([first.deploy(), second.deploy({smoke: backend.runsFunctions})]);
      expect(results).toMatchObject([{ok: true}, {ok: true}]);
      expect(results[0].apiUrl).not.toBe(results[1].apiUrl);
      await expectComplete(first);
      await expectComplete(second);

      expect(await first.teardown()).toMatchObject({ok: true, left: []});
      await expectGone(first);
      await expectComplete(second);
      if (backend.runsFunctions) {
        expect(await answer(results[1].apiUrl!)).toBe(200);
        expect(await answer(results[0].apiUrl!)).not.toBe(200);
      }

      expect(await first.deploy()).toMatchObject({ok: true});
      expect(await second.teardown()).toMatchObject({ok: true, left: []});
      await expectGone(second);
      await expectComplete(first);
      expect(await first.teardown()).toMatchObject({ok: true, left: []});
    });

    it('the role says its region outside us-east-1: IAM is one for all', () => {
      expect(open('default', {region: 'eu-west-1'}).names.role).toBe('lambda-shutdown-demo-role-eu-west-1');
    });
  });
}

async function sharesLogGroups(one: Stack, other: Stack): Promise<boolean> {
  const logGroupName = 'only-here';
  await one.clients.logs.send(new CreateLogGroupCommand({logGroupName}));
  const {logGroups} = await other.clients.logs.send(new DescribeLogGroupsCommand({logGroupNamePrefix: logGroupName}));
  await one.clients.logs.send(new DeleteLogGroupCommand({logGroupName}));
  return (logGroups ?? []).length > 0;
}
