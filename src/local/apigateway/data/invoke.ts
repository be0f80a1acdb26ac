import type {InvokeAnswer} from '../../lambda/environment/environment.ts';
import type {ServiceError} from '../../wire/service.ts';
import {functionArnIn} from '../lambda-uri.ts';
import type {Call} from './call.ts';
import {type GatewayError, gatewayErrors} from './gateway-error.ts';

/**
 * Calls a function as another service does: its resource policy must allow the source.
 * Rejects with ServiceError: AccessDeniedException, ResourceNotFoundException, TooManyRequestsException and others.
 */
export type InvokeFunction = (request: {
  functionArn: string;
  payload: Uint8Array;
  traceId?: string;
  source?: {principal: string; arn: string};
}) => Promise<InvokeAnswer>;

/** Invokes the function behind a URI for a request. Rejects with a GatewayError when it cannot be reached or takes longer. */
export async function invokeFor(
  call: Call,
  options: {invoke: InvokeFunction; uri: string | undefined; event: unknown; sourceArn: string; timeoutMs: number},
): Promise<InvokeAnswer> {
  const functionArn = functionArnIn(options.uri);
  if (!functionArn) throw gatewayErrors.integrationFailed();
  const invoked = options.invoke({
    functionArn,
    payload: Buffer.from(JSON.stringify(options.event)),
    traceId: call.traceId,
    source: {principal: 'apigateway.amazonaws.com', arn: options.sourceArn},
  });
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(gatewayErrors.integrationTimeout()), options.timeoutMs);
  });
  try {
    return await Promise.race([
      invoked.catch(error => {
        throw refusal(error);
      }),
      timeout,
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** A function that may not or cannot be called, and one at its concurrency limit, are a 500 to the caller. */
function refusal(error: ServiceError): GatewayError {
  return error.status === 413 ? gatewayErrors.tooLarge() : gatewayErrors.integrationFailed();
}
