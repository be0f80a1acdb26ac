import type {ProblemKind} from '../aws/problem.ts';

export const exitCodeOf: Record<ProblemKind, number> = {
  failed: 1,
  usage: 2,
  'not-deployed': 3,
  'no-credentials': 4,
  foreign: 5,
};

/** As shells count a process that a signal ended. */
export const exitCodeOfSignal = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;
export type EndingSignal = keyof typeof exitCodeOfSignal;
