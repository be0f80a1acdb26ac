import {invalidParameter} from '../functions/errors.ts';

/** InvokeWithResponseStream: responses are not streamed here, and a client that waits for a stream is told so at once. */
export function refuseStream(): never {
  throw invalidParameter(
    'InvokeWithResponseStream: the embedded Lambda does not stream responses. Use Invoke, which gives a streamed response as a whole.',
  );
}
