import {describe, expect, it} from 'vitest';
import {stackNames} from '../../src/aws/names.ts';
import {Problem} from '../../src/aws/problem.ts';

describe('stackNames', () => {
  it('has no prefix for the default stack', () => {
    expect(stackNames('default', 'us-east-1')).toEqual({
      stack: 'default',
      region: 'us-east-1',
      role: 'lambda-shutdown-demo-role',
      table: 'lambda-state-events',
      index: 'timestamp-index',
      layer: 'lambda-shutdown-extension',
      target: 'lambda-target-demo',
      authorizer: 'lambda-authorizer-demo',
      api: 'lambda-lifecycle-api',
      stage: 'prod',
      targetLogs: '/aws/lambda/lambda-target-demo',
      authorizerLogs: '/aws/lambda/lambda-authorizer-demo',
    });
  });

  it('prefixes every other stack, and names the region in the role outside us-east-1', () => {
    const names = stackNames('alice', 'eu-central-1');
    expect(names).toMatchObject({
      role: 'alice-lambda-shutdown-demo-role-eu-central-1',
      table: 'alice-lambda-state-events',
      target: 'alice-lambda-target-demo',
      targetLogs: '/aws/lambda/alice-lambda-target-demo',
      index: 'timestamp-index',
      stage: 'prod',
    });
  });

  it('keeps the longest names inside the limits', () => {
    const names = stackNames('a'.repeat(20), 'ap-southeast-3');
    for (const name of [names.role, names.target, names.authorizer]) expect(name.length).toBeLessThanOrEqual(64);
  });

  it.each(['', 'a', 'A1', '1a', 'a-', '-a', 'a_b', 'a b', 'a'.repeat(21), 'ab\n', 'ä1'])('refuses %j', stack => {
    expect(() => stackNames(stack, 'us-east-1')).toThrow(Problem);
    expect(() => stackNames(stack, 'us-east-1')).toThrow(expect.objectContaining({kind: 'usage'}));
  });

  it.each(['ab', 'a1', 'a-b', 'a'.repeat(20)])('takes %j', stack => {
    expect(stackNames(stack, 'us-east-1').table).toBe(`${stack}-lambda-state-events`);
  });
});
