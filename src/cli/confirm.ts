import {createInterface} from 'node:readline/promises';
import {callerIdentity} from '../aws/identity.ts';
import {Problem} from '../aws/problem.ts';
import {isLoopback} from '../aws/target.ts';
import type {Connection} from '../operate/connect.ts';
import type {CommandContext} from './command-context.ts';

/**
 * Against AWS: says account, region and stack, and asks. Without a terminal `--yes` must answer, else a usage Problem is
 * thrown; until the answer nothing but STS is called. On a loopback endpoint nothing is asked.
 */
export async function confirm(
  {options, output, signal}: CommandContext,
  {target, clients, names}: Connection,
  question: string,
): Promise<void> {
  if (isLoopback(target)) return;
  const {account} = await callerIdentity(clients);
  output.progress(`Account ${account} · ${target.label} · ${target.region} · stack ${names.stack}`);
  if (options.yes) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new Problem('usage', `${question} Nobody can be asked: there is no terminal`, {
      solution: 'Say --yes if that is what you want.',
    });
  }
  const prompt = createInterface({input: process.stdin, output: process.stderr});
  // Readline takes Ctrl-C for itself, and an answer that never comes would leave the process hanging.
  prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<string>(resolve => prompt.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([prompt.question(`${question} [y/N] `, {signal}), closed]);
    if (!/^y(es)?$/i.test(answer.trim())) throw new Problem('failed', 'Stopped: nothing was changed');
  } finally {
    prompt.close();
  }
}
