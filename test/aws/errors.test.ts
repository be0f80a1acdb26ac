import {describe, expect, it} from 'vitest';
import {classifyError, describeError, orAbsent} from '../../src/aws/errors.ts';
import {Problem} from '../../src/aws/problem.ts';

function awsError(name: string, message = '', httpStatusCode = 400): Error {
  return Object.assign(new Error(message), {name, $metadata: {httpStatusCode}});
}

describe('classifyError', () => {
  it.each([
    ['role', 'InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.'],
    ['role', 'InvalidParameterValueException', 'The provided execution role does not have permissions to call X'],
    ['role', 'InvalidParameterValueException', 'The function execution role does not have permissions to call Y'],
    [
      'role',
      'InvalidParameterValueException',
      'Lambda was unable to configure your environment variables because the KMS key is invalid for CreateGrant. KMS Exception: InvalidArnException KMS Message: ARN does not refer to a valid principal',
    ],
    ['other', 'InvalidParameterValueException', 'the KMS key is invalid for CreateGrant. KMS Message: key is disabled'],
    ['other', 'InvalidParameterValueException', 'Unzipped size must be smaller'],
    ['busy', 'ResourceConflictException', 'The operation cannot be performed at this time. An update is in progress'],
    ['busy', 'ResourceConflictException', 'The function is currently in the following state: Pending'],
    ['busy', 'ResourceConflictException', 'rejected because of a concurrent update operation'],
    [
      'busy',
      'ConflictException',
      'Unable to complete operation due to concurrent modification. Please try again later.',
    ],
    ['busy', 'ResourceInUseException', 'Attempt to change a resource which is still in use: Table is being created: t'],
    ['busy', 'ResourceInUseException', 'Table is being updated'],
    ['busy', 'ResourceInUseException', 'Cannot delete table while indexes are being created'],
    ['exists', 'ResourceInUseException', 'Table already exists: t'],
    ['exists', 'ResourceConflictException', 'Function already exist: f'],
    ['exists', 'ResourceConflictException', 'The statement id (x) provided already exists. Please provide a new one'],
    ['exists', 'EntityAlreadyExistsException', 'Role with name r already exists.'],
    ['exists', 'ResourceAlreadyExistsException', 'The specified log group already exists'],
    ['exists', 'ConflictException', 'Another resource with the same parent already has this name: hello'],
    ['throttled', 'TooManyRequestsException', 'Too Many Requests'],
    ['throttled', 'ThrottlingException', 'Rate exceeded'],
    [
      'throttled',
      'LimitExceededException',
      'Only 1 online index can be created or deleted; indexed tables that can be created simultaneously',
    ],
    ['other', 'LimitExceededException', 'Maximum number of roles: 1000'],
    ['absent', 'ResourceNotFoundException', 'no'],
    ['absent', 'NoSuchEntityException', 'no'],
    ['absent', 'NotFoundException', 'Invalid API identifier'],
    ['credentials', 'CredentialsProviderError', 'Could not load credentials from any providers'],
    ['credentials', 'ExpiredTokenException', 'expired'],
    ['credentials', 'UnrecognizedClientException', 'The security token included in the request is invalid.'],
    ['denied', 'AccessDeniedException', 'User is not authorized'],
    ['unreachable', 'TimeoutError', 'socket hang up'],
    ['other', 'ValidationException', 'One or more parameter values were invalid'],
  ])('%s: %s %s', (expected, name, text) => {
    expect(classifyError(awsError(name, text))).toBe(expected);
  });

  it('goes by code and by status where the name says nothing', () => {
    expect(classifyError(Object.assign(new Error('connect'), {code: 'ECONNREFUSED'}))).toBe('unreachable');
    expect(classifyError(awsError('InternalFailure', '', 500))).toBe('server');
    expect(classifyError('text')).toBe('other');
  });
});

describe('orAbsent', () => {
  it('answers undefined for what is not there and passes other errors on', async () => {
    expect(await orAbsent(Promise.resolve(1))).toBe(1);
    expect(await orAbsent(Promise.reject(awsError('NoSuchEntityException')))).toBeUndefined();
    await expect(orAbsent(Promise.reject(awsError('AccessDenied')))).rejects.toThrow();
  });
});

describe('describeError', () => {
  it.each([
    [awsError('NoSuchThing', 'not\n here '), 'NoSuchThing: not here'],
    [awsError('NoSuchThing'), 'NoSuchThing'],
    [new Error('plain'), 'plain'],
    [new Problem('failed', 'It failed', {details: 'because'}), 'It failed: because'],
    ['text', 'text'],
  ])('%s', (error, text) => {
    expect(describeError(error)).toBe(text);
  });
});
