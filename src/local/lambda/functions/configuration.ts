import type {FunctionConfiguration} from '@aws-sdk/client-lambda';
import {lambdaTime} from './lambda-time.ts';
import {shownLogging} from './logging.ts';
import type {FunctionVersion, LambdaFunction} from './model.ts';

/** The function's configuration without its state, as the listings give it. */
export function listedConfiguration(
  {name}: LambdaFunction,
  version: FunctionVersion,
  arn: string,
): FunctionConfiguration {
  return {
    FunctionName: name,
    FunctionArn: arn,
    Runtime: version.runtime,
    Role: version.role,
    Handler: version.handler,
    CodeSize: version.code.size,
    Description: version.description,
    Timeout: version.timeout,
    MemorySize: version.memorySize,
    LastModified: lambdaTime(version.lastModified),
    CodeSha256: version.code.sha256,
    Version: version.version,
    ...(Object.keys(version.variables).length > 0 && {Environment: {Variables: {...version.variables}}}),
    TracingConfig: {Mode: version.tracing},
    RevisionId: version.revisionId,
    ...(version.layers.length > 0 && {Layers: version.layers.map(({arn: Arn, code}) => ({Arn, CodeSize: code.size}))}),
    PackageType: 'Zip',
    Architectures: [version.architecture],
    EphemeralStorage: {Size: version.ephemeralStorage},
    SnapStart: {ApplyOn: 'None', OptimizationStatus: 'Off'},
    LoggingConfig: shownLogging(version.jsonLogging, version.logGroup),
  };
}

/** The whole configuration, with the states a client waits for. */
export function fullConfiguration(
  lambdaFunction: LambdaFunction,
  version: FunctionVersion,
  arn: string,
): FunctionConfiguration {
  return {...listedConfiguration(lambdaFunction, version, arn), ...states(lambdaFunction, version)};
}

function states({state, updating}: LambdaFunction, {version}: FunctionVersion): FunctionConfiguration {
  if (state === 'Pending') {
    return {State: 'Pending', StateReason: 'The function is being created.', StateReasonCode: 'Creating'};
  }
  if (updating && version === '$LATEST') {
    return {
      State: 'Active',
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReason: 'The function is being updated.',
    };
  }
  return {State: 'Active', LastUpdateStatus: 'Successful'};
}
