import type {
  DeleteIntegrationCommandInput,
  GetIntegrationCommandInput,
  Integration,
  PutIntegrationCommandInput,
  UpdateIntegrationCommandInput,
} from '@aws-sdk/client-api-gateway';
import type {RequestContext} from '../../wire/service.ts';
import {badRequest, notFound} from '../errors.ts';
import {functionArnIn} from '../lambda-uri.ts';
import type {ApiMethod, Apis} from '../model.ts';
import {findApi, findMethod} from './find.ts';
import {applyPatch, numberOf, textOf} from './patch.ts';

const timeoutRange = [50, 29_000] as const;

/** PutIntegration, which replaces. Lambda proxies (AWS_PROXY) only. */
export function putIntegration(apis: Apis, input: PutIntegrationCommandInput, context: RequestContext): Integration {
  const method = findMethod(findApi(apis, input.restApiId, context), input.resourceId, input.httpMethod);
  if (input.type !== 'AWS_PROXY') {
    throw badRequest(`The embedded API Gateway serves AWS_PROXY integrations only, not ${input.type}`);
  }
  if (!input.integrationHttpMethod) throw badRequest('Enumeration value for HttpMethod must be non-empty');
  const timeoutInMillis = input.timeoutInMillis ?? timeoutRange[1];
  if (timeoutInMillis < timeoutRange[0] || timeoutInMillis > timeoutRange[1]) {
    throw badRequest(`Timeout should be between ${timeoutRange.join(' ms and ')} ms`);
  }
  method.methodIntegration = {
    type: input.type,
    httpMethod: input.integrationHttpMethod,
    uri: lambdaUri(input.uri),
    passthroughBehavior: input.passthroughBehavior ?? 'WHEN_NO_MATCH',
    ...(input.contentHandling && {contentHandling: input.contentHandling}),
    timeoutInMillis,
    cacheNamespace: input.cacheNamespace ?? input.resourceId,
    cacheKeyParameters: input.cacheKeyParameters ?? [],
  };
  return method.methodIntegration;
}

export function getIntegration(apis: Apis, input: GetIntegrationCommandInput, context: RequestContext): Integration {
  return integrationOf(findMethod(findApi(apis, input.restApiId, context), input.resourceId, input.httpMethod));
}

export function deleteIntegration(apis: Apis, input: DeleteIntegrationCommandInput, context: RequestContext) {
  const method = findMethod(findApi(apis, input.restApiId, context), input.resourceId, input.httpMethod);
  integrationOf(method);
  delete method.methodIntegration;
  return {};
}

/** UpdateIntegration; nothing is changed when one of the operations is not valid. */
export function updateIntegration(
  apis: Apis,
  input: UpdateIntegrationCommandInput,
  context: RequestContext,
): Integration {
  const method = findMethod(findApi(apis, input.restApiId, context), input.resourceId, input.httpMethod);
  const changed = {...integrationOf(method)};
  applyPatch(input.patchOperations, {
    uri: change => {
      changed.uri = lambdaUri(textOf(change));
    },
    httpMethod: change => {
      changed.httpMethod = textOf(change);
    },
    timeoutInMillis: change => {
      changed.timeoutInMillis = numberOf(change, timeoutRange);
    },
    passthroughBehavior: change => {
      changed.passthroughBehavior = textOf(change);
    },
  });
  method.methodIntegration = changed;
  return changed;
}

function integrationOf({methodIntegration}: ApiMethod): Integration {
  if (!methodIntegration) throw notFound('Invalid Integration identifier specified');
  return methodIntegration;
}

function lambdaUri(uri: string | undefined): string {
  if (uri?.startsWith('arn:') && !uri.includes(':lambda:path/')) {
    throw badRequest('AWS ARN for integration must contain path or action');
  }
  if (!uri || !functionArnIn(uri)) throw badRequest('Invalid ARN specified in the request');
  return uri;
}
