import {
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  DeleteMethodCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateAuthorizerCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import {orAbsent} from '../../aws/errors.ts';
import type {Context} from '../context.ts';
import type {Tell} from '../resource-node.ts';
import {
  authorizerDefinition,
  authorizerIsRight,
  deploymentMarker,
  integrationDefinition,
  integrationIsRight,
  methodIsRight,
  pathPart,
  throttle,
} from './api-definition.ts';
import type {ApiParts} from './api-reading.ts';

/** Makes or repairs the authorizer; gives its id. */
export async function ensureAuthorizer(context: Context, restApiId: string, {authorizer}: ApiParts): Promise<string> {
  const {apigateway} = context.clients;
  const wanted = authorizerDefinition(context);
  if (!authorizer?.id) return (await apigateway.send(new CreateAuthorizerCommand({restApiId, ...wanted}))).id!;
  if (!authorizerIsRight(context, authorizer)) {
    const values = {
      '/type': wanted.type,
      '/authorizerUri': wanted.authorizerUri,
      '/authorizerResultTtlInSeconds': '0',
      ...(authorizer.identitySource && {'/identitySource': ''}),
    };
    const patchOperations = Object.entries(values).map(([path, value]) => ({op: 'replace', path, value}) as const);
    await apigateway.send(new UpdateAuthorizerCommand({restApiId, authorizerId: authorizer.id, patchOperations}));
  }
  return authorizer.id;
}

/** Makes or repairs GET /hello and what is behind it. */
export async function ensureMethod(
  context: Context,
  restApiId: string,
  authorizerId: string,
  parts: ApiParts,
): Promise<void> {
  const {apigateway} = context.clients;
  const {hello} = parts;
  const resourceId = hello?.id ?? (await createHello(context, restApiId, parts));
  const method = {restApiId, resourceId, httpMethod: 'GET'};
  const isRight = methodIsRight(hello, authorizerId);
  if (!isRight) {
    // A method that differs takes its integration with it.
    if (hello?.resourceMethods?.GET) await orAbsent(apigateway.send(new DeleteMethodCommand(method)));
    await apigateway.send(new PutMethodCommand({...method, authorizationType: 'CUSTOM', authorizerId}));
  }
  if (isRight && integrationIsRight(context, hello)) return;
  await apigateway.send(new PutIntegrationCommand({...method, ...integrationDefinition(context)}));
}

async function createHello(context: Context, restApiId: string, {rootId}: ApiParts): Promise<string> {
  const {apigateway} = context.clients;
  const parentId = rootId ?? (await findRoot(context, restApiId));
  return (await apigateway.send(new CreateResourceCommand({restApiId, parentId, pathPart}))).id!;
}

async function findRoot({clients}: Context, restApiId: string): Promise<string> {
  const resources = await clients.apigateway.send(new GetResourcesCommand({restApiId, limit: 500}));
  return resources.items!.find(each => each.path === '/')!.id!;
}

/** Deploys what is not yet deployed as it is, and throttles the stage. */
export async function ensureStage(
  context: Context,
  restApiId: string,
  authorizerId: string,
  {deployed, stage}: ApiParts,
  tell: Tell,
): Promise<void> {
  const {apigateway} = context.clients;
  const stageName = context.names.stage;
  const description = deploymentMarker(context, authorizerId);
  if (deployed !== description) {
    tell('deploying the stage');
    await apigateway.send(new CreateDeploymentCommand({restApiId, stageName, description}));
  }
  if (isThrottled(stage)) return;
  const patchOperations = Object.entries(throttle).map(
    ([key, value]) => ({op: 'replace', path: `/*/*/throttling/${key}`, value: String(value)}) as const,
  );
  await apigateway.send(new UpdateStageCommand({restApiId, stageName, patchOperations}));
}

export function isThrottled(stage: ApiParts['stage']): boolean {
  const all = stage?.methodSettings?.['*/*'];
  return all?.throttlingRateLimit === throttle.rateLimit && all.throttlingBurstLimit === throttle.burstLimit;
}
