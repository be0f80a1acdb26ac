import {errorAnswer} from '../answer.ts';
import {HttpError} from '../http-error.ts';
import type {TargetMiddleware} from './exchange.ts';

/** Answers errors as JSON. What was not meant for the caller is for the log only, and 500. */
export function errorAnswers(): TargetMiddleware {
  return {
    onError: request => {
      const {error, context} = request;
      if (!(error instanceof HttpError)) {
        const line = {level: 'ERROR', message: 'Request failed', requestId: context.awsRequestId};
        console.error(JSON.stringify({...line, error: described(error)}));
      }
      const told = error instanceof HttpError ? error : new HttpError(500, 'internal_error', 'The request failed.');
      request.response = errorAnswer(told, context.awsRequestId);
    },
  };
}

function described(error: unknown): object {
  if (!(error instanceof Error)) return {message: String(error)};
  const {name, message, stack} = error;
  return {name, message, stack};
}
