import {
  CreateAuthorizer$,
  CreateDeployment$,
  CreateResource$,
  CreateRestApi$,
  CreateStage$,
  DeleteAuthorizer$,
  DeleteDeployment$,
  DeleteIntegration$,
  DeleteMethod$,
  DeleteResource$,
  DeleteRestApi$,
  DeleteStage$,
  GetAuthorizer$,
  GetAuthorizers$,
  GetDeployment$,
  GetDeployments$,
  GetIntegration$,
  GetMethod$,
  GetResource$,
  GetResources$,
  GetRestApi$,
  GetRestApis$,
  GetStage$,
  GetStages$,
  GetTags$,
  PutIntegration$,
  PutMethod$,
  TagResource$,
  UntagResource$,
  UpdateAuthorizer$,
  UpdateIntegration$,
  UpdateMethod$,
  UpdateRestApi$,
  UpdateStage$,
} from '@aws-sdk/client-api-gateway';
import type {StaticOperationSchema} from '@smithy/types';
import type {Handler, RequestContext} from '../../wire/service.ts';
import type {Apis} from '../model.ts';
import * as authorizers from './authorizers.ts';
import * as deployments from './deployments.ts';
import * as integrations from './integrations.ts';
import * as methods from './methods.ts';
import * as resources from './resources.ts';
import * as restApis from './rest-apis.ts';
import * as stages from './stages.ts';
import * as tags from './tags.ts';

// biome-ignore lint/suspicious/noExplicitAny: each operation types its input by the SDK's own CommandInput
type Operation = (apis: Apis, input: any, context: RequestContext) => unknown;

const served: readonly (readonly [StaticOperationSchema, Operation])[] = [
  [CreateRestApi$, restApis.createRestApi],
  [GetRestApi$, restApis.getRestApi],
  [GetRestApis$, restApis.getRestApis],
  [UpdateRestApi$, restApis.updateRestApi],
  [DeleteRestApi$, restApis.deleteRestApi],
  [CreateResource$, resources.createResource],
  [GetResource$, resources.getResource],
  [GetResources$, resources.getResources],
  [DeleteResource$, resources.deleteResource],
  [PutMethod$, methods.putMethod],
  [GetMethod$, methods.getMethod],
  [UpdateMethod$, methods.updateMethod],
  [DeleteMethod$, methods.deleteMethod],
  [PutIntegration$, integrations.putIntegration],
  [GetIntegration$, integrations.getIntegration],
  [UpdateIntegration$, integrations.updateIntegration],
  [DeleteIntegration$, integrations.deleteIntegration],
  [CreateAuthorizer$, authorizers.createAuthorizer],
  [GetAuthorizer$, authorizers.getAuthorizer],
  [GetAuthorizers$, authorizers.getAuthorizers],
  [UpdateAuthorizer$, authorizers.updateAuthorizer],
  [DeleteAuthorizer$, authorizers.deleteAuthorizer],
  [CreateDeployment$, deployments.createDeployment],
  [GetDeployment$, deployments.getDeployment],
  [GetDeployments$, deployments.getDeployments],
  [DeleteDeployment$, deployments.deleteDeployment],
  [CreateStage$, stages.createStage],
  [GetStage$, stages.getStage],
  [GetStages$, stages.getStages],
  [UpdateStage$, stages.updateStage],
  [DeleteStage$, stages.deleteStage],
  [GetTags$, tags.getTags],
  [TagResource$, tags.tagResource],
  [UntagResource$, tags.untagResource],
];

/** The control plane: every operation it serves, working on the given APIs. */
export function controlPlane(apis: Apis): [StaticOperationSchema, Handler][] {
  return served.map(([schema, operation]) => [schema, (input, context) => operation(apis, input, context)]);
}
