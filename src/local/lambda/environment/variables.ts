import type {Address, SandboxPaths} from '../sandbox/sandbox.ts';
import type {EnvironmentSpec} from './environment.ts';

type Variables = Record<string, string>;

/** What a child needs to be found and to run: built from nothing, so that the user's own variables stay out. */
export type ProcessContext = {
  spec: EnvironmentSpec;
  paths: SandboxPaths;
  api: Address;
  /** Folders searched for programs, before `/opt/bin`. */
  programFolders: readonly string[];
};

/** Variables of the runtime, as Lambda sets them: the customer's first, everything reserved wins over them. */
export function runtimeVariables(context: ProcessContext): Variables {
  const {spec, paths} = context;
  const nodeMajor = process.versions.node.split('.')[0];
  const managed: Variables = spec.runtime.startsWith('provided')
    ? {}
    : {AWS_EXECUTION_ENV: `AWS_Lambda_${spec.runtime}`};
  return {
    ...sharedVariables(context),
    ...managed,
    _HANDLER: spec.handler,
    LAMBDA_TASK_ROOT: paths.task,
    LAMBDA_RUNTIME_DIR: paths.runtime,
    AWS_LAMBDA_LOG_GROUP_NAME: spec.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: spec.logStream,
    NODE_PATH: [
      `${paths.opt}/nodejs/node${nodeMajor}/node_modules`,
      `${paths.opt}/nodejs/node_modules`,
      `${paths.runtime}/node_modules`,
      paths.runtime,
      paths.task,
    ].join(':'),
  };
}

/** Variables of an extension: what belongs to the runtime alone, and every name with a leading `_`, is withheld. */
export function extensionVariables(context: ProcessContext): Variables {
  return Object.fromEntries(
    Object.entries(sharedVariables(context)).filter(([name]) => !name.startsWith('_') && !withheld.has(name)),
  );
}

const withheld = new Set([
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_XRAY_CONTEXT_MISSING',
  'AWS_XRAY_DAEMON_ADDRESS',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);

function sharedVariables({spec, paths, api, programFolders}: ProcessContext): Variables {
  const programs = [...programFolders, `${paths.opt}/bin`];
  const system: Variables = {
    PATH: programs.join(':'),
    LD_LIBRARY_PATH: [paths.task, `${paths.task}/lib`, `${paths.opt}/lib`].join(':'),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...(paths.tmp === '/tmp' ? {} : {TMPDIR: paths.tmp}),
  };
  return {
    ...system,
    ...spec.variables,
    ...(paths.tmp === '/tmp' ? {} : {NODE_OPTIONS: withSandboxNames(spec.variables.NODE_OPTIONS, paths)}),
    AWS_REGION: spec.region,
    AWS_DEFAULT_REGION: spec.region,
    // The account, so that calls made with it stay in it.
    AWS_ACCESS_KEY_ID: spec.account,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: spec.variables.AWS_ENDPOINT_URL ?? spec.endpoint,
    AWS_LAMBDA_FUNCTION_NAME: spec.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: spec.functionVersion,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: spec.initializationType,
    AWS_LAMBDA_RUNTIME_API: `${api.host}:${api.port}`,
    ...(spec.jsonLogging && {
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: spec.jsonLogging.applicationLevel,
    }),
  };
}

/** Node options are split at blanks outside of double quotes. Ours comes first: the customer's may already use names. */
function withSandboxNames(options: string | undefined, {runtime}: SandboxPaths): string {
  const path = `${runtime}/sandbox-names.cjs`.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `--require "${path}"${options ? ` ${options}` : ''}`;
}
