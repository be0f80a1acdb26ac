import type {
  CreateResourceCommandInput,
  DeleteResourceCommandInput,
  GetResourceCommandInput,
  GetResourcesCommandInput,
} from '@aws-sdk/client-api-gateway';
import type {RequestContext} from '../../wire/service.ts';
import {badRequest, conflict} from '../errors.ts';
import {newId} from '../identifiers.ts';
import type {Apis, Resource, RestApi} from '../model.ts';
import {findApi, findResource} from './find.ts';
import {page} from './paging.ts';

const literal = /^[A-Za-z0-9._\-:]+$/;
const variable = /^\{[A-Za-z0-9._\-:]+\+?\}$/;

/** CreateResource; a path part is unique below its parent, and only one of the siblings may be a variable. */
export function createResource(apis: Apis, input: CreateResourceCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  const parent = findResource(api, input.parentId);
  const pathPart = input.pathPart ?? '';
  checkPathPart(api, parent, pathPart);
  const resource: Resource = {
    id: newId(6, api.resources),
    parentId: parent.id,
    pathPart,
    path: `${parent.path === '/' ? '' : parent.path}/${pathPart}`,
    methods: new Map(),
  };
  api.resources.set(resource.id, resource);
  return shown(resource, true);
}

export function getResource(apis: Apis, input: GetResourceCommandInput, context: RequestContext) {
  const resource = findResource(findApi(apis, input.restApiId, context), input.resourceId);
  return shown(resource, input.embed?.includes('methods') ?? false);
}

/** GetResources, by path; methods come as empty objects unless `embed=methods` asks for them. */
export function getResources(apis: Apis, input: GetResourcesCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  const sorted = [...api.resources.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const {items, ...next} = page(sorted, input.limit, input.position);
  return {items: items.map(resource => shown(resource, input.embed?.includes('methods') ?? false)), ...next};
}

/** DeleteResource with all that is below it; the root cannot go. */
export function deleteResource(apis: Apis, input: DeleteResourceCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  const resource = findResource(api, input.resourceId);
  if (!resource.parentId) throw badRequest('Root resource cannot be deleted');
  remove(api, resource.id);
  return {};
}

function remove(api: RestApi, id: string): void {
  for (const child of [...api.resources.values()]) if (child.parentId === id) remove(api, child.id);
  api.resources.delete(id);
}

function checkPathPart(api: RestApi, parent: Resource, pathPart: string): void {
  if (!literal.test(pathPart) && !variable.test(pathPart)) {
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    );
  }
  if (parent.pathPart?.endsWith('+}')) {
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`);
  }
  for (const sibling of api.resources.values()) {
    if (sibling.parentId !== parent.id) continue;
    if (sibling.pathPart === pathPart) {
      throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
    }
    if (pathPart.startsWith('{') && sibling.pathPart?.startsWith('{')) {
      throw badRequest(
        `A sibling (${sibling.pathPart}) of this resource already has a variable path part -- only one is allowed`,
      );
    }
  }
}

function shown({methods, ...resource}: Resource, embed: boolean) {
  if (methods.size === 0) return resource;
  const all = [...methods].map(([name, method]) => [name, embed ? method : {}]);
  return {...resource, resourceMethods: Object.fromEntries(all)};
}
