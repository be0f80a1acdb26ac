import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  type FunctionConfiguration,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {classifyError, orAbsent} from '../../aws/errors.ts';
import type {StackNames} from '../../aws/names.ts';
import {Problem} from '../../aws/problem.ts';
import {stackTags} from '../../aws/tags.ts';
import {until} from '../../aws/until.ts';
import {functionArn} from '../arns.ts';
import {type Context, perRun} from '../context.ts';
import {inspectTagged, type ResourceNode, type Tell} from '../resource-node.ts';
import {codeDrift, configurationDrift, type FunctionKind, wantedConfiguration} from './function-configuration.ts';
import {expectRole, roleCreatedAt} from './role.ts';

/** Reads one function, by name, with tags; `undefined` when there is none. */
export function functionReader(name: (names: StackNames) => string) {
  return perRun(async ({clients, names}) => {
    const live = await orAbsent(clients.lambda.send(new GetFunctionCommand({FunctionName: name(names)})));
    return live?.Configuration && {configuration: live.Configuration, tags: live.Tags};
  });
}

/** One of the two functions. */
export function lambdaFunction(kind: FunctionKind, read: ReturnType<typeof functionReader>): ResourceNode {
  const {id} = kind;
  return {
    id,
    title: kind.title,
    name: names => names[id],
    needs: kind.needs,
    removeAfter: [],
    read,
    async inspect(context) {
      const live = await read(context);
      if (!live) return {state: 'absent'};
      return inspectTagged(context, id, live.tags, async () => {
        const code = await codeDrift(context, kind, live.configuration);
        return [...code, ...(await configurationDrift(context, kind, live.configuration))];
      });
    },
    adopt(context) {
      const input = {Resource: functionArn(context, context.names[id]), Tags: stackTags(context.names.stack, id)};
      return context.clients.lambda.send(new TagResourceCommand(input));
    },
    async ensure(context, tell) {
      const live = await read(context);
      if (live && !(await isOlderThanRole(context, live.configuration))) {
        return update(context, kind, live.configuration, tell);
      }
      if (live) await removeFunction(context, kind);
      await create(context, kind, live?.configuration);
      return live ? 'updated' : 'created';
    },
    async remove(context, tell) {
      if (!(await read(context))) return 'absent';
      await removeFunction(context, kind);
      tell('waiting until it is gone');
      const isGone = async () => ((await functionState(context, kind)) ? undefined : true);
      const what = `the function ${context.names[id]} to be gone`;
      await until(isGone, {what, timeoutMs: 60_000, schedule: [50, 100, 200, 400], signal: context.signal});
      return 'deleted';
    },
  };
}

/**
 * The grant on the key that encrypts the variables names the role by its id: with a new role of the same name every
 * invocation of an older function fails, so it has to be made anew.
 */
async function isOlderThanRole(context: Context, live: FunctionConfiguration): Promise<boolean> {
  if (context.made.role) return true;
  const created = await roleCreatedAt(context);
  return created !== undefined && created.getTime() > Date.parse(live.LastModified ?? '');
}

async function create(context: Context, kind: FunctionKind, previous?: FunctionConfiguration): Promise<void> {
  const {clients, names} = context;
  const command = new CreateFunctionCommand({
    ...(await wantedConfiguration(context, kind, previous)),
    Description: kind.description,
    Architectures: ['arm64'],
    Code: {ZipFile: (await context.assets)![kind.id].zip},
    Tags: stackTags(names.stack, kind.id),
  });
  try {
    await clients.lambda.send(command);
  } catch (error) {
    if (classifyError(error) === 'role') await expectRole(context, kind.id);
    throw error;
  }
}

async function update(context: Context, kind: FunctionKind, live: FunctionConfiguration, tell: Tell) {
  const {lambda} = context.clients;
  const FunctionName = context.names[kind.id];
  const code = await codeDrift(context, kind, live);
  const configuration = await configurationDrift(context, kind, live);
  if (code.length > 0) {
    await untilSettled(context, kind.id, tell);
    const ZipFile = (await context.assets)![kind.id].zip;
    await lambda.send(new UpdateFunctionCodeCommand({FunctionName, ZipFile, Architectures: ['arm64']}));
  }
  if (configuration.length > 0) {
    await untilSettled(context, kind.id, tell);
    await lambda.send(new UpdateFunctionConfigurationCommand(await wantedConfiguration(context, kind, live)));
  }
  return code.length + configuration.length > 0 ? 'updated' : 'unchanged';
}

async function functionState(context: Context, kind: FunctionKind): Promise<FunctionConfiguration | undefined> {
  const FunctionName = context.names[kind.id];
  return orAbsent(context.clients.lambda.send(new GetFunctionConfigurationCommand({FunctionName})));
}

async function removeFunction(context: Context, kind: FunctionKind): Promise<void> {
  const FunctionName = context.names[kind.id];
  await orAbsent(context.clients.lambda.send(new DeleteFunctionCommand({FunctionName})));
}

/** Waits until no creation or update of the function is under way; gives its configuration then. */
async function untilSettled(context: Context, id: FunctionKind['id'], tell: Tell): Promise<FunctionConfiguration> {
  const FunctionName = context.names[id];
  const probe = async () => {
    const live = await context.clients.lambda.send(new GetFunctionConfigurationCommand({FunctionName}));
    const isSettled = live.State !== 'Pending' && live.LastUpdateStatus !== 'InProgress';
    if (!isSettled) tell(`waiting for ${FunctionName} to be Active`);
    return isSettled ? live : undefined;
  };
  const what = `the function ${FunctionName} to be Active`;
  return until(probe, {what, timeoutMs: 120_000, schedule: [100, 200], signal: context.signal});
}

/** Waits until the function takes invocations. Throws a Problem with Lambda's own reason when it never will. */
export async function untilActive(context: Context, id: FunctionKind['id'], tell: Tell): Promise<void> {
  const live = await untilSettled(context, id, tell);
  const title = `The function ${context.names[id]} has failed`;
  if (live.State === 'Failed') {
    throw new Problem('failed', title, {details: `${live.StateReasonCode}: ${live.StateReason}`});
  }
  if (live.LastUpdateStatus === 'Failed') {
    const details = `${live.LastUpdateStatusReasonCode}: ${live.LastUpdateStatusReason}`;
    throw new Problem('failed', title, {details});
  }
}
