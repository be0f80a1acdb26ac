import type {
  CreateDeploymentCommandInput,
  DeleteDeploymentCommandInput,
  GetDeploymentCommandInput,
  GetDeploymentsCommandInput,
} from '@aws-sdk/client-api-gateway';
import type {RequestContext} from '../../wire/service.ts';
import {badRequest, notFound} from '../errors.ts';
import {newId, wholeSecond} from '../identifiers.ts';
import type {Apis, Deployment, RestApi, Snapshot} from '../model.ts';
import {findApi} from './find.ts';
import {page} from './paging.ts';
import {checkStageName, newStage} from './stages.ts';

/** CreateDeployment: freezes the API as it is; with `stageName` it makes the stage or points it here. */
export function createDeployment(apis: Apis, input: CreateDeploymentCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  checkDeployable(api);
  if (input.stageName !== undefined) checkStageName(input.stageName);
  const deployment: Deployment = {
    id: newId(6, api.deployments),
    ...(input.description !== undefined && {description: input.description}),
    createdDate: wholeSecond(),
    snapshot: freeze(api),
  };
  api.deployments.set(deployment.id, deployment);
  if (input.stageName !== undefined) pointStage(api, deployment, {...input, stageName: input.stageName});
  return shown(deployment);
}

export function getDeployment(apis: Apis, input: GetDeploymentCommandInput, context: RequestContext) {
  return shown(findDeployment(findApi(apis, input.restApiId, context), input.deploymentId));
}

export function getDeployments(apis: Apis, input: GetDeploymentsCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  const {items, ...next} = page([...api.deployments.values()].reverse(), input.limit, input.position);
  return {items: items.map(shown), ...next};
}

/** DeleteDeployment, refused while a stage points to it. */
export function deleteDeployment(apis: Apis, input: DeleteDeploymentCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  const {id} = findDeployment(api, input.deploymentId);
  if ([...api.stages.values()].some(stage => stage.deploymentId === id)) {
    throw badRequest('Active stages pointing to this deployment must be moved or deleted');
  }
  api.deployments.delete(id);
  return {};
}

function findDeployment(api: RestApi, id: string | undefined): Deployment {
  const deployment = api.deployments.get(id ?? '');
  if (!deployment) throw notFound('Invalid Deployment identifier specified');
  return deployment;
}

function checkDeployable(api: RestApi): void {
  const methods = [...api.resources.values()].flatMap(resource => [...resource.methods.values()]);
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (methods.some(method => !method.methodIntegration)) throw badRequest('No integration defined for method');
}

function freeze(api: RestApi): Snapshot {
  const {resources, authorizers, binaryMediaTypes} = api;
  return structuredClone({resources: [...resources.values()], authorizers, binaryMediaTypes});
}

function pointStage(api: RestApi, {id}: Deployment, input: CreateDeploymentCommandInput & {stageName: string}): void {
  const stage = api.stages.get(input.stageName) ?? newStage(input.stageName, id);
  stage.deploymentId = id;
  stage.lastUpdatedDate = wholeSecond();
  if (input.stageDescription !== undefined) stage.description = input.stageDescription;
  if (input.tracingEnabled !== undefined) stage.tracingEnabled = input.tracingEnabled;
  for (const [name, value] of Object.entries(input.variables ?? {})) stage.variables.set(name, value);
  api.stages.set(stage.stageName, stage);
}

function shown({id, description, createdDate}: Deployment) {
  return {id, description, createdDate};
}
