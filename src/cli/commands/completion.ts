import {Problem} from '../../aws/problem.ts';
import type {CommandContext} from '../command-context.ts';
import {bashScript} from '../completion/bash.ts';
import {fishScript} from '../completion/fish.ts';
import {zshScript} from '../completion/zsh.ts';

const scripts: Readonly<Record<string, () => string>> = {bash: bashScript, zsh: zshScript, fish: fishScript};

/** Prints the script that teaches a shell the commands and options. */
export async function run({argument, output}: CommandContext): Promise<number> {
  const script = scripts[argument ?? '']?.();
  if (script === undefined) {
    throw new Problem('usage', 'completion needs the name of a shell', {
      solution: `One of ${Object.keys(scripts).join(', ')}.`,
      next: 'source <(lifecycle-tui completion bash)',
    });
  }
  for (const line of script.split('\n')) output.line(line);
  output.result({ok: true, shell: argument, script});
  return 0;
}
