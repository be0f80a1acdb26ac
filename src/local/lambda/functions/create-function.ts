import {randomUUID} from 'node:crypto';
import type {CreateFunctionCommandInput, FunctionCode, FunctionConfiguration} from '@aws-sdk/client-lambda';
import type {CodeStore, StoredCode} from '../code/code-store.ts';
import {fullConfiguration} from './configuration.ts';
import {conflict, invalidParameter} from './errors.ts';
import {changedLogging} from './logging.ts';
import type {FunctionVersion, LambdaFunction} from './model.ts';
import {readReference} from './names.ts';
import {type Caller, checkRole, type FunctionParts, withLayers} from './parts.ts';
import {checkConstraints, checkRuntime, checkVariables, refuse} from './rules.ts';
import {versionArn} from './store.ts';
import {checkTags} from './tags.ts';
import {publish} from './versions.ts';

/** Members whose silent loss would change what the function does. */
export const unsupported = ['VpcConfig', 'FileSystemConfigs', 'DeadLetterConfig', 'ImageConfig', 'KMSKeyArn'];

const nothing = 'Uploaded file must be a non-empty zip';

/** CreateFunction. Throws what AWS throws, and InvalidParameterValueException on what the embedded AWS cannot do. */
export async function createFunction(
  parts: FunctionParts,
  input: CreateFunctionCommandInput,
  caller: Caller,
): Promise<FunctionConfiguration> {
  const {name, arn} = readReference(input.FunctionName, caller);
  check(input);
  checkRole(parts.roles, input.Role ?? '');
  if (parts.store.has(arn)) throw conflict(`Function already exist: ${name}`);
  const latest = await firstVersion(parts, input, name);
  if (parts.store.has(arn)) throw conflict(`Function already exist: ${name}`);
  const [, , , region = caller.region, account = caller.account] = arn.split(':');
  const created: LambdaFunction = {
    ...{name, arn, account, region},
    state: 'Pending',
    updating: false,
    latest,
    live: latest,
    published: [],
    lastVersion: 0,
    tags: {...input.Tags},
    policies: new Map(),
  };
  parts.store.add(created);
  parts.progress.created(created);
  const shown = input.Publish ? publish(created, input.Description) : latest;
  return fullConfiguration(created, shown, versionArn(created, shown));
}

function check(input: CreateFunctionCommandInput): void {
  checkConstraints(input);
  if (input.PackageType !== undefined && input.PackageType !== 'Zip') {
    throw invalidParameter('PackageType Image is not supported by the embedded AWS.');
  }
  refuse({...input}, unsupported);
  if (!input.Handler || !input.Runtime) {
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  checkRuntime(input.Runtime);
  checkVariables(input.Environment?.Variables);
  checkTags(input.Tags ?? {});
  changedLogging(undefined, input.LoggingConfig);
}

async function firstVersion(
  parts: FunctionParts,
  input: CreateFunctionCommandInput,
  name: string,
): Promise<FunctionVersion> {
  const code = await takeCode(parts.code, input.Code ?? {});
  checkRuntime(input.Runtime);
  return {
    version: '$LATEST',
    runtime: input.Runtime,
    handler: input.Handler ?? '',
    role: input.Role ?? '',
    description: input.Description ?? '',
    timeout: input.Timeout ?? 3,
    memorySize: input.MemorySize ?? 128,
    ephemeralStorage: input.EphemeralStorage?.Size ?? 512,
    variables: {...input.Environment?.Variables},
    architecture: input.Architectures?.[0] ?? 'x86_64',
    tracing: input.TracingConfig?.Mode ?? 'PassThrough',
    logGroup: input.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    jsonLogging: changedLogging(undefined, input.LoggingConfig),
    code,
    ...(await withLayers(parts, code, input.Layers ?? [])),
    lastModified: new Date(),
    revisionId: randomUUID(),
  };
}

/** The zip of a CreateFunction or UpdateFunctionCode, stored. */
export function takeCode(store: CodeStore, code: FunctionCode): Promise<StoredCode> {
  refuse({...code}, ['S3Bucket', 'S3Key', 'ImageUri']);
  if (!code.ZipFile) throw invalidParameter(nothing);
  return store.add(code.ZipFile);
}
