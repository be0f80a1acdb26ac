import {
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  DeleteMethodCommand,
  GetResourcesCommand,
  type Method,
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
  parentPath,
  pathPart,
  routes,
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

/** Makes or repairs every route, side by side; nothing of a route waits for what it does not need. */
export function ensureRoutes(
  context: Context,
  restApiId: string,
  authorizer: Promise<string>,
  parts: ApiParts,
): Promise<void>[] {
  const idOf = resourceIds(context, restApiId, parts);
  return routes.map(async ({httpMethod, path}) => {
    const live = parts.resources.get(path)?.resourceMethods?.[httpMethod];
    const resourceId = await idOf(path);
    await ensureMethod(context, {restApiId, resourceId, httpMethod}, await authorizer, live);
  });
}

async function ensureMethod(
  context: Context,
  method: {restApiId: string; resourceId: string; httpMethod: string},
  authorizerId: string,
  live: Method | undefined,
): Promise<void> {
  const {apigateway} = context.clients;
  const isRight = methodIsRight(live, authorizerId);
  if (!isRight) {
    // A method that differs takes its integration with it.
    if (live) await orAbsent(apigateway.send(new DeleteMethodCommand(method)));
    await apigateway.send(new PutMethodCommand({...method, authorizationType: 'CUSTOM', authorizerId}));
  }
  if (isRight && integrationIsRight(context, live)) return;
  await apigateway.send(new PutIntegrationCommand({...method, ...integrationDefinition(context)}));
}

/** Gives the id of the resource at a path; what is not there is made, each once, after what it is below. */
function resourceIds(context: Context, restApiId: string, {resources}: ApiParts): (path: string) => Promise<string> {
  const {apigateway} = context.clients;
  const known = new Map<string, Promise<string>>();
  const find = async (path: string): Promise<string> => {
    const found = resources.get(path)?.id;
    if (found) return found;
    if (path === '/') return findRoot(context, restApiId);
    const parentId = await idOf(parentPath(path));
    return (await apigateway.send(new CreateResourceCommand({restApiId, parentId, pathPart: pathPart(path)}))).id!;
  };
  const idOf = (path: string): Promise<string> => {
    const id = known.get(path) ?? find(path);
    known.set(path, id);
    return id;
  };
  return idOf;
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
