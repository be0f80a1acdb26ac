import {createHash} from 'node:crypto';
import type {Authorizer, Resource} from '@aws-sdk/client-api-gateway';
import {invocationUri} from '../arns.ts';
import type {Context} from '../context.ts';

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
  const wanted = authorizerDefinition(context);
  return (
    live.type === wanted.type &&
    live.authorizerUri === wanted.authorizerUri &&
    live.authorizerResultTtlInSeconds === 0 &&
    !live.identitySource
  );
}

export function methodIsRight(resource: Resource | undefined, authorizerId: string): boolean {
  const method = resource?.resourceMethods?.GET;
  return method?.authorizationType === 'CUSTOM' && method.authorizerId === authorizerId && !method.apiKeyRequired;
}

export function integrationIsRight(context: Context, resource: Resource | undefined): boolean {
  const live = resource?.resourceMethods?.GET?.methodIntegration;
  const wanted = integrationDefinition(context);
  return live?.type === wanted.type && live.uri === wanted.uri && live.httpMethod === wanted.integrationHttpMethod;
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
