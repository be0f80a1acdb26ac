import {GetAuthorizersCommand} from '@aws-sdk/client-api-gateway';
import {expect} from 'vitest';
import {inventory} from './inventory.ts';
import type {Stack} from './stack.ts';

/** All is there as it should be, and exactly once, also what AWS would let exist twice. */
export async function expectComplete(stack: Stack): Promise<void> {
  const {names} = stack;
  const [{state, resources}, own] = await Promise.all([stack.status(), namesOf(stack)]);
  expect({state, drift: stack.drift(resources)}).toEqual({state: 'deployed', drift: []});
  expect(own).toEqual({
    roles: [names.role],
    tables: [names.table],
    functions: [names.authorizer, names.target],
    layers: [names.layer],
    apis: [names.api],
    logGroups: [names.authorizerLogs, names.targetLogs],
    authorizers: 1,
  });
}

/** Asked of the lists of every service, not of what a deployment looks at. */
export async function expectGone(stack: Stack): Promise<void> {
  const nothing = {roles: [], tables: [], functions: [], layers: [], apis: [], logGroups: [], authorizers: 0};
  expect(await namesOf(stack)).toEqual(nothing);
}

async function namesOf({clients, names}: Stack) {
  const all = await inventory(clients);
  const apis = all.apis.filter(({name}) => name === names.api);
  const authorizers = apis.map(({id: restApiId}) => clients.apigateway.send(new GetAuthorizersCommand({restApiId})));
  const layers = all.layerVersions.map(arn => arn.split(':').at(-2)!);
  const own = [names.role, names.table, names.target, names.authorizer, names.layer];
  const isOwn = (name: string) => own.includes(name);
  return {
    roles: all.roles.filter(isOwn),
    tables: all.tables.filter(isOwn),
    functions: all.functions.filter(isOwn),
    layers: layers.filter(isOwn),
    apis: apis.map(({name}) => name),
    logGroups: all.logGroups.filter(name => name === names.targetLogs || name === names.authorizerLogs),
    authorizers: (await Promise.all(authorizers)).flatMap(({items}) => items ?? []).length,
  };
}
