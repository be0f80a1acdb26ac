import type {
  CreateAuthorizerCommandInput,
  DeleteAuthorizerCommandInput,
  GetAuthorizerCommandInput,
  GetAuthorizersCommandInput,
  UpdateAuthorizerCommandInput,
} from '@aws-sdk/client-api-gateway';
import type {RequestContext} from '../../wire/service.ts';
import {badRequest, conflict} from '../errors.ts';
import {newId} from '../identifiers.ts';
import {functionArnIn} from '../lambda-uri.ts';
import type {Apis, Authorizer, RestApi} from '../model.ts';
import {findApi, findAuthorizer} from './find.ts';
import {page} from './paging.ts';
import {applyPatch, numberOf, textOf} from './patch.ts';

/** What is cached for how long when nobody says, and at most; seconds. */
const defaultTtl = 300;
const ttlRange = [0, 3_600] as const;
const source = /^(method\.request\.(header|querystring)\.[\w!#$%&'*+\-.^`|~]+|context\.[\w.]+|stageVariables\.\w+)$/;

/** CreateAuthorizer: TOKEN and REQUEST. A second one of the same name is ConflictException. */
export function createAuthorizer(apis: Apis, input: CreateAuthorizerCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  if (input.type !== 'TOKEN' && input.type !== 'REQUEST') {
    throw badRequest(`The embedded API Gateway knows the authorizer types TOKEN and REQUEST, not ${input.type}`);
  }
  const authorizer: Authorizer = {
    id: newId(6, api.authorizers),
    name: input.name ?? '',
    type: input.type,
    authorizerUri: input.authorizerUri ?? '',
    identitySource: input.identitySource ?? '',
    ...(input.identityValidationExpression && {identityValidationExpression: input.identityValidationExpression}),
    authorizerResultTtlInSeconds: input.authorizerResultTtlInSeconds ?? defaultTtl,
  };
  checkAuthorizer(api, authorizer);
  api.authorizers.set(authorizer.id, authorizer);
  return shown(authorizer);
}

export function getAuthorizer(apis: Apis, input: GetAuthorizerCommandInput, context: RequestContext) {
  return shown(findAuthorizer(findApi(apis, input.restApiId, context), input.authorizerId));
}

export function getAuthorizers(apis: Apis, input: GetAuthorizersCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  const {items, ...next} = page([...api.authorizers.values()], input.limit, input.position);
  return {items: items.map(shown), ...next};
}

/** DeleteAuthorizer, refused while a method names it. */
export function deleteAuthorizer(apis: Apis, input: DeleteAuthorizerCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  const {id} = findAuthorizer(api, input.authorizerId);
  for (const {methods} of api.resources.values()) {
    for (const method of methods.values()) {
      if (method.authorizerId === id) throw conflict('Cannot delete authorizer, is referenced by at least one method');
    }
  }
  api.authorizers.delete(id);
  return {};
}

/** UpdateAuthorizer; nothing is changed when the outcome would not be valid. */
export function updateAuthorizer(apis: Apis, input: UpdateAuthorizerCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  const changed = {...findAuthorizer(api, input.authorizerId)};
  applyPatch(input.patchOperations, {
    name: change => {
      changed.name = textOf(change);
    },
    type: change => {
      const type = textOf(change);
      if (type !== 'TOKEN' && type !== 'REQUEST') throw badRequest(`Invalid authorizer type specified: ${type}`);
      changed.type = type;
    },
    authorizerUri: change => {
      changed.authorizerUri = textOf(change);
    },
    identitySource: change => {
      changed.identitySource = change.op === 'remove' ? '' : (change.value ?? '');
    },
    identityValidationExpression: change => {
      if (change.op === 'remove' || !change.value) delete changed.identityValidationExpression;
      else changed.identityValidationExpression = change.value;
    },
    authorizerResultTtlInSeconds: change => {
      changed.authorizerResultTtlInSeconds = numberOf(change, ttlRange);
    },
  });
  checkAuthorizer(api, changed);
  api.authorizers.set(changed.id, changed);
  return shown(changed);
}

function checkAuthorizer(api: RestApi, authorizer: Authorizer): void {
  const {id, name, type, authorizerUri, authorizerResultTtlInSeconds: ttl} = authorizer;
  if (!name) throw badRequest('Authorizer name cannot be empty');
  for (const other of api.authorizers.values()) {
    if (other.id !== id && other.name === name) {
      throw conflict(`Authorizer name must be unique. Authorizer ${name} already exists in this RestApi.`);
    }
  }
  if (!functionArnIn(authorizerUri)) {
    throw badRequest(
      `Invalid Authorizer URI: ${authorizerUri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    );
  }
  if (ttl < ttlRange[0] || ttl > ttlRange[1]) {
    throw badRequest(`authorizerResultTtlInSeconds must be between ${ttlRange.join(' and ')}`);
  }
  const sources = identitySources(authorizer);
  if (!sources.every(part => source.test(part))) {
    throw badRequest(`Invalid mapping expression specified: ${authorizer.identitySource}`);
  }
  if (type === 'TOKEN' && (sources.length !== 1 || !sources[0]?.startsWith('method.request.header.'))) {
    throw badRequest('Identity source is required for authorizers of type TOKEN and must be one header');
  }
  if (type === 'REQUEST' && ttl > 0 && sources.length === 0) {
    throw badRequest('Identity source is required when caching is enabled');
  }
}

/** The mapping expressions, one by one. */
export function identitySources({identitySource}: Pick<Authorizer, 'identitySource'>): string[] {
  return identitySource
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}

function shown(authorizer: Authorizer) {
  const {identitySource, ...rest} = authorizer;
  return {...rest, authType: 'custom', ...(identitySource && {identitySource})};
}
