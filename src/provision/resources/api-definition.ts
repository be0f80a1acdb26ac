import {createHash} from 'node:crypto';
import type {Authorizer, Method, Resource} from '@aws-sdk/client-api-gateway';
import {invocationUri} from '../arns.ts';
import type {Context} from '../context.ts';
import {firstDifference, wantedFound} from '../first-difference.ts';

export const authorizerName = 'lambda-authorizer';
/** The route that a deployment is tried by, and that people are shown. */
export const entryPath = '/hello';
/** What the API takes: all of it is asked of the authorizer and answered by the target. */
export const routes = [
  {httpMethod: 'GET', path: entryPath},
  {httpMethod: 'GET', path: '/info/version'},
  {httpMethod: 'GET', path: '/info/health'},
  {httpMethod: 'POST', path: '/api/echo'},
] as const;
/** The path that a path is below: `/` for `/info`. */
export const parentPath = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/';
/** The last part of a path: different for all of ours, those on the way to a route included. */
export const pathPart = (path: string) => path.slice(path.lastIndexOf('/') + 1);
/** Requests a second and burst, for the whole stage: what an open API may cost is bounded by it. */
export const throttle = {rateLimit: 20, burstLimit: 40};

/**
 * A REQUEST authorizer without identity sources is called for every request, with or without an Authorization header;
 * a cache would hide it from whoever watches.
 */
export function authorizerDefinition(context: Context) {
  return {
    name: authorizerName,
    type: 'REQUEST',
    authorizerUri: invocationUri(context, context.names.authorizer),
    authorizerResultTtlInSeconds: 0,
  } as const;
}

export function integrationDefinition(context: Context) {
  return {type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: invocationUri(context, context.names.target)} as const;
}

export function authorizerIsRight(context: Context, live: Authorizer): boolean {
  return authorizerDifference(context, live) === undefined;
}

export function authorizerDifference(context: Context, live: Authorizer | undefined): string | undefined {
  const wanted = {...authorizerDefinition(context), identitySource: undefined};
  if (!live) return wantedFound(wanted.name, undefined);
  const {name, type, authorizerUri, authorizerResultTtlInSeconds, identitySource} = live;
  const found = {name, type, authorizerUri, authorizerResultTtlInSeconds, identitySource: identitySource || undefined};
  return firstDifference(wanted, found);
}

export function methodIsRight(live: Method | undefined, authorizerId: string): boolean {
  return methodDifference(live, authorizerId) === undefined;
}

function methodDifference(live: Method | undefined, authorizerId: string): string | undefined {
  if (!live) return wantedFound('a method', undefined);
  const {authorizationType, apiKeyRequired = false} = live;
  return firstDifference(
    {authorizationType: 'CUSTOM', authorizerId, apiKeyRequired: false},
    {authorizationType, authorizerId: live.authorizerId, apiKeyRequired},
  );
}

export function integrationIsRight(context: Context, live: Method | undefined): boolean {
  return integrationDifference(context, live) === undefined;
}

function integrationDifference(context: Context, method: Method | undefined): string | undefined {
  const live = method?.methodIntegration;
  const wanted = integrationDefinition(context);
  if (!live) return wantedFound(wanted.type, undefined);
  return firstDifference(wanted, {type: live.type, integrationHttpMethod: live.httpMethod, uri: live.uri});
}

/** How the API's routes differ, one text for each difference. */
export function routeDifferences(
  context: Context,
  resources: ReadonlyMap<string, Resource>,
  authorizerId: string,
): string[] {
  return routes.flatMap(({httpMethod, path}) => {
    const resource = resources.get(path);
    if (!resource) return [wantedFound(path, undefined)];
    const live = resource.resourceMethods?.[httpMethod];
    const method = methodDifference(live, authorizerId);
    const integration = integrationDifference(context, live);
    return [
      ...(method === undefined ? [] : [`${httpMethod} ${path} ${method}`]),
      ...(integration === undefined ? [] : [`${httpMethod} ${path} integration ${integration}`]),
    ];
  });
}

/**
 * What a deployment's description says: a deployment is a copy of the API at that moment, and this tells whether the copy
 * is of the API as it should be now.
 */
export function deploymentMarker(context: Context, authorizerId: string): string {
  const definition = [authorizerDefinition(context), routes, integrationDefinition(context)];
  const sha256 = createHash('sha256').update(JSON.stringify(definition)).digest('hex');
  return `lifecycle-tui authorizer=${authorizerId} sha256=${sha256}`;
}
