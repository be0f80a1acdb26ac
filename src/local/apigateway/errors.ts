import {ServiceError} from '../wire/service.ts';

/** 404, as API Gateway words it: `Invalid Resource identifier specified`. */
export const notFound = (message: string) => new ServiceError('NotFoundException', message, 404);
export const conflict = (message: string) => new ServiceError('ConflictException', message, 409);
export const badRequest = (message: string) => new ServiceError('BadRequestException', message, 400);
