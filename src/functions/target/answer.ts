import type {HttpError} from './http-error.ts';
import {pagePolicy} from './page-style.ts';

/** What API Gateway and function URLs send, from either payload format. */
export type Answer = {statusCode: number; headers: Record<string, string>; body: string};

const safely = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** A page: nothing may run, load, frame or be cached, and its one style sheet is named by its digest. */
export function htmlAnswer(body: string): Answer {
  return {
    statusCode: 200,
    headers: {'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy, ...safely},
    body,
  };
}

/** One line of JSON: indented, what is nested deeply would outgrow what Lambda lets pass. */
export function jsonAnswer(value: unknown, statusCode = 200): Answer {
  return {
    statusCode,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      ...safely,
    },
    body: `${JSON.stringify(value)}\n`,
  };
}

/** `{error: {code, message, requestId}}` */
export function errorAnswer({statusCode, code, message, headers}: HttpError, requestId: string): Answer {
  const answer = jsonAnswer({error: {code, message, requestId}}, statusCode);
  return {...answer, headers: {...answer.headers, ...headers}};
}
