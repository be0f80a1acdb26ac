import type {OptionValues} from './options.ts';
import type {Output} from './output.ts';

/** What a command gets to work with. */
export type CommandContext = {
  options: OptionValues;
  /** What stood after the command, where it takes something. */
  argument?: string;
  output: Output;
  environment: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C and the like; never for a command with signals of its own. */
  signal: AbortSignal;
};
