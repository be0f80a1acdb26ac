import {CreateRestApiCommand, DeleteRestApiCommand, GetRestApisCommand} from '@aws-sdk/client-api-gateway';
import {CreateLogGroupCommand, DeleteLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs';
import {CreateTableCommand, DeleteTableCommand} from '@aws-sdk/client-dynamodb';
import {CreateRoleCommand, DeleteRoleCommand} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteLayerVersionCommand,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda';
import {describe, expect, it} from 'vitest';
import {trustPolicy} from '../../src/assets/policies.ts';
import {classifyError} from '../../src/aws/errors.ts';
import {layerMarker, stackTags, type Tags, toTagList} from '../../src/aws/tags.ts';
import {retry} from '../../src/aws/until.ts';
import type {Assets} from '../../src/provision/context.ts';
import type {TestedBackend} from './backends.ts';
import {expectComplete, expectGone} from './completeness.ts';
import {fullInventory} from './inventory.ts';
import {provideBackend} from './provided-backend.ts';
import {builtAssets, Stack} from './stack.ts';

/** Makes something of one of the stack's names, with these tags, and gives how to remove it again. */
type Squatter = (stack: Stack, tags: Tags | undefined, built: Assets) => Promise<() => Promise<unknown>>;

const squatters: Record<string, Squatter> = {
  async role({clients: {iam}, names: {role: RoleName}}, tags) {
    const AssumeRolePolicyDocument = JSON.stringify(trustPolicy());
    await iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument, ...(tags && {Tags: toTagList(tags)})}));
    return () => iam.send(new DeleteRoleCommand({RoleName}));
  },
  async table({clients: {dynamodb}, names: {table: TableName}}, tags) {
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
        AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
        BillingMode: 'PAY_PER_REQUEST',
        ...(tags && {Tags: toTagList(tags)}),
      }),
    );
    return () => dynamodb.send(new DeleteTableCommand({TableName}));
  },
  async function(stack, tags, {target}) {
    const {lambda} = stack.clients;
    const other = new Stack(stack.target.endpoint!, 'somebody', stack.assets);
    const removeRole = await squatters.role!(other, undefined, await stack.assets);
    const create = new CreateFunctionCommand({
      FunctionName: stack.names.target,
      Role: `arn:aws:iam::${(await stack.status()).account}:role/${other.names.role}`,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: {ZipFile: target.zip},
      ...(tags && {Tags: tags}),
    });
    await retry(() => lambda.send(create), {
      what: 'the role to be visible',
      timeoutMs: 10_000,
      schedule: [20],
      again: error => classifyError(error) === 'role',
    });
    return async () => {
      await lambda.send(new DeleteFunctionCommand({FunctionName: stack.names.target}));
      await removeRole();
      other.clients.destroy();
    };
  },
  async 'log group'({clients: {logs}, names: {targetLogs: logGroupName}}, tags) {
    await logs.send(new CreateLogGroupCommand({logGroupName, ...(tags && {tags})}));
    return () => logs.send(new DeleteLogGroupCommand({logGroupName}));
  },
  async 'REST API'({clients: {apigateway}, names: {api: name}}, tags) {
    const {id: restApiId} = await apigateway.send(new CreateRestApiCommand({name, ...(tags && {tags})}));
    return () => apigateway.send(new DeleteRestApiCommand({restApiId}));
  },
  async 'layer version'({clients: {lambda}, names: {layer: LayerName}}, tags, {layer}) {
    const Description = tags ? layerMarker('alice', layer.sha256) : 'somebody made this';
    const input = {LayerName, Description, Content: {ZipFile: layer.zip}};
    const {Version: VersionNumber} = await lambda.send(new PublishLayerVersionCommand(input));
    return () => lambda.send(new DeleteLayerVersionCommand({LayerName, VersionNumber}));
  },
};

