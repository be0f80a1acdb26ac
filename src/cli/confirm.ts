import {createInterface} from 'node:readline/promises';
import {accountAlias, callerIdentity, type Identity} from '../aws/identity.ts';
import {Problem} from '../aws/problem.ts';
import {isLoopback} from '../aws/target.ts';
import type {Connection} from '../operate/session/connect.ts';
import type {CommandContext} from './command-context.ts';
import {styled} from './output.ts';

type More = {
  /** What it will cost, in words. */
  cost?: string;
  /** What is to be seen before the answer; called on a loopback endpoint too. */
  show?: () => Promise<void>;
};

/**
 * Against AWS: says account, alias, region, caller and stack, and asks. Without a terminal `--yes` must answer, else a usage
 * Problem is thrown, and nothing but STS has been called. In an account whose alias says production the id must be typed,
 * or be given with `--account`. On a loopback endpoint nothing is asked.
 */
export async function confirm(
  context: CommandContext,
  connection: Connection,
  question: string,
  {cost, show}: More = {},
): Promise<void> {
  const {options, output, signal} = context;
  const {target, clients, names} = connection;
  if (isLoopback(target)) {
    await show?.();
    return;
  }
  const identity = await callerIdentity(clients);
  const {account, arn} = identity;
  checkAccount(identity, options.account);
  output.progress(`Account ${account} · ${target.label} · ${target.region} · stack ${names.stack}`);
  output.progress(`Caller  ${arn}`);
  if (arn.endsWith(':root'))
    output.progress(styled('yellow', 'These are root credentials: better use a role or a user.'));
  const canAsk = process.stdin.isTTY && process.stderr.isTTY;
  if (!options.yes && !canAsk) {
    throw new Problem('usage', `${question} Nobody can be asked: there is no terminal`, {
      solution: 'Say --yes if that is what you want.',
    });
  }
  const alias = await accountAlias(clients);
  if (alias !== undefined) output.progress(`Alias   ${alias}`);
  if (cost !== undefined) output.progress(`Cost    ${cost}`);
  await show?.();
  const isCareful = alias !== undefined && looksLikeProduction(alias) && options.account === undefined;
  if (isCareful && options.yes) {
    throw new Problem('usage', `The alias ${alias} looks like production: --yes does not do`, {
      solution: 'Name the account if that is what you want.',
      next: `--yes --account ${account}`,
    });
  }
  if (options.yes) return;
  const wanted = isCareful ? new RegExp(`^${account}$`) : /^y(es)?$/i;
  const hint = isCareful ? `The alias looks like production. Type the account id: ` : `${question} [y/N] `;
  if (!wanted.test(await ask(hint, signal))) throw new Problem('failed', 'Stopped: nothing was changed');
}

/** Throws a usage Problem when the account is another than the one that was named. */
function checkAccount({account}: Identity, named: string | undefined): void {
  if (named === undefined || named === account) return;
  throw new Problem('usage', `These credentials are for account ${account}, not ${named}`, {
    solution: 'Choose another profile, or the account that is meant.',
    next: 'aws configure list-profiles',
  });
}

/** `prod`, `production` or `live` as a word of the alias. */
export function looksLikeProduction(alias: string): boolean {
  return /(^|[^a-z0-9])(prod|production|live)($|[^a-z0-9])/i.test(alias);
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const prompt = createInterface({input: process.stdin, output: process.stderr});
  // Readline takes Ctrl-C for itself, and an answer that never comes would leave the process hanging.
  prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<string>(resolve => prompt.once('close', () => resolve('')));
  try {
    return (await Promise.race([prompt.question(question, {signal}), closed])).trim();
  } finally {
    prompt.close();
  }
}
