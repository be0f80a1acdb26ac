import {Problem} from '../aws/problem.ts';
import {parseDuration} from '../text/duration.ts';

type Option<T> = {
  /** What stands for the value in help texts; none for a switch. */
  value?: string;
  help: string;
  short?: string;
  /** The only values it takes. */
  choices?: readonly string[];
  /** Throws a usage Problem on a value that does not fit. Switches give `true`. */
  read: (value: string, flag: string) => T;
};

/** Every option of every command: the parser, the checks and the help texts are made from it. */
export const options = {
  profile: text('NAME', 'AWS profile; without it AWS_PROFILE or the default credentials'),
  region: text('REGION', 'AWS region; without it AWS_REGION, the profile, then us-east-1'),
  'endpoint-url': text('URL', 'talk to this endpoint, such as a running "lifecycle-tui local"'),
  stack: text('NAME', 'prefix of all resource names, for several demos in one account'),
  json: toggle('NDJSON on stdout, the last line is the result'),
  yes: toggle('do not ask'),
  account: account('the account this is meant for; any other is refused'),
  'read-only': toggle('refuse whatever changes something'),
  'no-color': toggle('no colours'),
  ascii: toggle('draw with ASCII characters only'),
  help: toggle('this help', 'h'),
  version: toggle('print the version', 'v'),
  ttl: duration('how long the table keeps an event (20m)', 1_000),
  webhook: text('URL', 'also POST every event to this https address'),
  auth: oneOf(['open', 'token'], 'who may call the API: anybody, or who sends a token that is made and shown (open)'),
  adopt: toggle('take over untagged resources that have the names of the default stack'),
  'dry-run': toggle('print what would be done as aws commands, and change nothing'),
  'no-smoke': toggle('do not send the trial request at the end'),
  'keep-role': toggle('leave the IAM role'),
  idle: duration('how long an idle environment lives on the embedded AWS (20s; demo 8s)', 1_000),
  behaviour: oneOf(['default', 'aws'], 'aws adds AWS’s delays, rates, conflicts and idle lifetimes (default)'),
  port: integer('N', 'port on 127.0.0.1 (4566, or a free one when it is in use)', 0, 65_535),
  count: integer('N', 'how many requests (1)', 1, 100_000),
  concurrency: integer('N', 'how many of them at a time (1)', 1, 1_000),
  'sleep-ms': integer('MS', 'let the function take this long', 0, 5_000),
  via: oneOf(['api', 'invoke'], 'through API Gateway, or as direct Invokes (api)'),
  follow: toggle('go on until Ctrl-C', 'f'),
  since: duration('how far back to begin (events 20m, logs 10m)', 1),
  function: oneOf(['target', 'authorizer'], 'only this function'),
  replay: text('FILE', 'play a recorded session; demo is the one that comes along'),
  speed: speed('how fast it is played (1)'),
  how: oneOf(
    ['update', 'timeout', 'crash'],
    'update ends all environments; timeout and crash end the idle ones at once (update)',
  ),
  quiet: toggle('no window title, no bell, and no word at the end of where the session was recorded'),
  wait: duration('how long to wait for the SHUTDOWN events (10s on a local endpoint, 10m on AWS)', 0),
} satisfies Record<string, Option<unknown>>;

export type OptionName = keyof typeof options;
export type OptionValues = {-readonly [Name in OptionName]?: ReturnType<(typeof options)[Name]['read']>};

/** Those that every command takes. */
export const globalOptions: readonly OptionName[] = [
  'profile',
  'region',
  'endpoint-url',
  'stack',
  'json',
  'yes',
  'read-only',
  'no-color',
  'ascii',
  'help',
  'version',
];

function toggle(help: string, short?: string): Option<true> {
  return {help, ...(short !== undefined && {short}), read: () => true};
}

function text(value: string, help: string): Option<string> & {value: string} {
  return {
    value,
    help,
    read: (given, flag) => {
      if (given === '') throw misfit(flag, given, 'needs a value');
      return given;
    },
  };
}

function duration(help: string, leastMs: number): Option<number> & {value: string} {
  return {
    value: 'DURATION',
    help,
    read: (given, flag) => {
      const ms = parseDuration(given);
      if (ms === undefined) throw misfit(flag, given, 'is a duration with its unit, such as 500ms, 20s, 10m or 24h');
      if (ms < leastMs) throw misfit(flag, given, `is at least ${leastMs} ms`);
      return ms;
    },
  };
}

function integer(value: string, help: string, least: number, most: number): Option<number> & {value: string} {
  return {
    value,
    help,
    read: (given, flag) => {
      const number = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
      if (number >= least && number <= most) return number;
      throw misfit(flag, given, `is a whole number from ${least} to ${most}`);
    },
  };
}

function speed(help: string): Option<number> & {value: string} {
  return {
    value: 'N',
    help,
    read: (given, flag) => {
      const times = /^\d{1,4}(\.\d{1,3})?$/.test(given) ? Number(given) : Number.NaN;
      if (times >= 0.1 && times <= 1_000) return times;
      throw misfit(flag, given, 'is a number from 0.1 to 1000');
    },
  };
}

function account(help: string): Option<string> & {value: string} {
  return {
    value: 'ID',
    help,
    read: (given, flag) => {
      if (/^\d{12}$/.test(given)) return given;
      throw misfit(flag, given, 'is an account id of 12 digits');
    },
  };
}

function oneOf<const T extends string>(choices: readonly T[], help: string): Option<T> & {value: string} {
  return {
    value: choices.join('|'),
    choices,
    help,
    read: (given, flag) => {
      const choice = choices.find(one => one === given);
      if (choice === undefined) throw misfit(flag, given, `is one of ${choices.join(', ')}`);
      return choice;
    },
  };
}

function misfit(flag: string, given: string, rule: string): Problem {
  return new Problem('usage', `--${flag} ${given}`.trim(), {details: `--${flag} ${rule}`});
}
