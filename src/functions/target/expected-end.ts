import {awsPrior} from '../../lifecycle/forecast.ts';

/** When an environment is expected to go: ms after its last request, or why nothing can be said. */
export type ExpectedEnd = {kind: 'window'; earlyMs: number; lateMs: number} | {kind: 'unknown'; why: string};

/** From the published lifetimes on AWS; nothing is made up where they do not hold. */
export function expectedEnd(variables: NodeJS.ProcessEnv): ExpectedEnd {
  if (isLoopback(variables.AWS_ENDPOINT_URL)) {
    return {
      kind: 'unknown',
      why: 'The embedded AWS decides by a setting (--idle) that it does not tell its functions.',
    };
  }
  if (variables.AWS_LAMBDA_INITIALIZATION_TYPE === 'provisioned-concurrency') {
    return {kind: 'unknown', why: 'Provisioned concurrency keeps it ready for as long as it is configured.'};
  }
  return {kind: 'window', earlyMs: Math.min(...awsPrior), lateMs: Math.max(...awsPrior)};
}

function isLoopback(endpoint: string | undefined): boolean {
  return endpoint !== undefined && /^https?:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?:[:/]|$)/.test(endpoint);
}
