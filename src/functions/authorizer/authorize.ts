import {createHash, timingSafeEqual} from 'node:crypto';
import type {APIGatewayAuthorizerResult, APIGatewaySimpleAuthorizerWithContextResult} from 'aws-lambda';
import {type Question, readQuestion} from './question.ts';

type Verdict = {isAuthorized: boolean; info: string};

/** A policy, or the simple response of payload format 2.0. */
export type AuthorizerAnswer =
  | APIGatewayAuthorizerResult
  | APIGatewaySimpleAuthorizerWithContextResult<{authorizerInfo: string}>;

/**
 * Allows the one method that was asked for; with `token` set only to callers who send it, bare or after `Bearer `. Never
 * throws: whatever is no event of an authorizer is denied, where an error would be a 500 that says nothing.
 *
 * Events of types TOKEN and REQUEST are answered with a policy, those of payload format 2.0 with a simple response, which
 * the HTTP API must be told to expect (`EnableSimpleResponses`).
 */
export function authorize(event: unknown, token: string | undefined): AuthorizerAnswer {
  const question = readQuestion(event);
  const {isAuthorized, info} = verdict(question, token);
  const context = {authorizerInfo: info};
  if (question.format === '2.0') return {isAuthorized, context};
  return {
    principalId: 'user',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: isAuthorized ? 'Allow' : 'Deny',
          Resource: question.resource ?? '*',
        },
      ],
    },
    context,
  };
}

function verdict({resource, tokens}: Question, token: string | undefined): Verdict {
  if (resource === undefined) return {isAuthorized: false, info: 'Malformed event'};
  if (!token) return {isAuthorized: true, info: 'Default allow policy'};
  // All are compared, so that the time does not tell which one it was.
  const isAuthorized = tokens.filter(given => matches(given, token)).length > 0;
  return {isAuthorized, info: isAuthorized ? 'Token accepted' : 'Token refused'};
}

/** Constant time whatever the lengths: the digests are compared. */
function matches(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given.replace(/^Bearer +/i, '')), digest(expected));
}
