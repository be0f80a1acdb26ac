import type {
  FunctionConfiguration,
  UpdateFunctionCodeCommandInput,
  UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import {fullConfiguration} from './configuration.ts';
import {takeCode, unsupported} from './create-function.ts';
import {invalidParameter, staleRevision} from './errors.ts';
import {changedLogging} from './logging.ts';
import type {FunctionVersion, LambdaFunction} from './model.ts';
import {readReference} from './names.ts';
import {type Caller, checkRole, type FunctionParts, withLayers} from './parts.ts';
import {checkConstraints, checkRuntime, checkVariables, refuse} from './rules.ts';
import {changed, checkSettled, versionArn} from './store.ts';
import {publish} from './versions.ts';

/** UpdateFunctionCode. With DryRun everything is checked and nothing changed. */
export async function updateFunctionCode(
  parts: FunctionParts,
  input: UpdateFunctionCodeCommandInput,
  caller: Caller,
): Promise<FunctionConfiguration> {
  const found = findLatest(parts, input, caller);
  checkConstraints(input.Architectures ? {Architectures: input.Architectures} : {});
  const {ZipFile, S3Bucket, S3Key, ImageUri} = input;
  const code = await takeCode(parts.code, {ZipFile, S3Bucket, S3Key, ImageUri});
  parts.code.checkTogether([code, ...found.latest.layers.map(layer => layer.code)]);
  const architecture = input.Architectures?.[0] ?? found.latest.architecture;
  const next = changed(found.latest, {code, architecture});
  if (input.DryRun) return fullConfiguration(found, next, found.arn);
  recheck(parts, found, input);
  parts.progress.updated(found, next);
  const shown = input.Publish ? publish(found, undefined) : next;
  return fullConfiguration(found, shown, versionArn(found, shown));
}

/** UpdateFunctionConfiguration. What is left out stays; Environment and Layers are replaced as a whole. */
export async function updateFunctionConfiguration(
  parts: FunctionParts,
  input: UpdateFunctionConfigurationCommandInput,
  caller: Caller,
): Promise<FunctionConfiguration> {
  const found = findLatest(parts, input, caller);
  checkConstraints(input);
  refuse({...input}, unsupported);
  checkVariables(input.Environment?.Variables);
  if (input.Role !== undefined) checkRole(parts.roles, input.Role);
  const change = await changeOf(parts, found, input);
  recheck(parts, found, input);
  const next = changed(found.latest, change);
  parts.progress.updated(found, next);
  return fullConfiguration(found, next, found.arn);
}

type Update = {FunctionName: string | undefined; RevisionId?: string | undefined};

function findLatest(parts: FunctionParts, input: Update, caller: Caller): LambdaFunction {
  const reference = readReference(input.FunctionName, caller);
  const found = parts.store.get(reference);
  if (reference.qualifier !== undefined && reference.qualifier !== '$LATEST') {
    throw invalidParameter(
      'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
    );
  }
  checkChangeable(found, input);
  return found;
}

/** Again after unpacking, which takes its time: the function may have been changed or deleted meanwhile. */
function recheck(parts: FunctionParts, found: LambdaFunction, input: Update): void {
  parts.store.get(found);
  checkChangeable(found, input);
}

function checkChangeable(found: LambdaFunction, {RevisionId}: Update): void {
  checkSettled(found);
  if (RevisionId !== undefined && RevisionId !== found.latest.revisionId) throw staleRevision();
}

type Writable = {-readonly [Member in keyof FunctionVersion]?: FunctionVersion[Member]};

async function changeOf(
  parts: FunctionParts,
  {latest}: LambdaFunction,
  input: UpdateFunctionConfigurationCommandInput,
): Promise<Partial<FunctionVersion>> {
  const change: Writable = {};
  if (input.Runtime !== undefined) {
    checkRuntime(input.Runtime);
    change.runtime = input.Runtime;
  }
  if (input.Handler !== undefined) change.handler = input.Handler;
  if (input.Role !== undefined) change.role = input.Role;
  if (input.Description !== undefined) change.description = input.Description;
  if (input.Timeout !== undefined) change.timeout = input.Timeout;
  if (input.MemorySize !== undefined) change.memorySize = input.MemorySize;
  if (input.EphemeralStorage?.Size !== undefined) change.ephemeralStorage = input.EphemeralStorage.Size;
  if (input.Environment !== undefined) change.variables = {...input.Environment.Variables};
  if (input.TracingConfig?.Mode !== undefined) change.tracing = input.TracingConfig.Mode;
  if (input.LoggingConfig?.LogGroup !== undefined) change.logGroup = input.LoggingConfig.LogGroup;
  if (input.LoggingConfig !== undefined) change.jsonLogging = changedLogging(latest.jsonLogging, input.LoggingConfig);
  if (input.Layers !== undefined) Object.assign(change, await withLayers(parts, latest.code, input.Layers));
  return change;
}
