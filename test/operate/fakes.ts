import type {LifecycleEvent} from '../../src/lifecycle/event.ts';
import {type EventMessage, type LogMessage, message, type ResponseMessage} from '../../src/lifecycle/message.ts';

/** A client that answers each command by its name; what it was asked is in `calls`. */
export function fakeClient<Client>(
  answers: Record<string, (input: Record<string, unknown>, call: number) => unknown>,
): {client: Client; calls: {name: string; input: Record<string, unknown>}[]} {
  const calls: {name: string; input: Record<string, unknown>}[] = [];
  const send = async (command: {constructor: {name: string}; input: Record<string, unknown>}): Promise<unknown> => {
    const name = command.constructor.name.replace(/Command$/, '');
    calls.push({name, input: command.input});
    const answer = answers[name];
    if (!answer) throw new Error(`unexpected call ${name}`);
    return await answer(command.input, calls.filter(call => call.name === name).length);
  };
  return {client: {send} as unknown as Client, calls};
}

export function awsError(name: string, text = name): Error {
  return Object.assign(new Error(text), {name, $metadata: {httpStatusCode: 400}});
}

let counter = 0;

/** An INVOKE of environment `a`, just now, with what is given instead. */
export function lifecycleEvent(given: Partial<LifecycleEvent> = {}): LifecycleEvent {
  counter += 1;
  const timestamp = given.timestamp ?? new Date().toISOString();
  return {
    eventId: `event-${counter}`,
    timestamp,
    writtenAt: timestamp,
    eventType: 'INVOKE',
    functionName: 'lambda-target-demo',
    functionVersion: '$LATEST',
    environmentId: 'a',
    environmentStartedAt: timestamp,
    generation: 1,
    sequence: 1,
    initType: 'on-demand',
    requestId: `request-${counter}`,
    invocation: 1,
    shutdownReason: 'N/A',
    ttl: Math.floor(Date.parse(timestamp) / 1_000) + 1_200,
    ...given,
  };
}

export function eventMessage(given: Partial<LifecycleEvent> = {}): EventMessage {
  return message<EventMessage>({type: 'event', ...lifecycleEvent(given)});
}

export function logMessage(given: Partial<LogMessage> = {}): LogMessage {
  counter += 1;
  return message<LogMessage>({
    type: 'log',
    function: 'lambda-target-demo',
    stream: 'stream-1',
    timestamp: 1_000,
    eventId: `log-${counter}`,
    ingestedAt: 1_000,
    message: 'Target function invoked',
    ...given,
  });
}

export function response(given: Partial<ResponseMessage> = {}): ResponseMessage {
  return message<ResponseMessage>({type: 'response', status: 200, latencyMs: 12, ...given});
}

/** Waits for a condition; rejects after 5 s. */
export async function eventually<T>(probe: () => T | undefined | false, what: string): Promise<T> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const found = probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`not within 5 s: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
