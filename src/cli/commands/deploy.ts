import {explainError} from '../../aws/explain.ts';
import type {Connection} from '../../operate/session/connect.ts';
import {resolveAuthToken} from '../../provision/auth-token.ts';
import type {DeployOptions} from '../../provision/context.ts';
import {type DeployResult, deploy} from '../../provision/deploy.ts';
import {formatDuration} from '../../text/duration.ts';
import type {CommandContext} from '../command-context.ts';
import {confirm} from '../confirm.ts';
import {styled} from '../output.ts';
import {printPlan} from '../print-plan.ts';
import {createStepList} from '../step-list.ts';
import {timelineLines} from '../timeline-lines.ts';
import {tokenLine, tokenQuery} from '../token-line.ts';
import {refuseReadOnly, withConnection} from '../with-connection.ts';

const defaultTtlMs = 20 * 60_000;
const cost = '$0 while idle; about $0.01 for 1,000 requests (us-east-1 list prices)';

/** Creates or repairs the stack; with --dry-run says how it would. */
export async function run(context: CommandContext): Promise<number> {
  const {options, output, signal} = context;
  if (options['dry-run'] !== true) refuseReadOnly(context, 'deploy');
  return await withConnection(context, async connection => {
    const {target, clients, names} = connection;
    const isDry = options['dry-run'] === true;
    if (!isDry) await confirm(context, connection, `Deploy stack ${names.stack}?`, {cost});
    const auth = await authOf(connection, options.auth);
    if (auth) output.conceal(auth.token);
    const deployOptions: DeployOptions = {
      ttlSeconds: Math.round((options.ttl ?? defaultTtlMs) / 1_000),
      smoke: options['no-smoke'] !== true,
      ...(options.webhook !== undefined && {webhookUrl: options.webhook}),
      ...(options.adopt !== undefined && {adopt: options.adopt}),
      ...(auth && {authToken: auth.token}),
    };
    if (isDry) {
      await printPlan(context, connection, deployOptions, auth);
      return 0;
    }
    const list = createStepList(output, {marks: true});
    const result = await deploy({
      target,
      clients,
      names,
      signal,
      emit: message => (message.type === 'step' ? list.add(message) : output.message(message)),
      options: deployOptions,
    }).finally(list.end);
    showResult(context, connection, result, auth);
    output.result({...result, auth: auth ? 'token' : 'open'});
    return result.ok ? 0 : 1;
  });
}

async function authOf(connection: Connection, choice: 'open' | 'token' | undefined) {
  try {
    return await resolveAuthToken(connection, choice);
  } catch (error) {
    throw explainError(error, 'The authorizer function cannot be looked at', connection.target.profile);
  }
}

function showResult(
  {output}: CommandContext,
  {names}: Connection,
  result: DeployResult,
  auth: {token: string; isNew: boolean} | undefined,
): void {
  for (const line of [[], ...timelineLines(result, output.columns)]) output.line(...line);
  if (!result.ok) {
    output.problem({
      title: 'The stack is not fully deployed',
      solution: 'What was made is kept; the same command goes on from there.',
      next: 'lifecycle-tui deploy',
    });
    return;
  }
  output.line();
  output.line('Deployed in ', formatDuration(result.ms), result.apiUrl !== undefined && '. Try:');
  if (result.apiUrl === undefined) return;
  if (auth?.isNew) output.reveal('  ', styled('cyan', tokenLine(auth.token)), styled('dim', '  # shown this once'));
  else if (auth) output.line('  ', styled('cyan', `TOKEN=$(${tokenQuery(names)})`));
  const header = auth ? '-H "Authorization: Bearer $TOKEN" ' : '';
  output.line('  ', styled('cyan', `curl -i ${header}${result.apiUrl}`));
}
