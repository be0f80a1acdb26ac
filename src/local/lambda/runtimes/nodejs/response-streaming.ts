import {RuntimeError} from './error-object.ts';
import type {LambdaHandler} from './load-handler.ts';

/**
 * The global through which a function asks for a streamed response. It loads, as on Lambda, and each invocation is
 * told why it cannot be served.
 */
export function refuseStreaming(): void {
  const streamifyResponse = (): LambdaHandler => () => {
    throw new RuntimeError(
      'Runtime.StreamingNotSupported',
      'The handler is wrapped in awslambda.streamifyResponse, and the embedded Lambda does not stream responses. Export a handler that returns its result.',
    );
  };
  Object.assign(globalThis, {awslambda: {streamifyResponse}});
}
