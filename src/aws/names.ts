import {Problem} from './problem.ts';

/** The names of one stack's resources. Derived, never stored. */
export type StackNames = {
  stack: string;
  region: string;
  role: string;
  table: string;
  index: string;
  layer: string;
  /** Function names. */
  target: string;
  authorizer: string;
  api: string;
  stage: string;
  /** Log group names. */
  targetLogs: string;
  authorizerLogs: string;
};

/** Keeps the longest derived name (role and region) inside IAM's 64 characters. */
const stackPattern = /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/;

/**
 * The names of `stack` in `region`. The stack `default` has no prefix. IAM is global, so outside us-east-1 the role's
 * name says its region: two regions would fight over one role. Throws a usage Problem on a bad stack name.
 */
export function stackNames(stack: string, region: string): StackNames {
  if (!stackPattern.test(stack)) {
    throw new Problem('usage', `"${stack}" is no stack name`, {
      solution:
        'Use 2 to 20 lower-case letters, digits and hyphens, beginning with a letter and not ending in a hyphen.',
    });
  }
  const prefix = stack === 'default' ? '' : `${stack}-`;
  const target = `${prefix}lambda-target-demo`;
  const authorizer = `${prefix}lambda-authorizer-demo`;
  return {
    stack,
    region,
    role: `${prefix}lambda-shutdown-demo-role${region === 'us-east-1' ? '' : `-${region}`}`,
    table: `${prefix}lambda-state-events`,
    index: 'timestamp-index',
    layer: `${prefix}lambda-shutdown-extension`,
    target,
    authorizer,
    api: `${prefix}lambda-lifecycle-api`,
    stage: 'prod',
    targetLogs: `/aws/lambda/${target}`,
    authorizerLogs: `/aws/lambda/${authorizer}`,
  };
}
