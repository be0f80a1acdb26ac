import {CreateLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs';
import {describe, expect, it} from 'vitest';
import {Faults} from '../support/faults.ts';
import type {TestedBackend} from './backends.ts';
import {expectGone} from './completeness.ts';
import {provideBackend} from './provided-backend.ts';
import type {Stack} from './stack.ts';

export function describeTeardown({backend, skip}: TestedBackend): void {
  describe.skipIf(skip)(`teardown on ${backend.name}`, () => {
    const {open} = provideBackend(backend);
    const deployed = async (name: string): Promise<Stack> => {
      const stack = open(name);
      expect(await stack.deploy()).toMatchObject({ok: true});
      stack.forget();
      return stack;
    };

    it.each([
      ['DeleteRestApi', ['api']],
      ['DeleteFunction', ['target', 'authorizer']],
      ['DeleteLayerVersion', ['layer']],
      ['DeleteTable', ['table']],
      ['DeleteRole', ['role']],
      ['DetachRolePolicy', ['role']],
      ['DeleteLogGroup', ['logs-target', 'logs-authorizer']],
    ])('without the right to %s, removes all the rest and names what is left', async (operation, ids) => {
      const stack = await deployed(`denied-${operation.slice(6, 12).toLowerCase()}`);
      const faults = new Faults();
      stack.meet(faults.traffic);
      faults.add({kind: 'denied', operation, times: Number.POSITIVE_INFINITY});
      const {ok, left} = await stack.teardown();
      expect(ok).toBe(false);
      expect(left.map(({id}) => id).sort()).toEqual([...ids].sort());
      for (const {error} of left) expect(error).toContain(operation);
      expect(stack.messages).toContainEqual(expect.objectContaining({type: 'error', next: 'npx lifecycle-tui policy'}));
      const there = (await stack.status()).resources.filter(({state}) => state === 'present').map(({id}) => id);
      expect(there.sort()).toEqual([...ids].sort());
      faults.clear();
      expect(await stack.teardown()).toMatchObject({ok: true, left: []});
      await expectGone(stack);
    });

    it('asks for the API first, and for the log groups when functions and role are gone', async () => {
      const stack = await deployed('order');
      expect(await stack.teardown()).toMatchObject({ok: true});
      const begun = stack.messages.filter(each => each.type === 'step' && each.status === 'running');
      expect(begun[0]).toMatchObject({id: 'api'});
      const asked = stack.calls.filter(({step}) => step === 'api').map(({operation}) => operation);
      expect(asked).toEqual(['GetRestApis', 'DeleteRestApi']);
      const done = (operation: string, step: string) =>
        stack.calls.findIndex(call => call.operation === operation && call.step === step);
      for (const name of ['target', 'authorizer']) {
        const group = done('DeleteLogGroup', `logs-${name}`);
        expect(done('DeleteFunction', name)).toBeLessThan(group);
        expect(done('DeleteRole', 'role')).toBeLessThan(group);
      }
      const writes = stack.writes();
      // Here the environments get their SHUTDOWN while their function goes, and write it into the table.
      expect(writes.lastIndexOf('lambda DeleteFunction')).toBeLessThan(writes.indexOf('dynamodb DeleteTable'));
    });

    it('removes a log group that late lines have brought back', async () => {
      const stack = await deployed('late');
      let isBack = false;
      stack.way = async (send, operation) => {
        const answer = await send();
        if (operation === 'DeleteLogGroup' && !isBack) {
          isBack = true;
          // Without tags, as Lambda makes it; whichever of the two was deleted, it is taken by the other call here.
          for (const logGroupName of [stack.names.targetLogs, stack.names.authorizerLogs]) {
            await stack.clients.logs.send(new CreateLogGroupCommand({logGroupName})).catch(() => {});
          }
        }
        return answer;
      };
      expect(await stack.teardown()).toMatchObject({ok: true, left: []});
      expect(isBack).toBe(true);
      await expectGone(stack);
    });
  });
}
