import type {Connection} from '../operate/session/connect.ts';
import type {DeployOptions} from '../provision/context.ts';
import {planDeploy} from '../provision/dry-run.ts';
import type {CommandContext} from './command-context.ts';
import {planLines} from './plan-lines.ts';
import {tokenQuery} from './token-line.ts';

const makeToken = `head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \\n'`;

/** Prints what deploy would do as a script for sh. The token of the API is not in it: the script makes or reads it. */
export async function printPlan(
  {output, signal}: CommandContext,
  {target, clients, names}: Connection,
  options: DeployOptions,
  auth: {token: string; isNew: boolean} | undefined,
): Promise<void> {
  const plan = await planDeploy({
    target,
    clients,
    names,
    signal,
    options,
    ...(auth && {secrets: new Map([[auth.token, 'TOKEN']])}),
  });
  const usesToken = plan.commands.some(({command}) => command.includes('"$TOKEN"'));
  const setup = usesToken ? [`TOKEN=$(${auth?.isNew ? makeToken : tokenQuery(names)})`] : [];
  const {region, endpoint, profile} = target;
  const lines = planLines(plan, {
    region,
    setup,
    ...(endpoint !== undefined && {endpoint}),
    ...(profile !== undefined && {profile}),
  });
  for (const line of lines) output.line(line);
  output.result({ok: true, commands: plan.commands, setup});
}
