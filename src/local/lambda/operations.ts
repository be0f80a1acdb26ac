import {
  AddPermission$,
  CreateFunction$,
  DeleteFunction$,
  DeleteFunctionConcurrency$,
  DeleteLayerVersion$,
  GetAccountSettings$,
  GetFunction$,
  GetFunctionCodeSigningConfig$,
  GetFunctionConcurrency$,
  GetFunctionConfiguration$,
  GetLayerVersion$,
  GetLayerVersionByArn$,
  GetPolicy$,
  Invoke$,
  InvokeWithResponseStream$,
  ListFunctions$,
  ListLayers$,
  ListLayerVersions$,
  ListTags$,
  ListVersionsByFunction$,
  PublishLayerVersion$,
  PublishVersion$,
  PutFunctionConcurrency$,
  RemovePermission$,
  TagResource$,
  UntagResource$,
  UpdateFunctionCode$,
  UpdateFunctionConfiguration$,
} from '@aws-sdk/client-lambda';
import type {Settings} from '../settings.ts';
import type {Handler, SchemaService} from '../wire/service.ts';
import {createConcurrencyHandlers} from './functions/concurrency.ts';
import {createFunction} from './functions/create-function.ts';
import {createFunctionHandlers} from './functions/handlers.ts';
import type {FunctionParts} from './functions/parts.ts';
import {createTagHandlers} from './functions/tags.ts';
import {updateFunctionCode, updateFunctionConfiguration} from './functions/update-function.ts';
import {createVersionHandlers} from './functions/versions.ts';
import {refuseStream} from './invoke/refuse-stream.ts';
import {createLayerHandlers} from './layers/handlers.ts';
import {createPermissionHandlers} from './permissions/handlers.ts';

/** Every operation of Lambda that is served, with what answers it. */
export function createOperations(
  parts: FunctionParts,
  settings: Settings,
  invoke: Handler,
): SchemaService['operations'] {
  const layers = createLayerHandlers(parts.layers, parts.code);
  const functions = createFunctionHandlers(parts);
  const versions = createVersionHandlers(parts);
  const permissions = createPermissionHandlers(parts.store, settings.policyWriteMs);
  const concurrency = createConcurrencyHandlers(parts.store, settings);
  const tags = createTagHandlers(parts.store);
  return [
    [PublishLayerVersion$, layers.publishLayerVersion],
    [GetLayerVersion$, layers.getLayerVersion],
    [GetLayerVersionByArn$, layers.getLayerVersionByArn],
    [ListLayerVersions$, layers.listLayerVersions],
    [ListLayers$, layers.listLayers],
    [DeleteLayerVersion$, layers.deleteLayerVersion],
    [CreateFunction$, (input, context) => createFunction(parts, input, context)],
    [GetFunction$, functions.getFunction],
    [GetFunctionConfiguration$, functions.getFunctionConfiguration],
    [GetFunctionCodeSigningConfig$, functions.getFunctionCodeSigningConfig],
    [ListFunctions$, functions.listFunctions],
    [UpdateFunctionCode$, (input, context) => updateFunctionCode(parts, input, context)],
    [UpdateFunctionConfiguration$, (input, context) => updateFunctionConfiguration(parts, input, context)],
    [DeleteFunction$, functions.deleteFunction],
    [PublishVersion$, versions.publishVersion],
    [ListVersionsByFunction$, versions.listVersionsByFunction],
    [AddPermission$, permissions.addPermission],
    [RemovePermission$, permissions.removePermission],
    [GetPolicy$, permissions.getPolicy],
    [PutFunctionConcurrency$, concurrency.putFunctionConcurrency],
    [GetFunctionConcurrency$, concurrency.getFunctionConcurrency],
    [DeleteFunctionConcurrency$, concurrency.deleteFunctionConcurrency],
    [GetAccountSettings$, concurrency.getAccountSettings],
    [TagResource$, tags.tagResource],
    [UntagResource$, tags.untagResource],
    [ListTags$, tags.listTags],
    [Invoke$, invoke],
    [InvokeWithResponseStream$, refuseStream],
  ];
}
