import type {LifecycleEvent} from '../../src/lifecycle/event.ts';

/** An INVOKE of a first generation; `changes` win. */
export function lifecycleEvent(changes: Partial<LifecycleEvent> = {}): LifecycleEvent {
  return {
    eventId: `event-${changes.sequence ?? 1}`,
    timestamp: '2026-01-01T00:00:00.000Z',
    writtenAt: '2026-01-01T00:00:00.000Z',
    eventType: 'INVOKE',
    functionName: 'stand-in',
    functionVersion: '$LATEST',
    environmentId: '00000000-0000-4000-8000-000000000000',
    environmentStartedAt: '2026-01-01T00:00:00.000Z',
    generation: 1,
    sequence: 1,
    initType: 'on-demand',
    requestId: 'request-1',
    invocation: 1,
    shutdownReason: 'N/A',
    ttl: 1_767_226_800,
    ...changes,
  };
}
