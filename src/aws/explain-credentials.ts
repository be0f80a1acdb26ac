import {describeError} from './errors.ts';
import {Problem} from './problem.ts';

/** Where credentials come from: the profile in use, else the variables of the environment, if any. */
export type CredentialSource = {
  profile?: string | undefined;
  environment: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
};

type Advice = {title: string; solution: string; next: string};
type Rule = {matches(details: string, source: CredentialSource): boolean; advice(source: CredentialSource): Advice};

const withProfile = (command: string, {profile}: CredentialSource) =>
  profile === undefined ? command : `${command} --profile ${profile}`;

const has = (environment: NodeJS.ProcessEnv, name: string): boolean => (environment[name] ?? '') !== '';

/** A named profile goes before the variables. */
const usesEnvironment = ({profile, environment}: CredentialSource): boolean =>
  profile === undefined && has(environment, 'AWS_ACCESS_KEY_ID');

const unset = 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN';
const setClock: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'sudo sntp -sS time.apple.com',
  win32: 'w32tm /resync',
};
const expired = 'The AWS credentials have expired';

/** The first one that matches decides. The texts are those of the SDK and of the services. */
const rules: readonly Rule[] = [
  {
    matches: details => /Signature (expired|not yet current)|RequestTimeTooSkewed|RequestExpired|skew/i.test(details),
    advice: ({platform}) => ({
      title: 'The clock of this machine is wrong',
      solution: 'AWS takes a signature within five minutes of its own time. Set the clock, then repeat the command.',
      next: setClock[platform] ?? 'sudo timedatectl set-ntp true',
    }),
  },
  {
    matches: (_, {profile, environment}) =>
      profile === undefined && has(environment, 'AWS_ACCESS_KEY_ID') !== has(environment, 'AWS_SECRET_ACCESS_KEY'),
    advice: ({environment}) => {
      const [there, missing] = has(environment, 'AWS_ACCESS_KEY_ID')
        ? ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']
        : ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'];
      return {
        title: `${there} is set, ${missing} is not`,
        solution: 'Set both, or neither so that a profile counts.',
        next: `unset ${there}`,
      };
    },
  },
  {
    matches: details => /multi-factor|\bMFA\b/i.test(details),
    advice: source => ({
      title: 'The profile asks for an MFA code',
      solution: 'Let the aws CLI ask for it; the keys that it prints are good for an hour.',
      next: `eval "$(${withProfile('aws configure export-credentials --format env', source)})"`,
    }),
  },
  {
    matches: details => /\baws login\b|login_session/i.test(details),
    advice: source => ({title: expired, solution: 'Sign in again.', next: withProfile('aws login', source)}),
  },
  {
    matches: (details, source) => /ExpiredToken|token .*expired/i.test(details) && usesEnvironment(source),
    advice: () => ({
      title: expired,
      solution: 'They are those of the environment: set new ones, or take them away so that a profile counts.',
      next: unset,
    }),
  },
  {
    matches: details => /expired|\bsso\b|TokenProviderError/i.test(details),
    advice: source => ({
      title: expired,
      solution: 'Sign in again, then repeat the command.',
      next: withProfile('aws sso login', source),
    }),
  },
  {
    matches: (details, source) => {
      const {AWS_ACCESS_KEY_ID: id = ''} = source.environment;
      const isTemporary = usesEnvironment(source) && id.startsWith('ASIA');
      return isTemporary && !has(source.environment, 'AWS_SESSION_TOKEN') && isRefusal(details);
    },
    advice: () => ({
      title: 'AWS_SESSION_TOKEN is missing',
      solution: 'The key in the environment is a temporary one: it is worth nothing without its token.',
      next: unset,
    }),
  },
  {
    matches: isRefusal,
    advice: source => ({
      title: 'AWS refuses these keys',
      solution: usesEnvironment(source)
        ? 'They are those of the environment: set others, or take them away so that a profile counts.'
        : 'They were deleted or mistyped, or belong to another partition. Enter them anew.',
      next: usesEnvironment(source) ? unset : withProfile('aws configure', source),
    }),
  },
  {
    matches: (_, {profile}) => profile !== undefined,
    advice: source => ({
      title: `The profile ${source.profile} gives no credentials`,
      solution: 'Sign in with it, or give it keys.',
      next: withProfile('aws configure', source),
    }),
  },
];

const nobody: Advice = {
  title: 'No usable AWS credentials',
  solution: 'Sign in with `aws configure sso`, set AWS_PROFILE, or try it without an account on the embedded AWS.',
  next: 'npx lifecycle-tui demo',
};

function isRefusal(details: string): boolean {
  return /InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|AuthFailure/i.test(
    details,
  );
}

/** Says what is wrong with the credentials and the command that helps. */
export function credentialsProblem(error: unknown, source: CredentialSource): Problem {
  const details = describeError(error);
  const rule = rules.find(({matches}) => matches(`${nameOf(error)} ${details}`, source));
  const advice = rule?.advice(source) ?? nobody;
  return new Problem('no-credentials', advice.title, {
    details,
    solution: advice.solution,
    next: advice.next,
    cause: error,
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
