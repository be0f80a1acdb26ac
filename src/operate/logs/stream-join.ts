import type {EventMessage, LogMessage, ResponseMessage} from '../../lifecycle/message.ts';

/** Requests are forgotten beyond this many: their lines come within seconds. */
const keptRequests = 10_000;

export type StreamJoin = {
  /** Each returns the log streams that were joined by it. */
  addEvent(event: EventMessage): string[];
  addResponse(response: ResponseMessage): string[];
  addLog(log: LogMessage): string[];
  environmentOf(stream: string): string | undefined;
};

/**
 * Says which environment writes to which log stream: a START line's request id is that of an INVOKE event, or the
 * target named its stream in a response. Once joined, for the whole stream; no other text of a line counts.
 */
export function createStreamJoin(): StreamJoin {
  const environmentByRequest = new Map<string, string>();
  const streamByRequest = new Map<string, string>();
  const environmentByStream = new Map<string, string>();

  const join = (stream: string | undefined, environment: string | undefined): string[] => {
    if (!stream || !environment || environmentByStream.has(stream)) return [];
    environmentByStream.set(stream, environment);
    return [stream];
  };

  return {
    addEvent: ({eventType, requestId, environmentId}) => {
      if (eventType !== 'INVOKE') return [];
      remember(environmentByRequest, requestId, environmentId);
      return join(streamByRequest.get(requestId), environmentId);
    },
    addResponse: ({logStream, environmentId}) => join(logStream, environmentId),
    addLog: ({stream, requestId, message}) => {
      if (requestId === undefined || !message.startsWith('START ')) return [];
      remember(streamByRequest, requestId, stream);
      return join(stream, environmentByRequest.get(requestId));
    },
    environmentOf: stream => environmentByStream.get(stream),
  };
}

function remember(map: Map<string, string>, key: string, value: string): void {
  if (map.size >= keptRequests) map.delete(map.keys().next().value!);
  map.set(key, value);
}
