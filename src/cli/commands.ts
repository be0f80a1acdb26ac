import type {CommandContext} from './command-context.ts';
import type {OptionName} from './options.ts';

/** What a command's module exports. Resolves with the exit code; rejects with a Problem or an unexpected error. */
type CommandModule = {run(context: CommandContext): Promise<number>};

export type Command = {
  name: string;
  summary: string;
  options: readonly OptionName[];
  /** The one argument it takes. */
  argument?: {name: string; choices: readonly string[]};
  examples?: readonly string[];
  /** It deals with Ctrl-C and the other signals itself. */
  ownSignals?: boolean;
  /** Loaded when called, so that no command pays for another's dependencies. */
  load: () => Promise<CommandModule>;
};

/** Run when no command is named. */
export const appCommand: Command = {
  name: '',
  summary: 'the terminal app: choose where, deploy, watch, force SHUTDOWN, tear down',
  options: ['idle', 'replay', 'speed', 'quiet'],
  examples: ['', '--endpoint-url http://127.0.0.1:4566', '--replay demo --speed 30'],
  ownSignals: true,
  load: () => import('./commands/app.ts'),
};

export const commands: readonly Command[] = [
  {
    name: 'demo',
    summary: 'the whole story without a keyboard, on the embedded AWS, in about 20 seconds',
    options: ['idle'],
    load: () => import('./commands/demo.ts'),
  },
  {
    name: 'local',
    summary: 'serve the embedded AWS on 127.0.0.1 until Ctrl-C',
    options: ['port', 'idle', 'behaviour'],
    examples: ['local', 'local --port 0 --idle 10s', 'local --behaviour aws'],
    ownSignals: true,
    load: () => import('./commands/local.ts'),
  },
  {
    name: 'deploy',
    summary: 'create or repair the resources',
    options: ['ttl', 'webhook', 'auth', 'adopt', 'dry-run', 'no-smoke', 'account'],
    examples: ['deploy --region eu-central-1', 'deploy --ttl 24h --yes --json', 'deploy --dry-run'],
    load: () => import('./commands/deploy.ts'),
  },
  {
    name: 'status',
    summary: 'what exists, and whether it is as deploy would make it',
    options: [],
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'fire',
    summary: 'send requests',
    options: ['count', 'concurrency', 'sleep-ms', 'via'],
    examples: ['fire --count 10 --concurrency 5 --sleep-ms 1000'],
    load: () => import('./commands/fire.ts'),
  },
  {
    name: 'events',
    summary: 'lifecycle events from the table',
    options: ['follow', 'since'],
    examples: ['events --follow --json'],
    load: () => import('./commands/events.ts'),
  },
  {
    name: 'logs',
    summary: 'log lines of both functions',
    options: ['follow', 'since', 'function'],
    examples: ['logs --follow --function target'],
    load: () => import('./commands/logs.ts'),
  },
  {
    name: 'shutdown',
    summary: 'force SHUTDOWN and wait for the events',
    options: ['how', 'wait', 'account'],
    examples: ['shutdown', 'shutdown --how timeout'],
    load: () => import('./commands/shutdown.ts'),
  },
  {
    name: 'teardown',
    summary: 'delete every resource of the stack',
    options: ['keep-role', 'account'],
    load: () => import('./commands/teardown.ts'),
  },
  {
    name: 'policy',
    summary: 'the IAM policy that an operator of the stack needs',
    options: [],
    examples: ['policy --profile dev --region eu-central-1'],
    load: () => import('./commands/policy.ts'),
  },
  {
    name: 'completion',
    summary: 'a script that teaches your shell the commands and options',
    options: [],
    argument: {name: 'SHELL', choices: ['bash', 'zsh', 'fish']},
    examples: ['completion bash', 'completion fish'],
    load: () => import('./commands/completion.ts'),
  },
];
