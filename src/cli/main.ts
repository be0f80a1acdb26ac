import {glyphsOf, inGlyphs} from '../text/ascii.ts';
import {readArguments} from './arguments.ts';
import type {CommandContext} from './command-context.ts';
import type {Command} from './commands.ts';
import {type EndingSignal, exitCodeOf, exitCodeOfSignal} from './exit-code.ts';
import {helpText} from './help.ts';
import {createOutput, type Output} from './output.ts';
import {version} from './version.ts';

const argv = process.argv.slice(2);
// Whoever reads our output may have gone: `lifecycle-tui events --follow | head`.
let endsWithReader = true;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (endsWithReader) process.exit(error.code === 'EPIPE' ? 0 : 1);
});
process.stderr.on('error', () => {});
process.exit(await main());

async function main(): Promise<number> {
  const json = argv.includes('--json');
  let output = outputFor(json, argv.includes('--no-color'), argv.includes('--ascii'));
  try {
    const {command, argument, values, help, version: asksVersion} = readArguments(argv);
    output = outputFor(values.json === true, values['no-color'] === true, values.ascii === true);
    if (help) {
      process.stdout.write(`${inGlyphs(helpText(command), glyphsOf(process.env, argv.includes('--ascii')))}\n`);
      return 0;
    }
    if (asksVersion) {
      process.stdout.write(`${await version()}\n`);
      return 0;
    }
    return await runCommand(command, {options: values, ...(argument !== undefined && {argument})}, output);
  } catch (error) {
    return await report(error, output);
  }
}

async function runCommand(
  command: Command,
  given: Pick<CommandContext, 'options' | 'argument'>,
  output: Output,
): Promise<number> {
  const stopping = new AbortController();
  let received: EndingSignal | undefined;
  // What has processes of its own must still end them when its parent was killed.
  endsWithReader = !command.ownSignals;
  if (!command.ownSignals) {
    for (const name of Object.keys(exitCodeOfSignal) as EndingSignal[]) {
      process.on(name, () => {
        // The second time is meant: at once.
        if (received) process.exit(exitCodeOfSignal[received]);
        received = name;
        stopping.abort();
      });
    }
  }
  try {
    const {run} = await command.load();
    const code = await run({...given, output, environment: process.env, signal: stopping.signal});
    return received ? exitCodeOfSignal[received] : code;
  } catch (error) {
    if (!received) throw error;
    output.result({ok: false, interrupted: true});
    return exitCodeOfSignal[received];
  }
}

async function report(error: unknown, output: Output): Promise<number> {
  if (process.env.LIFECYCLE_DEBUG) console.error(error);
  const {explainFailure} = await import('../provision/explain.ts');
  const problem = explainFailure(error, 'Failed');
  output.problem(problem);
  output.result({ok: false, error: problem.title});
  return exitCodeOf[problem.kind];
}

function outputFor(json: boolean, noColor: boolean, ascii: boolean): Output {
  const glyphs = glyphsOf(process.env, ascii);
  return createOutput({json, color: wantsColor(noColor), glyphs, stdout: process.stdout, stderr: process.stderr});
}

function wantsColor(noColor: boolean): boolean {
  const {NO_COLOR, FORCE_COLOR, TERM} = process.env;
  if (noColor || NO_COLOR || FORCE_COLOR === '0' || TERM === 'dumb') return false;
  return process.stdout.isTTY === true || Boolean(FORCE_COLOR);
}
