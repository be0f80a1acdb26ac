import type {
  CreateStageCommandInput,
  DeleteStageCommandInput,
  GetStageCommandInput,
  GetStagesCommandInput,
  UpdateStageCommandInput,
} from '@aws-sdk/client-api-gateway';
import type {RequestContext} from '../../wire/service.ts';
import {badRequest, conflict, notFound} from '../errors.ts';
import {wholeSecond} from '../identifiers.ts';
import type {Apis, RestApi, Stage} from '../model.ts';
import {findApi, findStage} from './find.ts';
import {changeMethodSetting} from './method-settings.ts';
import {applyPatch, booleanOf, type Changes, textOf} from './patch.ts';
import {readTags} from './tags.ts';

const stageVariable = /^[A-Za-z0-9\-._~:/?#&=,]+$/;

/** A stage as a deployment makes it. */
export function newStage(stageName: string, deploymentId: string): Stage {
  const now = wholeSecond();
  return {
    stageName,
    deploymentId,
    createdDate: now,
    lastUpdatedDate: now,
    methodSettings: new Map(),
    variables: new Map(),
    tags: new Map(),
    tracingEnabled: false,
    madeAt: Date.now(),
  };
}

export function checkStageName(name: string): void {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(name)) throw badRequest('Stage name only allows a-zA-Z0-9_-');
}

/** CreateStage for a deployment that is there; a second one of the name is ConflictException. */
export function createStage(apis: Apis, input: CreateStageCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  checkStageName(input.stageName ?? '');
  if (api.stages.has(input.stageName!)) throw conflict('Stage already exists');
  checkDeployment(api, input.deploymentId);
  const stage = newStage(input.stageName!, input.deploymentId!);
  if (input.description !== undefined) stage.description = input.description;
  stage.tags = readTags(input.tags);
  stage.tracingEnabled = input.tracingEnabled ?? false;
  for (const [name, value] of Object.entries(input.variables ?? {})) setVariable(stage, name, value);
  api.stages.set(stage.stageName, stage);
  return shown(stage);
}

export function getStage(apis: Apis, input: GetStageCommandInput, context: RequestContext) {
  return shown(findStage(findApi(apis, input.restApiId, context), input.stageName));
}

export function getStages(apis: Apis, input: GetStagesCommandInput, context: RequestContext) {
  const all = [...findApi(apis, input.restApiId, context).stages.values()];
  const {deploymentId} = input;
  return {item: all.filter(stage => deploymentId === undefined || stage.deploymentId === deploymentId).map(shown)};
}

export function deleteStage(apis: Apis, input: DeleteStageCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  api.stages.delete(findStage(api, input.stageName).stageName);
  return {};
}

/** UpdateStage: throttling and other settings by `/*\/*\/…` or `/~1path/METHOD/…`, variables, deployment, description. */
export function updateStage(apis: Apis, input: UpdateStageCommandInput, context: RequestContext) {
  const api = findApi(apis, input.restApiId, context);
  const stage = findStage(api, input.stageName);
  const changed = structuredClone(stage);
  for (const operation of input.patchOperations ?? []) applyPatch([operation], changesOf(api, changed, operation.path));
  changed.lastUpdatedDate = wholeSecond();
  api.stages.set(changed.stageName, changed);
  return shown(changed);
}

function changesOf(api: RestApi, stage: Stage, path: string | undefined): Changes {
  const own: Changes = {
    description: change => {
      stage.description = textOf(change);
    },
    deploymentId: change => {
      checkDeployment(api, change.value);
      stage.deploymentId = textOf(change);
    },
    tracingEnabled: change => {
      stage.tracingEnabled = booleanOf(change);
    },
    variables: change => {
      const name = change.path[1] ?? '';
      if (change.op === 'remove') stage.variables.delete(name);
      else setVariable(stage, name, textOf(change));
    },
  };
  const first = path?.slice(1).split('/')[0] ?? '';
  if (Object.hasOwn(own, first)) return own;
  return {[first.replaceAll('~1', '/').replaceAll('~0', '~')]: change => changeMethodSetting(stage, change, path)};
}

function setVariable(stage: Stage, name: string, value: string): void {
  if (!/^\w+$/.test(name)) throw badRequest('Stage variable names only allow a-zA-Z0-9_');
  if (!stageVariable.test(value)) throw badRequest(`Invalid stage variable value: ${value}`);
  stage.variables.set(name, value);
}

function checkDeployment(api: RestApi, id: string | undefined): void {
  if (!api.deployments.has(id ?? '')) throw notFound('Invalid Deployment identifier specified');
}

function shown(stage: Stage) {
  const {methodSettings, variables, tags, madeAt: _, ...rest} = stage;
  return {
    ...rest,
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: Object.fromEntries(methodSettings),
    ...(variables.size > 0 && {variables: Object.fromEntries(variables)}),
    ...(tags.size > 0 && {tags: Object.fromEntries(tags)}),
  };
}
