import {ServiceError} from '../../wire/service.ts';

/** 400 as AWS answers a value it understands and does not accept. */
export const invalidParameter = (text: string) =>
  new ServiceError('InvalidParameterValueException', text, 400, {Type: 'User'});

/** 404 with AWS's member `Type`. */
export const notFound = (text: string) => new ServiceError('ResourceNotFoundException', text, 404, {Type: 'User'});

/** 409: the thing exists already, or is busy. */
export const conflict = (text: string) => new ServiceError('ResourceConflictException', text, 409, {Type: 'User'});

/** 412: somebody else changed it in between. */
export const staleRevision = () =>
  new ServiceError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    412,
    {Type: 'User'},
  );

/** 413: the request is larger than Lambda takes. */
export const tooLarge = (text: string) => new ServiceError('RequestTooLargeException', text, 413, {Type: 'User'});
