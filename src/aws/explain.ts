import {classifyError, describeError} from './errors.ts';
import {Problem} from './problem.ts';

/**
 * What a failed call means to the user. `what` says what was being done and is the title where the error's class says
 * nothing better. A Problem is passed on as it is.
 */
export function explainError(error: unknown, what: string, profile?: string): Problem {
  if (error instanceof Problem) return error;
  const details = describeError(error);
  switch (classifyError(error)) {
    case 'credentials':
      return credentialsProblem(error, profile);
    case 'denied':
      return new Problem('failed', `${what}: not allowed`, {
        details,
        solution: 'Let whoever runs the account give you the permissions that this command prints.',
        next: 'npx lifecycle-tui policy',
        cause: error,
      });
    case 'unreachable':
      return new Problem('failed', 'AWS did not answer', {
        details,
        solution: 'Check the network, the region and the endpoint.',
        cause: error,
      });
    default:
      return new Problem('failed', what, {details, cause: error});
  }
}

/** Says how to get credentials. `profile` is the one in use, if any. */
function credentialsProblem(error: unknown, profile?: string): Problem {
  const details = describeError(error);
  const isExpired = /expired|\bsso\b/i.test(details);
  return new Problem('no-credentials', isExpired ? 'The AWS credentials have expired' : 'No usable AWS credentials', {
    details,
    solution: isExpired
      ? 'Sign in again, then repeat the command.'
      : 'Sign in, set AWS_PROFILE, or try it without an account on the embedded AWS.',
    next:
      isExpired || profile !== undefined
        ? `aws sso login${profile === undefined ? '' : ` --profile ${profile}`}`
        : 'npx lifecycle-tui demo',
    cause: error,
  });
}
