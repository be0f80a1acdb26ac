import type {RequestContext} from '../../wire/service.ts';
import {notFound} from '../errors.ts';
import type {ApiMethod, Apis, Authorizer, Resource, RestApi, Stage} from '../model.ts';

export const isOf = ({account, region}: RestApi, caller: Pick<RequestContext, 'account' | 'region'>): boolean =>
  account === caller.account && region === caller.region;

/** The API of the caller's account and region, or API Gateway's 404. */
export function findApi(apis: Apis, id: string | undefined, context: RequestContext): RestApi {
  const api = apis.get(id ?? '');
  if (api && isOf(api, context)) return api;
  throw notFound(`Invalid API identifier specified ${context.account}:${id}`);
}

export function findResource(api: RestApi, id: string | undefined): Resource {
  const resource = api.resources.get(id ?? '');
  if (!resource) throw notFound('Invalid Resource identifier specified');
  return resource;
}

export function findMethod(api: RestApi, resourceId: string | undefined, httpMethod: string | undefined): ApiMethod {
  const method = findResource(api, resourceId).methods.get(httpMethod ?? '');
  if (!method) throw notFound('Invalid Method identifier specified');
  return method;
}

export function findAuthorizer(api: RestApi, id: string | undefined): Authorizer {
  const authorizer = api.authorizers.get(id ?? '');
  if (!authorizer) throw notFound('Invalid Authorizer identifier specified');
  return authorizer;
}

export function findStage(api: RestApi, name: string | undefined): Stage {
  const stage = api.stages.get(name ?? '');
  if (!stage) throw notFound('Invalid stage identifier specified');
  return stage;
}
