import {createHash} from 'node:crypto';
import {CreateRestApiCommand, GetRestApisCommand} from '@aws-sdk/client-api-gateway';
import {CreateLogGroupCommand, DeleteLogGroupCommand, DescribeLogGroupsCommand} from '@aws-sdk/client-cloudwatch-logs';
import {UpdateTableCommand} from '@aws-sdk/client-dynamodb';
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import {ListLayerVersionsCommand, PublishLayerVersionCommand} from '@aws-sdk/client-lambda';
import {describe, expect, it} from 'vitest';
import {zip} from '../../src/assets/zip.ts';
import {stackTags} from '../../src/aws/tags.ts';
import type {TestedBackend} from './backends.ts';
import {expectComplete} from './completeness.ts';
import {provideBackend} from './provided-backend.ts';
import {builtAssets} from './stack.ts';

export function describeRepairs({backend, skip}: TestedBackend): void {
  describe.skipIf(skip)(`repairs on ${backend.name}`, () => {
    const {open} = provideBackend(backend);

    it('finishes one of its half-made APIs and drops the others, and lets a namesake be', async () => {
      const stack = open('apis');
      const {apigateway} = stack.clients;
      const name = stack.names.api;
      const tags = stackTags('apis', 'api');
      for (let made = 0; made < 2; made++) await apigateway.send(new CreateRestApiCommand({name, tags}));
      const namesake = await apigateway.send(new CreateRestApiCommand({name}));
      expect((await stack.status()).resources.find(({id}) => id === 'api')?.drift).toContain('1 more of the same');

      const {ok, apiUrl} = await stack.deploy();
      expect(ok).toBe(true);
      const ids = async () => (await apigateway.send(new GetRestApisCommand({limit: 500}))).items?.map(({id}) => id);
      expect((await ids())?.sort()).toEqual([namesake.id, apiUrl!.split('/').at(-3)].sort());
      expect(await stack.teardown()).toMatchObject({ok: true});
      expect(await ids()).toEqual([namesake.id]);
    });

    it('publishes the layer again only when it is another, and removes every version', async () => {
      const stack = open('layers');
      expect((await stack.deploy()).ok).toBe(true);
      const layer = await zip([{path: 'extensions/shutdown-notifier', bytes: Buffer.from('#!/bin/sh\n'), mode: 0o755}]);
      const sha256 = createHash('sha256').update(layer).digest('base64');
      const assets = builtAssets().then(built => ({...built, layer: {zip: layer, sha256}}));
      const next = open('layers', {assets});
      const drifted = (await next.status()).resources.filter(({drift}) => drift !== undefined).map(({id}) => id);
      expect(drifted).toEqual(['layer']);
      next.forget();
      expect((await next.deploy()).ok).toBe(true);
      expect(next.writes()).toEqual([
        'lambda PublishLayerVersion',
        'lambda DeleteLayerVersion',
        'lambda UpdateFunctionConfiguration',
      ]);
      expect((await next.teardown()).ok).toBe(true);
      const versions = await next.clients.lambda.send(new ListLayerVersionsCommand({LayerName: next.names.layer}));
      expect(versions.LayerVersions ?? []).toEqual([]);
    });

    it('makes the functions anew when their role is another', async () => {
      const stack = open('role');
      const {iam} = stack.clients;
      const RoleName = stack.names.role;
      expect((await stack.deploy()).ok).toBe(true);
      const attached = await iam.send(new ListAttachedRolePoliciesCommand({RoleName}));
      for (const {PolicyArn} of attached.AttachedPolicies ?? []) {
        await iam.send(new DetachRolePolicyCommand({RoleName, PolicyArn}));
      }
      for (const PolicyName of ['DynamoDBAccess', 'NoLateLogGroups']) {
        await iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName}));
      }
      await iam.send(new DeleteRoleCommand({RoleName}));
      stack.forget();
      expect((await stack.deploy()).ok).toBe(true);
      expect(stack.steps()).toMatchObject({
        role: 'created',
        target: 'updated',
        authorizer: 'updated',
        table: 'unchanged',
      });
      expect(stack.writes().filter(write => write === 'lambda DeleteFunction')).toHaveLength(2);
      // The permissions have gone with the functions.
      expect(stack.writes().filter(write => write === 'lambda AddPermission')).toHaveLength(2);
      await expectComplete(stack);
    });

    it('ends soon when somebody removes the role under it', {timeout: 60_000}, async () => {
      const [stack, other] = [open('gone'), open('gone')];
      const {iam} = other.clients;
      const RoleName = stack.names.role;
      let isRemoved: Promise<unknown> | undefined;
      const remove = async () => {
        const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
        await iam.send(new DetachRolePolicyCommand({RoleName, PolicyArn}));
        for (const PolicyName of ['DynamoDBAccess', 'NoLateLogGroups']) {
          await iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName}));
        }
        await iam.send(new DeleteRoleCommand({RoleName}));
      };
      stack.way = async (send, operation) => {
        if (operation === 'CreateFunction') {
          isRemoved ??= remove();
          await isRemoved;
        }
        return send();
      };
      expect((await stack.deploy()).ok).toBe(false);
      expect(stack.errors().join()).toContain(`The role ${RoleName} is gone`);
      expect((await other.deploy()).ok).toBe(true);
      await expectComplete(other);
    });

    it('takes over a log group that Lambda has made for a function of ours, and no other', async () => {
      const stack = open('groups');
      const {logs} = stack.clients;
      const logGroupName = stack.names.targetLogs;
      await logs.send(new CreateLogGroupCommand({logGroupName}));
      await expect(stack.deploy()).rejects.toMatchObject({kind: 'foreign'});
      await logs.send(new DeleteLogGroupCommand({logGroupName}));
      expect((await stack.deploy()).ok).toBe(true);
      await logs.send(new DeleteLogGroupCommand({logGroupName}));
      await logs.send(new CreateLogGroupCommand({logGroupName}));
      expect((await stack.deploy()).ok).toBe(true);
      const {logGroups} = await logs.send(new DescribeLogGroupsCommand({logGroupNamePrefix: logGroupName}));
      expect(logGroups).toMatchObject([{logGroupName, retentionInDays: 1}]);
      expect(stack.drift((await stack.status()).resources)).toEqual([]);
    });

    it('takes over what belongs to nobody when asked to, for the default stack only', async () => {
      const {zip: ZipFile} = (await builtAssets()).layer;
      for (const name of ['default', 'other']) {
        const stack = open(name);
        const {clients, names} = stack;
        await clients.logs.send(new CreateLogGroupCommand({logGroupName: names.authorizerLogs}));
        await clients.lambda.send(new PublishLayerVersionCommand({LayerName: names.layer, Content: {ZipFile}}));
        stack.forget();
        await expect(stack.deploy()).rejects.toMatchObject({kind: 'foreign'});
        expect(stack.writes()).toEqual([]);
        if (name === 'other') {
          await expect(stack.deploy({adopt: true})).rejects.toMatchObject({kind: 'foreign'});
          expect(stack.writes()).toEqual([]);
          continue;
        }
        expect((await stack.deploy({adopt: true})).ok).toBe(true);
        expect(stack.drift((await stack.status()).resources)).toEqual([]);
        expect((await stack.teardown()).ok).toBe(true);
        const left = await clients.lambda.send(new ListLayerVersionsCommand({LayerName: names.layer}));
        expect(left.LayerVersions).toHaveLength(1);
      }
    });

    it.skipIf(!backend.changesIndexes)('makes an index that is missing', async () => {
      const stack = open('index');
      const {clients, names} = stack;
      expect((await stack.deploy()).ok).toBe(true);
      const drop = {Delete: {IndexName: names.index}};
      await clients.dynamodb.send(
        new UpdateTableCommand({TableName: names.table, GlobalSecondaryIndexUpdates: [drop]}),
      );
      await expect
        .poll(async () => (await stack.status()).resources.find(({id}) => id === 'table')?.drift, {timeout: 10_000})
        .toContain('index');
      expect((await stack.deploy()).ok).toBe(true);
      expect(stack.steps()).toMatchObject({table: 'updated', target: 'unchanged'});
      expect(stack.drift((await stack.status()).resources)).toEqual([]);
    });

    it('stops after the calls in flight, and goes on the next time', async () => {
      const stack = open('stop');
      const stop = new AbortController();
      const stopping = stack.deploy({}, stop.signal);
      await expect.poll(() => stack.writes().length, {timeout: 10_000, interval: 1}).toBeGreaterThan(0);
      stop.abort();
      const {ok} = await stopping;
      expect(ok).toBe(false);
      expect(stack.errors()).toEqual([]);
      expect(Object.values(stack.steps())).toContain('skipped');
      expect((await stack.deploy()).ok).toBe(true);
      expect(await stack.status()).toMatchObject({state: 'deployed'});
    });

    it('goes on beside a step that fails, and says what is missing', async () => {
      const stack = open('denied');
      const denied = Object.assign(new Error('not authorized to perform: lambda:PublishLayerVersion'), {
        name: 'AccessDeniedException',
      });
      stack.refuse('PublishLayerVersion', denied);
      const {ok, resources} = await stack.deploy();
      expect(ok).toBe(false);
      expect(stack.steps()).toMatchObject({
        role: 'created',
        table: 'created',
        layer: 'failed',
        target: 'skipped',
        authorizer: 'created',
        api: 'created',
        permissions: 'skipped',
        smoke: 'skipped',
      });
      expect(stack.messages).toContainEqual(expect.objectContaining({type: 'error', next: 'npx lifecycle-tui policy'}));
      expect(resources.find(({id}) => id === 'target')?.state).toBe('absent');
      expect(await stack.status()).toMatchObject({state: 'partial'});
    });

    it('ends when the credentials expire', async () => {
      const stack = open('expired');
      stack.refuse(
        'CreateTable',
        Object.assign(new Error('The security token is expired'), {name: 'ExpiredTokenException'}),
      );
      await expect(stack.deploy()).rejects.toMatchObject({kind: 'no-credentials'});
    });

    it('lists what could not be removed', async () => {
      const stack = open('left');
      expect((await stack.deploy()).ok).toBe(true);
      stack.refuse('DeleteTable', Object.assign(new Error('not authorized'), {name: 'AccessDeniedException'}));
      const {ok, left} = await stack.teardown();
      expect(ok).toBe(false);
      expect(left).toEqual([{id: 'table', name: stack.names.table, error: expect.stringContaining('not authorized')}]);
    });
  });
}
