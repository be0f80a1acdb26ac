import {fileURLToPath} from 'node:url';
import {Problem} from '../../aws/problem.ts';
import {sessionsFolder} from '../../operate/recording/session-folder.ts';
import type {Replay} from '../../operate/replay/open-replay.ts';
import {glyphsOf} from '../../text/ascii.ts';
import type {CommandContext} from '../command-context.ts';
import {type Config, configPath, notUnderstood, readConfig} from '../config-file.ts';
import type {OptionValues} from '../options.ts';
import {startLocal} from '../start-local.ts';
import {targetChoice} from '../target-choice.ts';
import {version} from '../version.ts';

/** The recording that was asked for. It is opened before the screen is, so that what is wrong with it is said plainly. */
async function replayOf({replay, speed}: OptionValues): Promise<Replay | undefined> {
  if (replay === undefined) {
    if (speed === undefined) return undefined;
    throw new Problem('usage', '--speed goes with --replay', {next: 'lifecycle-tui --replay demo --speed 30'});
  }
  const {openReplay} = await import('../../operate/replay/open-replay.ts');
  const shipped = new URL('../recordings/demo.ndjson', import.meta.resolve('#built/cli.js'));
  return openReplay({path: replay === 'demo' ? fileURLToPath(shipped) : replay, speed: speed ?? 1, holdMs: 1_000});
}

/** The keys of the user's file, checked against what there is to be pressed. */
async function ownBindings(keys: NonNullable<Config['keys']>, environment: NodeJS.ProcessEnv) {
  const {bindings} = await import('../../tui/keys/bindings.ts');
  const {rebind, RebindError} = await import('../../tui/keys/rebind.ts');
  try {
    return rebind(bindings, keys);
  } catch (error) {
    if (error instanceof RebindError) throw notUnderstood(configPath(environment), `"keys": ${error.message}`);
    throw error;
  }
}

/** Opens the terminal app. */
export async function run({options, environment}: CommandContext): Promise<number> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new Problem('usage', 'The app needs a terminal', {
      details: `${process.stdin.isTTY ? 'stdout' : 'stdin'} is not a terminal.`,
      solution: 'The same story without one is the demo; lifecycle-tui --help lists the commands.',
      next: 'lifecycle-tui demo',
    });
  }
  if (options.json) throw new Problem('usage', '--json goes with a command', {next: 'lifecycle-tui --help'});
  // Ink's colours do not know NO_COLOR.
  if (options['no-color'] || environment.NO_COLOR) process.env.FORCE_COLOR = '0';
  const colours = process.env.FORCE_COLOR !== '0' && environment.TERM !== 'dumb';
  const config = await readConfig(environment);
  const replay = await replayOf(options);
  const {runApp} = await import('../../tui/main.ts');
  return await runApp({
    startLocal,
    ...targetChoice(options),
    ...(options.idle !== undefined && {idleMs: options.idle}),
    readOnly: options['read-only'] === true,
    glyphs: glyphsOf(environment, (options.ascii ?? config.ascii) === true),
    ...(replay ? {replay} : {recording: async () => ({root: sessionsFolder(environment), version: await version()})}),
    quiet: (options.quiet ?? config.quiet) === true,
    ...(config.theme !== undefined && colours && {theme: config.theme}),
    ...(config.keys && {bindings: await ownBindings(config.keys, environment)}),
  });
}
