import type {
  DeleteMethodCommandInput,
  GetMethodCommandInput,
  PutMethodCommandInput,
  UpdateMethodCommandInput,
} from '@aws-sdk/client-api-gateway';
import type {RequestContext} from '../../wire/service.ts';
import {badRequest, conflict} from '../errors.ts';
import type {ApiMethod, Apis, RestApi} from '../model.ts';
import {findApi, findMethod, findResource} from './find.ts';
import {applyPatch, booleanOf, textOf} from './patch.ts';

const verbs = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const authorizationTypes = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'];

/** PutMethod; a second one for the same verb is ConflictException. */
export function putMethod(apis: Apis, input: PutMethodCommandInput, context: RequestContext): ApiMethod {
  const api = findApi(apis, input.restApiId, context);
  const resource = findResource(api, input.resourceId);
  const httpMethod = input.httpMethod ?? '';
  if (!verbs.includes(httpMethod)) throw badRequest('Invalid HTTP method specified');
  if (resource.methods.has(httpMethod)) throw conflict('Method already exists for this resource');
  const method: ApiMethod = {
    httpMethod,
    authorizationType: input.authorizationType ?? '',
    apiKeyRequired: input.apiKeyRequired ?? false,
    ...(input.authorizerId !== undefined && {authorizerId: input.authorizerId}),
    ...(input.operationName !== undefined && {operationName: input.operationName}),
    ...(input.requestParameters && {requestParameters: input.requestParameters}),
    ...(input.requestModels && {requestModels: input.requestModels}),
  };
  checkAuthorization(api, method);
  resource.methods.set(httpMethod, method);
  return method;
}

export function getMethod(apis: Apis, input: GetMethodCommandInput, context: RequestContext): ApiMethod {
  return findMethod(findApi(apis, input.restApiId, context), input.resourceId, input.httpMethod);
}

export function deleteMethod(apis: Apis, input: DeleteMethodCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  const {httpMethod} = findMethod(api, input.resourceId, input.httpMethod);
  findResource(api, input.resourceId).methods.delete(httpMethod);
  return {};
}

/** UpdateMethod; nothing is changed when the outcome would not be valid. */
export function updateMethod(apis: Apis, input: UpdateMethodCommandInput, context: RequestContext): ApiMethod {
  const api = findApi(apis, input.restApiId, context);
  const method = findMethod(api, input.resourceId, input.httpMethod);
  const changed = {...method};
  applyPatch(input.patchOperations, {
    authorizationType: change => {
      changed.authorizationType = textOf(change);
      if (changed.authorizationType === 'NONE' || changed.authorizationType === 'AWS_IAM') delete changed.authorizerId;
    },
    authorizerId: change => {
      if (change.op === 'remove') delete changed.authorizerId;
      else changed.authorizerId = textOf(change);
    },
    apiKeyRequired: change => {
      changed.apiKeyRequired = booleanOf(change);
    },
    operationName: change => {
      changed.operationName = textOf(change);
    },
  });
  checkAuthorization(api, changed);
  findResource(api, input.resourceId).methods.set(method.httpMethod, changed);
  return changed;
}

function checkAuthorization(api: RestApi, {authorizationType, authorizerId}: ApiMethod): void {
  if (!authorizationTypes.includes(authorizationType)) throw badRequest('Invalid authorization type specified');
  if (authorizationType === 'COGNITO_USER_POOLS' || authorizationType === 'AWS_IAM') {
    throw badRequest(
      `The embedded API Gateway knows the authorization types NONE and CUSTOM, not ${authorizationType}`,
    );
  }
  if (authorizationType === 'CUSTOM' && !api.authorizers.has(authorizerId ?? '')) {
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
  }
}
