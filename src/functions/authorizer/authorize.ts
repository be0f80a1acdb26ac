import {createHash, timingSafeEqual} from 'node:crypto';
import type {APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent} from 'aws-lambda';

type Request = Pick<APIGatewayRequestAuthorizerEvent, 'methodArn' | 'headers'>;

/**
 * Allows the one method that was asked for; with `token` set only to callers whose Authorization header is the token,
 * bare or after `Bearer `. Without a methodArn nothing is allowed.
 */
export function authorize(request: Request, token: string | undefined): APIGatewayAuthorizerResult {
  if (!token) return result(request, 'Allow', 'Default allow policy');
  return matches(authorization(request), token)
    ? result(request, 'Allow', 'Token accepted')
    : result(request, 'Deny', 'Token refused');
}

function result(request: Request, effect: 'Allow' | 'Deny', info: string): APIGatewayAuthorizerResult {
  const method = request.methodArn;
  if (typeof method !== 'string' || method === '') throw new Error('The event names no method to authorize');
  return {
    principalId: 'user',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{Action: 'execute-api:Invoke', Effect: effect, Resource: method}],
    },
    context: {authorizerInfo: info},
  };
}

function authorization({headers}: Request): string {
  const name = Object.keys(headers ?? {}).find(key => key.toLowerCase() === 'authorization');
  const value = name === undefined ? undefined : headers?.[name];
  return typeof value === 'string' ? value.replace(/^Bearer +/i, '') : '';
}

/** Constant time whatever the lengths: the digests are compared. */
function matches(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
