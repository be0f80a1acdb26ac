import {classifyError, describeError} from './errors.ts';
import {credentialsProblem} from './explain-credentials.ts';
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
      return credentialsProblem(error, {profile, environment: process.env, platform: process.platform});
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
