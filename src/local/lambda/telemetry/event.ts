/** One event as subscribers get it; `time` is when the platform made it. */
export type TelemetryEvent = {time: string; type: string; record: unknown};

/** What a subscriber may ask for. */
export const eventKinds = ['platform', 'function', 'extension'] as const;
export type EventKind = (typeof eventKinds)[number];

/** Takes an event from the platform or a line of output. */
export type EmitEvent = (type: string, record: unknown) => void;

export function kindOf(event: TelemetryEvent): EventKind {
  return event.type === 'function' || event.type === 'extension' ? event.type : 'platform';
}

export function eventNow(type: string, record: unknown): TelemetryEvent {
  return {time: new Date().toISOString(), type, record};
}
