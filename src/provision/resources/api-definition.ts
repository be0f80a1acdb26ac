import {createHash} from 'node:crypto';
import type {Authorizer, Resource} from '@aws-sdk/client-api-gateway';
import {invocationUri} from '../arns.ts';
import type {Context} from '../context.ts';
import {firstDifference, wantedFound} from '../first-difference.ts';

export const authorizerName = 'lambda-authorizer';
export const pathPart = 'hello';
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

export function methodIsRight(resource: Resource | undefined, authorizerId: string): boolean {
  return methodDifference(resource, authorizerId) === undefined;
}

export function methodDifference(resource: Resource | undefined, authorizerId: string): string | undefined {
  const method = resource?.resourceMethods?.GET;
  if (!method) return wantedFound('a method', undefined);
  const {authorizationType, apiKeyRequired = false} = method;
  return firstDifference(
    {authorizationType: 'CUSTOM', authorizerId, apiKeyRequired: false},
    {authorizationType, authorizerId: method.authorizerId, apiKeyRequired},
  );
}

export function integrationIsRight(context: Context, resource: Resource | undefined): boolean {
  return integrationDifference(context, resource) === undefined;
}

export function integrationDifference(context: Context, resource: Resource | undefined): string | undefined {
  const live = resource?.resourceMethods?.GET?.methodIntegration;
  const wanted = integrationDefinition(context);
  if (!live) return wantedFound(wanted.type, undefined);
  return firstDifference(wanted, {type: live.type, integrationHttpMethod: live.httpMethod, uri: live.uri});
}

/**
 * What a deployment's description says: a deployment is a copy of the API at that moment, and this tells whether the copy
 * is of the API as it should be now.
 */
export function deploymentMarker(context: Context, authorizerId: string): string {
  const definition = [authorizerDefinition(context), pathPart, integrationDefinition(context)];
  const sha256 = createHash('sha256').update(JSON.stringify(definition)).digest('hex');
  return `lifecycle-tui authorizer=${authorizerId} sha256=${sha256}`;
}
