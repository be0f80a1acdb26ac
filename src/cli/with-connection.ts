import {Problem} from '../aws/problem.ts';
import {isLoopback} from '../aws/target.ts';
import type {StepId} from '../lifecycle/message.ts';
import {type Connection, connect} from '../operate/session/connect.ts';
import {status} from '../provision/status.ts';
import type {CommandContext} from './command-context.ts';
import {targetChoice} from './target-choice.ts';

/** Opens the way to the chosen stack for as long as `run` takes. */
export async function withConnection<T>(
  {options, output}: CommandContext,
  run: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await connect(targetChoice(options));
  const {endpoint} = connection.target;
  // An endpoint from a variable or a profile may surprise; one from the command line does not.
  if (endpoint !== undefined && options['endpoint-url'] === undefined) output.progress(`Endpoint ${endpoint}`);
  try {
    return await run(connection);
  } finally {
    connection.clients.destroy();
  }
}

/**
 * The URL of what is deployed there. Throws a Problem when the stack is absent or one of the resources that the command
 * `needs` is missing.
 */
export async function requireDeployed(
  {target, clients, names}: Connection,
  {signal}: Pick<CommandContext, 'signal'>,
  needs: readonly StepId[],
): Promise<{apiUrl: string}> {
  const found = await status({target, clients, names, signal});
  if (found.state === 'foreign') {
    throw new Problem('foreign', `The resources of stack ${names.stack} are not ours`, {
      details: 'They exist in this account without the tags of lifecycle-tui.',
      next: 'lifecycle-tui status',
    });
  }
  const missing = found.resources.filter(({id, state}) => needs.includes(id) && state === 'absent');
  if (found.state === 'absent' || found.apiUrl === undefined || missing.length > 0) {
    const where = isLoopback(target) ? ` --endpoint-url ${target.endpoint}` : '';
    const list = missing.map(({title, name}) => `the ${title} ${name}`).join(' and ');
    throw new Problem(
      'not-deployed',
      `Stack ${names.stack} is not ${found.state === 'absent' ? '' : 'fully '}deployed`,
      {
        details: `${target.label}, ${names.region}${found.state === 'absent' || list === '' ? '' : `: ${list} is missing`}`,
        next: `lifecycle-tui deploy${where}${names.stack === 'default' ? '' : ` --stack ${names.stack}`}`,
      },
    );
  }
  return {apiUrl: found.apiUrl};
}

/** Throws a usage Problem when the command was called with --read-only. */
export function refuseReadOnly({options}: CommandContext, what: string): void {
  if (options['read-only']) throw new Problem('usage', `--read-only does not go with ${what}`);
}
