import type {IncomingMessage} from 'node:http';
import {header} from './api-answer.ts';

/** An error as its caller sees it, with its label for reports and events. */
export type PostedError = {payload: Uint8Array; errorType: string};

const causeType = 'application/vnd.aws.lambda.error.cause+json';

/** What a runtime posted to `…/error`: passed on unchanged, but for the cause that is meant for X-Ray. */
export function postedError(request: IncomingMessage, body: Buffer): PostedError {
  const contentType = header(request, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  const payload = contentType === causeType ? withoutCause(body) : body;
  return {payload, errorType: errorLabel(header(request, typeHeader))};
}

/**
 * The error that broke a streamed response off: a streaming runtime can tell of it in the trailers only. Its caller
 * waits for the whole, so it gets the error instead of the part.
 */
export function streamedError({trailers}: IncomingMessage): PostedError | undefined {
  const type = trailers[typeHeader];
  const body = trailers['lambda-runtime-function-error-body'];
  if (!type && !body) return undefined;
  const errorType = errorLabel(type);
  if (body) return {payload: Buffer.from(body, 'base64'), errorType};
  const errorMessage = 'The function broke its response off.';
  return {payload: Buffer.from(JSON.stringify({errorType, errorMessage})), errorType};
}

const typeHeader = 'lambda-runtime-function-error-type';

/** Lambda keeps labels of its own form and calls the rest unknown. */
function errorLabel(type = ''): string {
  if (/^(Runtime|Function)\.[A-Z][a-zA-Z]+$/.test(type)) return type;
  return type.startsWith('Function.') ? 'Function.Unknown' : 'Runtime.Unknown';
}

function withoutCause(bytes: Buffer): Uint8Array {
  const error = parseObject(bytes.toString());
  if (!error) return Buffer.from(JSON.stringify('Invalid error body: it is not a JSON object.'));
  const {errorCause: _, ...rest} = error;
  return Buffer.from(JSON.stringify(rest));
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value)
      ? ((value ?? undefined) as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
