import {ServiceError} from '../wire/service.ts';

export const noSuchEntity = (message: string): ServiceError => new ServiceError('NoSuchEntityException', message, 404);

export const noSuchRole = (name: string): ServiceError => noSuchEntity(`The role with name ${name} cannot be found.`);

export const alreadyExists = (message: string): ServiceError =>
  new ServiceError('EntityAlreadyExistsException', message, 409);

export const deleteConflict = (message: string): ServiceError =>
  new ServiceError('DeleteConflictException', message, 409);

export const malformedPolicy = (message: string): ServiceError =>
  new ServiceError('MalformedPolicyDocumentException', message);

export const limitExceeded = (message: string): ServiceError =>
  new ServiceError('LimitExceededException', message, 409);

/** A value that breaks a rule of the model, in AWS's words. */
export const validationError = (value: string, member: string, rule: string): ServiceError =>
  new ServiceError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${rule}`,
  );
