import {ServiceError} from '../wire/service.ts';

export const invalidParameter = (message: string): ServiceError =>
  new ServiceError('InvalidParameterException', message);

const notFound = (message: string): ServiceError => new ServiceError('ResourceNotFoundException', message);

export const noSuchGroup = (): ServiceError => notFound('The specified log group does not exist.');
export const noSuchStream = (): ServiceError => notFound('The specified log stream does not exist.');
export const noSuchResource = (): ServiceError => notFound('The specified resource does not exist.');

export const groupExists = (): ServiceError =>
  new ServiceError('ResourceAlreadyExistsException', 'The specified log group already exists');
export const streamExists = (): ServiceError =>
  new ServiceError('ResourceAlreadyExistsException', 'The specified log stream already exists');

/** A value that breaks a rule of the model, in AWS's words. */
export const constraint = (value: string, member: string, rule: string): ServiceError =>
  invalidParameter(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${rule}`,
  );