export function describeOwnership({backend, skip}: TestedBackend): void {
  describe.skipIf(skip)(`what is not ours on ${backend.name}`, () => {
    const {open} = provideBackend(backend);

    describe.each(Object.keys(squatters))('a %s in the way', kind => {
      it.each([
        ['of nobody', undefined, 'not made by lifecycle-tui'],
        ['of another stack', stackTags('alice', 'x'), 'stack alice'],
      ] as const)('%s: is refused before any write, and left as it is', async (_, tags, owner) => {
        const stack = open('default');
        const remove = await squatters[kind]!(stack, tags, await builtAssets());
        const before = await fullInventory(stack.clients);
        stack.forget();
        const refusal = await stack.deploy().catch((error: unknown) => error);
        expect(refusal).toMatchObject({kind: 'foreign', details: expect.stringContaining(owner)});
        if (tags) await expect(stack.deploy({adopt: true})).rejects.toMatchObject({kind: 'foreign'});
        expect(await stack.teardown()).toMatchObject({ok: true, left: []});
        expect(stack.writes()).toEqual([]);
        expect(await fullInventory(stack.clients)).toEqual(before);
        await remove();
        await fullInventory(stack.clients);
      });
    });

    it.each(['role', 'log group', 'function', ...(backend.tagsApis ? ['REST API'] : [])])(
      'a %s of nobody is taken over when asked to, and goes with the rest',
      async kind => {
        const stack = open('default');
        await squatters[kind]!(stack, undefined, await builtAssets());
        expect(await stack.deploy({adopt: true})).toMatchObject({ok: true});
        expect(stack.errors()).toEqual([]);
        await expectComplete(stack);
        expect(await stack.teardown()).toMatchObject({ok: true, left: []});
        await expectGone(stack);
      },
    );

    it('everything beside a stack is the same before and after it', async () => {
      const built = await builtAssets();
      const [stack, neighbour, stranger] = [open('beside'), open('neighbour'), open('stranger')];
      expect(await neighbour.deploy()).toMatchObject({ok: true});
      for (const kind of ['role', 'table', 'log group', 'layer version']) {
        await squatters[kind]!(stranger, undefined, await builtAssets());
      }
      await stack.clients.logs.send(new CreateLogGroupCommand({logGroupName: `${stack.names.targetLogs}-more`}));
      const before = await fullInventory(stack.clients);
      expect(await stack.deploy()).toMatchObject({ok: true});
      expect(await fullInventory(stack.clients)).not.toEqual(before);
      // Made later, APIs of our very name: nothing but their tags says whose they are.
      const namesakes = await Promise.all(
        [undefined, stackTags('alice', 'api')].map(tags => squatters['REST API']!(stack, tags, built)),
      );
      const {state, apiUrl} = await stack.status();
      expect(state).toBe('deployed');
      expect(await stack.teardown()).toMatchObject({ok: true, left: []});
      const {items = []} = await stack.clients.apigateway.send(new GetRestApisCommand({limit: 500}));
      expect(items.filter(({name}) => name === stack.names.api)).toHaveLength(2);
      expect(items.filter(({id}) => apiUrl?.includes(id!))).toEqual([]);
      await Promise.all(namesakes.map(remove => remove()));
      expect(await fullInventory(stack.clients)).toEqual(before);
    });

    it('a log group that Lambda has made goes with its function, also when the teardown dies between the two', async () => {
      const stack = open('groups');
      const {logs} = stack.clients;
      expect(await stack.deploy()).toMatchObject({ok: true});
      await logs.send(new DeleteLogGroupCommand({logGroupName: stack.names.targetLogs}));
      await logs.send(new CreateLogGroupCommand({logGroupName: stack.names.targetLogs}));
      const dying = open('groups');
      dying.refuse('DeleteLogGroup', new Error('dead'));
      expect(await dying.teardown()).toMatchObject({ok: false});
      expect(await stack.teardown()).toMatchObject({ok: true, left: []});
      await expectGone(stack);
    });
  });
}
