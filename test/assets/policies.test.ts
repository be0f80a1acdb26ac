import {expect, test} from 'vitest';
import {dynamoDbAccess, noLateLogGroups, trustPolicy} from '../../src/assets/policies.ts';

test('only Lambda may assume the role', () => {
  expect(trustPolicy()).toEqual({
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'}],
  });
});

test('the table and its indexes, and no other table', () => {
  expect(dynamoDbAccess('arn:aws:dynamodb:eu-west-1:000000000000:table/events')).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
        Resource: [
          'arn:aws:dynamodb:eu-west-1:000000000000:table/events',
          'arn:aws:dynamodb:eu-west-1:000000000000:table/events/index/*',
        ],
      },
    ],
  });
});

test('late log groups are denied', () => {
  expect(noLateLogGroups()).toEqual({
    Version: '2012-10-17',
    Statement: [{Effect: 'Deny', Action: 'logs:CreateLogGroup', Resource: '*'}],
  });
});
