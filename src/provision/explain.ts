import {operatorStatement} from '../assets/operator-policy.ts';
import {classifyError} from '../aws/errors.ts';
import {explainError} from '../aws/explain.ts';
import {failedCall} from '../aws/failed-call.ts';
import {Problem} from '../aws/problem.ts';

/** As `explainError`; where something was not allowed it names the statement of the minimal policy that allows it. */
export function explainFailure(error: unknown, what: string, profile?: string): Problem {
  const problem = explainError(error, what, profile);
  if (error instanceof Problem || classifyError(error) !== 'denied') return problem;
  const action = deniedAction(error as Error);
  const sid = action && operatorStatement(action.name, action.path);
  if (sid === undefined) return problem;
  const {kind, title, details, next} = problem;
  return new Problem(kind, title, {
    ...(details !== undefined && {details}),
    solution: `The statement ${sid} of the policy that this command prints is missing, or it names other resources.`,
    ...(next !== undefined && {next}),
    cause: error,
  });
}

/** AWS usually names the action; else the call that failed tells. */
function deniedAction(error: Error): {name: string; path?: string} | undefined {
  const named = /not authorized to perform: ([a-z-]+:\w+)(?: on resource: (\S+))?/.exec(error.message);
  if (named?.[1] !== undefined) return {name: named[1], ...(named[2] !== undefined && {path: named[2]})};
  const call = failedCall(error);
  return call && {name: `${call.service}:${call.operation}`};
}
