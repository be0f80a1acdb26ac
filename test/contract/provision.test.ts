import {
  GetAuthorizersCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import {DeleteRetentionPolicyCommand} from '@aws-sdk/client-cloudwatch-logs';
import {CreateTableCommand, DeleteTableCommand, DescribeTableCommand} from '@aws-sdk/client-dynamodb';
import {DeleteRolePolicyCommand} from '@aws-sdk/client-iam';
import {
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  RemovePermissionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {describe, expect, it} from 'vitest';
import {Problem} from '../../src/aws/problem.ts';
import {backends} from './backends.ts';
import {provideBackend} from './provided-backend.ts';
import type {Stack} from './stack.ts';

for (const {backend, skip} of backends) {
  describe.skipIf(skip)(`on ${backend.name}`, () => {
    const {open} = provideBackend(backend);

    it('deploys, sees it, changes nothing the second time, and tears it down twice', async () => {
      const stack = open('default');
      expect(await stack.status()).toMatchObject({state: 'absent', account: expect.stringMatching(/^\d{12}$/)});

      const first = await stack.deploy({smoke: backend.runsFunctions});
      expect(stack.errors()).toEqual([]);
      expect(first.ok).toBe(true);
      expect(first.apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/_aws\/execute-api\/[a-z0-9]+\/prod\/hello$/);
      const after = await stack.status();
      expect(stack.drift(after.resources)).toEqual([]);
      expect(after).toMatchObject({state: 'deployed', apiUrl: first.apiUrl});
      expect(after.resources).toHaveLength(9);

      stack.forget();
      const second = await stack.deploy({smoke: backend.runsFunctions});
      expect(second.ok).toBe(true);
      expect(second.apiUrl).toBe(first.apiUrl);
      expect(stack.writes()).toEqual([]);

      const down = await stack.teardown();
      expect(stack.errors()).toEqual([]);
      expect(down).toMatchObject({ok: true, left: []});
      expect(await stack.status()).toMatchObject({state: 'absent'});
      stack.forget();
      expect(await stack.teardown()).toMatchObject({ok: true, left: []});
      expect(stack.writes()).toEqual([]);
    });

    it('makes the table with text keys, an index by function and time, and items that expire', async () => {
      const {clients, names} = await deployed(open('shape'));
      const {Table} = await clients.dynamodb.send(new DescribeTableCommand({TableName: names.table}));
      expect(Table).toMatchObject({
        KeySchema: [{AttributeName: 'eventId', KeyType: 'HASH'}],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'timestamp-index',
            KeySchema: [
              {AttributeName: 'functionName', KeyType: 'HASH'},
              {AttributeName: 'timestamp', KeyType: 'RANGE'},
            ],
            Projection: {ProjectionType: 'ALL'},
          },
        ],
      });
      const types = Table?.AttributeDefinitions?.map(each => `${each.AttributeName} ${each.AttributeType}`).sort();
      expect(types).toEqual(['eventId S', 'functionName S', 'timestamp S']);
    });

    it('lets this API alone invoke the functions, by narrow ARNs', async () => {
      const {clients, names} = await deployed(open('narrow'));
      const apis = await clients.apigateway.send(new GetRestApisCommand({}));
      const api = apis.items?.find(each => each.name === names.api);
      for (const [name, end] of [
        [names.target, `${api?.id}/*/*/*"`],
        [names.authorizer, `${api?.id}/authorizers/`],
      ] as const) {
        const {Policy} = await clients.lambda.send(new GetPolicyCommand({FunctionName: name}));
        const statements = JSON.parse(Policy ?? '{}').Statement;
        expect(statements).toHaveLength(1);
        expect(statements[0].Sid).toBe(`apigw-${api?.id}`);
        expect(JSON.stringify(statements[0].Condition)).toContain(end);
      }
    });

    it('asks the authorizer for every route, and hands it to the target', async () => {
      const {clients, names} = await deployed(open('routes'));
      const {apigateway} = clients;
      const apis = await apigateway.send(new GetRestApisCommand({}));
      const restApiId = apis.items!.find(each => each.name === names.api)!.id!;
      const {items: authorizers} = await apigateway.send(new GetAuthorizersCommand({restApiId}));
      const {items: resources} = await apigateway.send(new GetResourcesCommand({restApiId, embed: ['methods']}));
      const methods = resources!.flatMap(({path, resourceMethods}) =>
        Object.entries(resourceMethods ?? {}).map(([name, method]) => [`${name} ${path}`, method] as const),
      );
      expect(methods.map(([route]) => route).sort()).toEqual([
        'GET /hello',
        'GET /info/health',
        'GET /info/version',
        'POST /api/echo',
      ]);
      for (const [, {authorizationType, authorizerId, methodIntegration}] of methods) {
        expect({authorizationType, authorizerId}).toEqual({
          authorizationType: 'CUSTOM',
          authorizerId: authorizers![0]!.id,
        });
        expect(methodIntegration).toMatchObject({
          type: 'AWS_PROXY',
          httpMethod: 'POST',
          uri: expect.stringContaining(`:function:${names.target}/invocations`),
        });
      }
    });

    it('sees drift and repairs it, and keeps what force SHUTDOWN wrote', async () => {
      const stack = await deployed(open('drift'));
      const {clients, names} = stack;
      const restApiId = (await stack.status()).apiUrl!.split('/').at(-3)!;
      await Promise.all([
        clients.lambda.send(
          new UpdateFunctionConfigurationCommand({
            FunctionName: names.target,
            Timeout: 30,
            Layers: [],
            Description: 'changed',
            Environment: {Variables: {LIFECYCLE_TABLE: 'other', LIFECYCLE_GENERATION: '7'}},
          }),
        ),
        clients.lambda.send(
          new RemovePermissionCommand({FunctionName: names.authorizer, StatementId: `apigw-${restApiId}`}),
        ),
        clients.iam.send(new DeleteRolePolicyCommand({RoleName: names.role, PolicyName: 'DynamoDBAccess'})),
        clients.logs.send(new DeleteRetentionPolicyCommand({logGroupName: names.targetLogs})),
        clients.apigateway.send(
          new UpdateStageCommand({
            restApiId,
            stageName: 'prod',
            patchOperations: [{op: 'replace', path: '/*/*/throttling/rateLimit', value: '999'}],
          }),
        ),
      ]);
      const drifted = await stack.status();
      expect(drifted.state).toBe('deployed');
      const ids = drifted.resources.filter(({drift}) => drift !== undefined).map(({id}) => id);
      expect(ids.sort()).toEqual(['api', 'logs-target', 'permissions', 'role', 'target']);

      const repaired = await stack.deploy();
      expect(repaired.ok).toBe(true);
      expect(stack.drift((await stack.status()).resources)).toEqual([]);
      const live = await clients.lambda.send(new GetFunctionConfigurationCommand({FunctionName: names.target}));
      expect(live).toMatchObject({Timeout: 6, Description: 'changed'});
      expect(live.Environment?.Variables).toMatchObject({LIFECYCLE_GENERATION: '7', LIFECYCLE_TABLE: names.table});
      stack.forget();
      await stack.deploy();
      expect(stack.writes()).toEqual([]);
    });

    it('changes the options of a deployment, and only those', async () => {
      const stack = await deployed(open('options'));
      const variables = async (FunctionName: string) =>
        (await stack.clients.lambda.send(new GetFunctionConfigurationCommand({FunctionName}))).Environment?.Variables;
      stack.forget();
      await stack.deploy({ttlSeconds: 60, webhookUrl: 'https://hooks.example/x', authToken: 'secret'});
      expect(stack.writes()).toEqual(['lambda UpdateFunctionConfiguration', 'lambda UpdateFunctionConfiguration']);
      expect(stack.drift((await stack.status()).resources)).toEqual([]);
      expect(await variables(stack.names.target)).toEqual({
        LIFECYCLE_TABLE: stack.names.table,
        LIFECYCLE_TTL_SECONDS: '60',
        LIFECYCLE_WEBHOOK_URL: 'https://hooks.example/x',
      });
      expect(await variables(stack.names.authorizer)).toEqual({LIFECYCLE_AUTH_TOKEN: 'secret'});
      await stack.deploy();
      expect(await variables(stack.names.target)).toEqual({
        LIFECYCLE_TABLE: stack.names.table,
        LIFECYCLE_TTL_SECONDS: '1200',
      });
      expect((await variables(stack.names.authorizer)) ?? {}).toEqual({});
    });

    it.skipIf(!backend.runsFunctions)('proves that requests get through, with a token too', async () => {
      const stack = open('proof');
      const {ok, apiUrl} = await stack.deploy({smoke: true, authToken: 'secret'});
      expect(stack.errors()).toEqual([]);
      expect(ok).toBe(true);
      expect(stack.steps()).toMatchObject({smoke: 'unchanged'});
      expect((await fetch(apiUrl!)).status).toBe(403);
      expect((await fetch(apiUrl!, {headers: {Authorization: 'secret'}})).status).toBe(200);
    });

    it('tells each step as it goes', async () => {
      const stack = open('steps');
      await stack.deploy();
      const told = stack.messages.flatMap(each => (each.type === 'step' ? [each] : []));
      const ids = [...new Set(told.map(({id}) => id))];
      expect(ids).toEqual([
        'role',
        'table',
        'layer',
        'logs-target',
        'logs-authorizer',
        'target',
        'authorizer',
        'api',
        'permissions',
        'smoke',
      ]);
      for (const id of ids) {
        const own = told.filter(each => each.id === id);
        expect(own.slice(0, 2).map(({status}) => status)).toEqual(['waiting', 'running']);
        expect(own.at(-1)).toMatchObject(
          id === 'smoke' ? {status: 'skipped'} : {status: 'done', action: 'created', ms: expect.any(Number)},
        );
      }
      expect(new Set(stack.calls.map(({step}) => step))).toEqual(new Set([undefined, ...ids]));
    });

    it('sees a part, and completes it', async () => {
      const stack = await deployed(open('part'));
      await stack.clients.dynamodb.send(new DeleteTableCommand({TableName: stack.names.table}));
      expect(await stack.status()).toMatchObject({state: 'partial'});
      const again = await stack.deploy();
      expect(again.resources.every(({state}) => state === 'present')).toBe(true);
      expect(await stack.status()).toMatchObject({state: 'deployed'});
    });

    it('refuses what is not ours before any write, and teardown leaves it alone', async () => {
      const stack = open('foreign');
      const key = {AttributeName: 'id', KeyType: 'HASH'} as const;
      await stack.clients.dynamodb.send(
        new CreateTableCommand({
          TableName: stack.names.table,
          KeySchema: [key],
          AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
          BillingMode: 'PAY_PER_REQUEST',
          Tags: [
            {Key: 'lifecycle-tui:managed', Value: 'true'},
            {Key: 'lifecycle-tui:stack', Value: 'alice'},
          ],
        }),
      );
      stack.forget();
      const refusal = await stack.deploy().catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(Problem);
      expect(refusal).toMatchObject({kind: 'foreign', details: expect.stringContaining('stack alice')});
      expect(await stack.status()).toMatchObject({state: 'foreign'});
      expect(await stack.teardown()).toMatchObject({ok: true, left: []});
      expect(stack.writes()).toEqual([]);
      const {Table} = await stack.clients.dynamodb.send(new DescribeTableCommand({TableName: stack.names.table}));
      expect(Table?.TableName).toBe(stack.names.table);
    });

    it('keeps the role when asked to', async () => {
      const stack = await deployed(open('keeper'));
      expect(await stack.teardown({keepRole: true})).toMatchObject({ok: true});
      const present = (await stack.status()).resources.filter(({state}) => state === 'present');
      expect(present.map(({id}) => id)).toEqual(['role']);
      expect(await stack.teardown()).toMatchObject({ok: true, left: []});
    });
  });
}

async function deployed(stack: Stack): Promise<Stack> {
  const {ok} = await stack.deploy();
  expect(stack.errors()).toEqual([]);
  expect(ok).toBe(true);
  return stack;
}
