import middy from '@middy/core';
import {type AuthorizerAnswer, authorize} from './authorize.ts';

/** Lambda's entry point: an authorizer of a REST API or an HTTP API. */
export const handler = middy((event: unknown): AuthorizerAnswer => {
  console.log('Authorizer invoked');
  const answer = authorize(event, process.env.LIFECYCLE_AUTH_TOKEN);
  console.log('Returning policy');
  return answer;
});
