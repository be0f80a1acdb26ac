import type {FunctionConfiguration} from '@aws-sdk/client-lambda';
import type {StackNames} from '../../aws/names.ts';
import {roleArn} from '../arns.ts';
import type {Context, DeployOptions} from '../context.ts';
import {wantedFound} from '../first-difference.ts';
import type {ResourceNode} from '../resource-node.ts';

/** What one of the two functions is. */
export type FunctionKind = {
  id: 'target' | 'authorizer';
  title: string;
  description: string;
  timeoutSeconds: number;
  needs: ResourceNode['needs'];
  /** The variables that are ours to set; `undefined` where the options do not say: then any value is right. */
  variables(names: StackNames, options?: DeployOptions): Record<string, string | undefined>;
  /** Their names; all others (LIFECYCLE_GENERATION, LIFECYCLE_DEBUG, somebody's own) are kept as they are. */
  variableNames: readonly string[];
  layers(context: Context): Promise<string[]>;
};

/** As Lambda is asked for it. The variables that are not ours to set are kept from `live`. */
export async function wantedConfiguration(context: Context, kind: FunctionKind, live?: FunctionConfiguration) {
  const kept = Object.entries(live?.Environment?.Variables ?? {}).filter(([key]) => !kind.variableNames.includes(key));
  const wanted = Object.entries(kind.variables(context.names, context.options)).filter(hasValue);
  return {
    FunctionName: context.names[kind.id],
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: roleArn(context),
    Timeout: kind.timeoutSeconds,
    MemorySize: 256,
    Layers: await kind.layers(context),
    Environment: {Variables: Object.fromEntries([...kept, ...wanted])},
  } as const;
}

function hasValue(entry: [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined;
}

/** How the code differs; nothing where it is not known what should be there. */
export async function codeDrift(context: Context, kind: FunctionKind, live: FunctionConfiguration): Promise<string[]> {
  const wanted = (await context.assets)?.[kind.id].sha256;
  const isArm = live.Architectures?.includes('arm64');
  return [
    ...(wanted !== undefined && live.CodeSha256 !== wanted ? [`code: ${wantedFound(wanted, live.CodeSha256)}`] : []),
    ...(isArm ? [] : [`architecture: ${wantedFound('arm64', live.Architectures?.join())}`]),
  ];
}

/** How the configuration differs. The Description is free: force SHUTDOWN may use it. */
export async function configurationDrift(
  context: Context,
  kind: FunctionKind,
  live: FunctionConfiguration,
): Promise<string[]> {
  const wanted = await wantedConfiguration(context, kind, live);
  const differs = (['Runtime', 'Handler', 'Role', 'Timeout', 'MemorySize'] as const).filter(
    key => live[key] !== wanted[key],
  );
  const layers = (live.Layers ?? []).map(each => each.Arn).join();
  // A layer that is missing is told of itself: what the function should have instead is not known before it is there again.
  const unknown = kind.needs.includes('layer') && wanted.Layers.length === 0;
  return [
    ...differs.map(key => `${key}: ${wantedFound(wanted[key], live[key])}`),
    ...(unknown || layers === wanted.Layers.join() ? [] : [`Layers: ${wantedFound(wanted.Layers.join(), layers)}`]),
    ...variableDrift(context, kind, live.Environment?.Variables ?? {}),
  ];
}

/** Who reads a status need not know them. */
const secret: ReadonlySet<string> = new Set(['LIFECYCLE_AUTH_TOKEN', 'LIFECYCLE_WEBHOOK_URL']);

function variableDrift({names, options}: Context, kind: FunctionKind, live: Record<string, string>): string[] {
  const wanted = kind.variables(names, options);
  return kind.variableNames
    .filter(key => (options || wanted[key] !== undefined) && live[key] !== wanted[key])
    .map(key => `variable ${key}${secret.has(key) ? ' differs' : `: ${wantedFound(wanted[key], live[key])}`}`);
}
