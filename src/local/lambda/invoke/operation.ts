import {InvocationType, type InvokeCommandInput, type InvokeCommandOutput, LogType} from '@aws-sdk/client-lambda';
import type {LogLine} from '../../logs/log-sink.ts';
import type {Settings} from '../../settings.ts';
import {type RequestContext, ServiceError} from '../../wire/service.ts';
import {tooLarge} from '../functions/errors.ts';
import {readReference} from '../functions/names.ts';
import {Violations} from '../functions/violations.ts';
import type {AsyncQueue} from './async-queue.ts';
import type {Invoker, LambdaEvent} from './invoker.ts';

type Limits = Pick<Settings, 'requestLimitBytes' | 'asyncRequestLimitBytes' | 'logTailBytes'>;
type Output = Partial<Omit<InvokeCommandOutput, 'Payload' | '$metadata'>> & {Payload?: Uint8Array};

/** Base64 characters of `X-Amz-Client-Context`. */
const clientContextLimit = 3_583;

/** The operation Invoke: RequestResponse, Event and DryRun, with the log's tail when it is asked for. */
export function createInvoke(invoker: Invoker, queue: AsyncQueue, limits: Limits) {
  return async (input: Input, context: RequestContext): Promise<Output> => {
    checkInput(input);
    const reference = readReference(input.FunctionName, context, input.Qualifier);
    const type = input.InvocationType ?? 'RequestResponse';
    const event = readEvent(
      input,
      context.requestId,
      type === 'Event' ? limits.asyncRequestLimitBytes : limits.requestLimitBytes,
    );
    const {version} = invoker.find(reference);
    if (type === 'DryRun') return {StatusCode: 204};
    if (type === 'Event') {
      queue.add(reference, event);
      return {StatusCode: 202};
    }
    const result = await invoker.invoke(reference, event);
    return {
      StatusCode: 200,
      ExecutedVersion: version.version,
      ...(result.answer.functionError && {FunctionError: result.answer.functionError}),
      ...(input.LogType === 'Tail' && {LogResult: logTail((await result.done).lines, limits.logTailBytes)}),
      Payload: result.answer.payload,
    };
  };
}

function checkInput({InvocationType: type, LogType: log, ClientContext: clientContext}: InvokeCommandInput): void {
  new Violations()
    .oneOf(type, 'invocationType', Object.values(InvocationType))
    .oneOf(log, 'logType', Object.values(LogType))
    .length(clientContext, 'clientContext', clientContextLimit)
    .raise();
}

type Input = Omit<InvokeCommandInput, 'Payload'> & {Payload?: Uint8Array};

function readEvent(input: Input, requestId: string, limit: number): LambdaEvent {
  const payload = input.Payload?.length ? input.Payload : Buffer.from('{}');
  checkPayload(payload, input.InvocationType ?? 'RequestResponse', limit);
  if (input.ClientContext === undefined) return {requestId, payload};
  return {requestId, payload, clientContext: readClientContext(input.ClientContext)};
}

/** Throws RequestTooLargeException or InvalidRequestContentException. */
function checkPayload(payload: Uint8Array, type: InvocationType, limit: number): void {
  if (payload.length > limit) {
    throw tooLarge(
      `${payload.length} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
    );
  }
  try {
    JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(payload));
  } catch (error) {
    throw invalidContent(
      `Could not parse request body into json: Could not parse payload into json: ${(error as Error).message}`,
    );
  }
}

function readClientContext(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  try {
    JSON.parse(text);
  } catch {
    throw invalidContent('Client context must be a valid Base64-encoded JSON object.');
  }
  return text;
}

const invalidContent = (text: string) => new ServiceError('InvalidRequestContentException', text, 400, {Type: 'User'});

/** Base64 of the last bytes of the invocation's log. */
export function logTail(lines: readonly LogLine[], limit: number): string {
  const text = Buffer.from(lines.map(({message}) => `${message.replace(/\n$/, '')}\n`).join(''));
  return text.subarray(Math.max(0, text.length - limit)).toString('base64');
}
