import {Problem} from '../../aws/problem.ts';
import {type Connection, connect} from '../../operate/session/connect.ts';
import {deploy} from '../../provision/deploy.ts';
import {teardown} from '../../provision/teardown.ts';
import {formatDuration} from '../../text/duration.ts';
import type {CommandContext} from '../command-context.ts';
import {whatIsLeft} from '../demo/left-over.ts';
import {createStory, type Story} from '../demo/story.ts';
import {tellLife} from '../demo/tell-life.ts';
import {styled} from '../output.ts';
import {type StartedLocal, startLocal} from '../start-local.ts';
import {createStepList} from '../step-list.ts';

const defaultIdleMs = 8_000;

/** Tells the whole story on the embedded AWS: deploy, cold and warm, an environment that goes by itself, the rest forced. */
export async function run(context: CommandContext): Promise<number> {
  const {options, output, signal} = context;
  const started = performance.now();
  const idleMs = options.idle ?? defaultIdleMs;
  const story = createStory(output);
  story.title(
    'One Lambda function, three execution environments, from cold start to SHUTDOWN',
    `On the AWS that is embedded here: no account, nothing leaves this machine. An idle environment goes after ${formatDuration(idleMs)}; on AWS after about 6 minutes.`,
  );
  story.section('Start the embedded AWS');
  const local = await startLocal({idleMs, onNotice: text => story.note(text)});
  try {
    signal.throwIfAborted();
    output.line('  ', styled('cyan', local.endpoint), `  sandbox ${local.sandbox}, process ${local.pid}`);
    const connection = await connect({stack: options.stack ?? 'default', endpointUrl: local.endpoint});
    try {
      return await tell(context, story, local, connection, started);
    } finally {
      connection.clients.destroy();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    output.redraw([]);
    output.line();
    output.result({ok: false, interrupted: true});
    output.line('Stopped. Ending the embedded AWS, and everything with it …');
    return 130;
  } finally {
    await local.stop();
  }
}

async function tell(
  {output, signal}: CommandContext,
  story: Story,
  local: StartedLocal,
  connection: Connection,
  started: number,
): Promise<number> {
  const {target, clients, names} = connection;

  story.section('Deploy');
  const steps = createStepList(output);
  const deployed = await deploy({
    target,
    clients,
    names,
    signal,
    options: {ttlSeconds: 1_200, smoke: false},
    emit: message => {
      if (message.type !== 'step') output.message(message);
      // The demo's own requests are the trial.
      else if (message.id !== 'smoke') steps.add(message);
    },
  }).finally(steps.end);
  signal.throwIfAborted();
  if (!deployed.ok || deployed.apiUrl === undefined) throw new Problem('failed', 'The demo could not be deployed');
  const {apiUrl} = deployed;
  output.line('  ', styled('cyan', apiUrl));

  const pids = await tellLife({output, signal, story, local, connection, apiUrl});

  story.section('Tear down');
  const removal = createStepList(output);
  const removed = await teardown({
    target,
    clients,
    names,
    signal,
    emit: message => (message.type === 'step' ? removal.add(message) : output.message(message)),
  }).finally(removal.end);
  signal.throwIfAborted();

  story.section('Nothing is left');
  const left = await whatIsLeft({story, local, connection, signal, pids});
  const ok = removed.ok && left.nothing;
  const ms = Math.round(performance.now() - started);
  output.line();
  output.line(`${formatDuration(ms)} in all. The same with keys and live panes: `, styled('cyan', 'npx lifecycle-tui'));
  output.result({ok, ms, left: left.found});
  return ok ? 0 : 1;
}
