import {Architecture, Runtime, TracingMode} from '@aws-sdk/client-lambda';
import {invalidParameter} from './errors.ts';
import {checkLogging} from './logging.ts';
import {Violations} from './violations.ts';

const rolePattern = /arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+/;
const variablePattern = /^[a-zA-Z]([a-zA-Z0-9_])+$/;
const variablesLimit = 4_096;
const reserved = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);
const runnable = /^(nodejs(1[89]|[2-9]\d)\.x|python3\.\d+|provided\.al\d+)$/;

type Settable = {
  Role?: string | undefined;
  Handler?: string | undefined;
  Description?: string | undefined;
  Timeout?: number | undefined;
  MemorySize?: number | undefined;
  EphemeralStorage?: {Size?: number | undefined} | undefined;
  TracingConfig?: {Mode?: string | undefined} | undefined;
  Architectures?: readonly string[] | undefined;
  LoggingConfig?: Parameters<typeof checkLogging>[1];
};

/** The constraints of Lambda's model; all violations in one ValidationException, as AWS answers. */
export function checkConstraints(input: Settable): void {
  const violations = new Violations()
    .pattern(input.Role, 'role', rolePattern)
    .pattern(input.Handler, 'handler', /\S+/)
    .length(input.Handler, 'handler', 128)
    .length(input.Description, 'description', 256)
    .range(input.Timeout, 'timeout', [1, 900])
    .range(input.MemorySize, 'memorySize', [128, 10_240])
    .range(input.EphemeralStorage?.Size, 'ephemeralStorage.size', [512, 10_240])
    .oneOf(input.TracingConfig?.Mode, 'tracingConfig.mode', Object.values(TracingMode));
  checkLogging(violations, input.LoggingConfig);
  for (const one of input.Architectures ?? []) violations.oneOf(one, 'architectures', Object.values(Architecture));
  violations.raise();
  if (input.Architectures && input.Architectures.length !== 1) {
    throw invalidParameter('The Architectures list must have exactly one item.');
  }
}

/** Throws InvalidParameterValueException on a runtime that AWS does not know, no longer takes, or that cannot be run here. */
export function checkRuntime(runtime: string | undefined): asserts runtime is Runtime {
  const known: readonly string[] = Object.values(Runtime);
  if (runtime === undefined || !known.includes(runtime)) {
    throw invalidParameter(
      `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${known.join(', ')}] or be a valid ARN`,
    );
  }
  if (!runnable.test(runtime)) {
    throw invalidParameter(
      `The runtime parameter of ${runtime} is not supported by the embedded AWS, which runs nodejs18.x and newer, python3 and provided.al2 and newer.`,
    );
  }
}

/** Names, reserved names and the 4 kB limit. Values are never repeated in an error but for the size, as AWS measures it. */
export function checkVariables(variables: Readonly<Record<string, string>> = {}): void {
  const names = Object.keys(variables);
  const constraint = `Map keys must satisfy constraint: [Member must satisfy regular expression pattern: ${variablePattern.source.slice(1, -1)}]`;
  const taken = names.filter(name => reserved.has(name));
  if (taken.length > 0) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(', ')}`,
    );
  }
  const bad = names.some(name => !variablePattern.test(name));
  if (bad) new Violations().add(undefined, 'environment.variables', constraint).raise();
  const size = Buffer.byteLength(JSON.stringify(variables));
  if (names.length > 0 && size > variablesLimit) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. Size measured: ${size} bytes`,
    );
  }
}

/** Throws InvalidParameterValueException on what Lambda has and the embedded AWS has not. */
export function refuse(input: Readonly<Record<string, unknown>>, members: readonly string[]): void {
  const used = members.find(member => input[member] !== undefined);
  if (used) throw invalidParameter(`${used} is not supported by the embedded AWS.`);
}
