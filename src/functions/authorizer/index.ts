import middy from '@middy/core';
import type {APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent} from 'aws-lambda';
import {authorize} from './authorize.ts';

/** Lambda's entry point: a REQUEST authorizer of a REST API. */
export const handler = middy((event: APIGatewayRequestAuthorizerEvent): APIGatewayAuthorizerResult => {
  console.log('Authorizer invoked');
  const result = authorize(event, process.env.LIFECYCLE_AUTH_TOKEN);
  console.log('Returning policy');
  return result;
});
