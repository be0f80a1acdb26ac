import type {
  CreateRestApiCommandInput,
  DeleteRestApiCommandInput,
  GetRestApiCommandInput,
  GetRestApisCommandInput,
  UpdateRestApiCommandInput,
} from '@aws-sdk/client-api-gateway';
import type {RequestContext} from '../../wire/service.ts';
import {badRequest} from '../errors.ts';
import {newId, wholeSecond} from '../identifiers.ts';
import type {Apis, RestApi} from '../model.ts';
import {findApi, isOf} from './find.ts';
import {page} from './paging.ts';
import {applyPatch, booleanOf, textOf} from './patch.ts';
import {readTags} from './tags.ts';

const endpointTypes = ['REGIONAL', 'EDGE', 'PRIVATE'];

/** CreateRestApi. Several may have the same name; edge-optimised unless told otherwise. */
export function createRestApi(apis: Apis, input: CreateRestApiCommandInput, context: RequestContext) {
  if (!input.name) throw badRequest('Name is required');
  const types = input.endpointConfiguration?.types ?? ['EDGE'];
  if (types.length !== 1 || !endpointTypes.includes(types[0]!))
    throw badRequest('Invalid endpoint configuration types');
  const rootResourceId = newId(10, apis);
  const api: RestApi = {
    id: newId(10, apis),
    account: context.account,
    region: context.region,
    name: input.name,
    ...(input.description !== undefined && {description: input.description}),
    createdDate: wholeSecond(),
    endpointConfiguration: {...input.endpointConfiguration, types, ipAddressType: 'ipv4'},
    binaryMediaTypes: [...(input.binaryMediaTypes ?? [])],
    disableExecuteApiEndpoint: input.disableExecuteApiEndpoint ?? false,
    apiKeySource: input.apiKeySource ?? 'HEADER',
    tags: readTags(input.tags),
    rootResourceId,
    resources: new Map([[rootResourceId, {id: rootResourceId, path: '/', methods: new Map()}]]),
    authorizers: new Map(),
    deployments: new Map(),
    stages: new Map(),
  };
  apis.set(api.id, api);
  return shown(api);
}

export function getRestApi(apis: Apis, {restApiId}: GetRestApiCommandInput, context: RequestContext) {
  return shown(findApi(apis, restApiId, context));
}

export function getRestApis(apis: Apis, {limit, position}: GetRestApisCommandInput, context: RequestContext) {
  const ours = [...apis.values()].filter(api => isOf(api, context));
  const {items, ...next} = page(ours, limit, position);
  return {items: items.map(shown), ...next};
}

export function deleteRestApi(apis: Apis, {restApiId}: DeleteRestApiCommandInput, context: RequestContext) {
  apis.delete(findApi(apis, restApiId, context).id);
  return {};
}

export function updateRestApi(apis: Apis, input: UpdateRestApiCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  applyPatch(input.patchOperations, {
    name: change => {
      api.name = textOf(change);
    },
    description: change => {
      api.description = textOf(change);
    },
    disableExecuteApiEndpoint: change => {
      api.disableExecuteApiEndpoint = booleanOf(change);
    },
    binaryMediaTypes: ({op, path}) => {
      const type = path.slice(1).join('/');
      api.binaryMediaTypes = api.binaryMediaTypes.filter(other => other !== type);
      if (op !== 'remove') api.binaryMediaTypes.push(type);
    },
  });
  return shown(api);
}

function shown(api: RestApi) {
  return {
    id: api.id,
    name: api.name,
    description: api.description,
    createdDate: api.createdDate,
    apiKeySource: api.apiKeySource,
    endpointConfiguration: api.endpointConfiguration,
    binaryMediaTypes: api.binaryMediaTypes.length > 0 ? api.binaryMediaTypes : undefined,
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    rootResourceId: api.rootResourceId,
    tags: Object.fromEntries(api.tags),
  };
}
