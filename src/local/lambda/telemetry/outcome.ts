import type {Failure} from '../environment/failure.ts';

/** How a phase ended, as events tell it: a fault of the platform is a `failure`, any other fault an `error`. */
export type Outcome = {status: 'success' | 'error' | 'failure' | 'timeout'; errorType?: string};

export function outcomeOf(failure: Pick<Failure, 'status' | 'type'> | undefined): Outcome {
  if (!failure) return {status: 'success'};
  const {status, type} = failure;
  if (status === 'timeout') return {status};
  return {status: type.startsWith('Sandbox.') ? 'failure' : 'error', errorType: type};
}
