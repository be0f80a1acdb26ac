// The embedded AWS with one function for each zip named as NAME=ZIPFILE in its arguments; makes each of them anew in every round,
// turn by turn, and prints what that took as JSON: `{NAME: {init, first, warm}}`, ms.
import {readFileSync} from 'node:fs';
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import {startLocalAws} from '../../src/local/start.ts';

const [roundsText, payload, ...zips] = process.argv.slice(2);
const warmPerRound = 10;

type Times = {init: number[]; first: number[]; warm: number[]};
const times = new Map<string, Times>();
/** How long the last event kept an environment busy, and whether one is there, by function. */
const busyMs = new Map<string, number>();
const alive = new Set<string>();
const local = await startLocalAws({
  port: 0,
  settings: {freeze: false, idleMs: 600_000, functionUpdateMs: 0, functionCreateMs: 0},
  onTransition({functionName, from, to, ms}) {
    if (to === 'ready') alive.add(functionName);
    if (to === 'gone') alive.delete(functionName);
    if (from === 'init') times.get(functionName)!.init.push(ms);
    if (from === 'invoking' && to === 'ready') busyMs.set(functionName, ms);
  },
});
const config = {
  endpoint: local.endpoint,
  region: 'us-east-1',
  credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
};
const [iam, lambda] = [new IAMClient(config), new LambdaClient(config)];
const waiting = {client: lambda, maxWaitTime: 20, minDelay: 1, maxDelay: 1};

/** Until the condition holds, looked at often enough to lose no time that is measured. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 2));
}

/** How long the environment was busy with one event, ms. */
async function invoke(FunctionName: string): Promise<number> {
  busyMs.delete(FunctionName);
  const {FunctionError, Payload} = await lambda.send(new InvokeCommand({FunctionName, Payload: Buffer.from(payload!)}));
  const {statusCode} = JSON.parse(Buffer.from(Payload!).toString()) as {statusCode?: number};
  if (FunctionError || statusCode !== 200) throw new Error(`${FunctionName} answered ${Buffer.from(Payload!)}`);
  await until(() => busyMs.has(FunctionName));
  return busyMs.get(FunctionName)!;
}

const trust = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};
const {Role} = await iam.send(
  new CreateRoleCommand({
    RoleName: 'bench',
    AssumeRolePolicyDocument: JSON.stringify({Version: '2012-10-17', Statement: [trust]}),
  }),
);
for (const zip of zips) {
  const [FunctionName = '', file = ''] = zip.split('=');
  times.set(FunctionName, {init: [], first: [], warm: []});
  await lambda.send(
    new CreateFunctionCommand({
      ...{FunctionName, Runtime: 'nodejs24.x', Role: Role?.Arn, Handler: 'index.handler'},
      Code: {ZipFile: readFileSync(file)},
    }),
  );
  await waitUntilFunctionActiveV2(waiting, {FunctionName});
}

const names = [...times.keys()];
for (let round = 0; round < Number(roundsText); round += 1) {
  // Each has each place in turn.
  names.push(names.shift()!);
  for (const FunctionName of names) {
    await lambda.send(new UpdateFunctionConfigurationCommand({FunctionName, Description: `round ${round}`}));
    await waitUntilFunctionUpdatedV2(waiting, {FunctionName});
    await until(() => !alive.has(FunctionName));
    const own = times.get(FunctionName)!;
    own.first.push(await invoke(FunctionName));
    for (let turn = 0; turn < warmPerRound; turn += 1) own.warm.push(await invoke(FunctionName));
  }
}
console.log(JSON.stringify(Object.fromEntries(times)));
await local.close();
process.exit();
