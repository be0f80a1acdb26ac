import {Problem} from '../../aws/problem.ts';
import type {CommandContext} from '../command-context.ts';
import {startLocal} from '../start-local.ts';
import {targetChoice} from '../target-choice.ts';

/** Opens the terminal app. */
export async function run({options, environment}: CommandContext): Promise<number> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new Problem('usage', 'The app needs a terminal', {
      details: 'stdin or stdout is none.',
      solution: 'The same story without one is the demo; lifecycle-tui --help lists the commands.',
      next: 'lifecycle-tui demo',
    });
  }
  if (options.json) throw new Problem('usage', '--json goes with a command', {next: 'lifecycle-tui --help'});
  // Ink's colours do not know NO_COLOR.
  if (options['no-color'] || environment.NO_COLOR) process.env.FORCE_COLOR = '0';
  const {runApp} = await import('../../tui/main.tsx');
  return await runApp({
    startLocal,
    ...targetChoice(options),
    ...(options.idle !== undefined && {idleMs: options.idle}),
    readOnly: options['read-only'] === true,
  });
}
