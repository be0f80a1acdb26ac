import type {LifecycleEvent} from '../../lifecycle/event.ts';
import type {Clock} from './clock.ts';
import type {StoredEnvironment} from './environment-file.ts';
import type {Outbox} from './outbox.ts';
import type {ExtensionEvent, Recorder} from './recorder.ts';

/** What the webhook is sent. */
type Notification = {
  timestamp: string;
  event_type: string;
  function_name: string;
  request_id: string;
  environment_id: string;
  shutdown_reason: string;
  event_id: string;
};

/** Resolves with the HTTP status; rejects with an error whose message fits a log line. */
export type Notify = (body: Notification, timeoutMs: number) => Promise<number>;

type NotifierOptions = {
  recorder: Recorder;
  outbox: Outbox;
  /** Absent: no webhook is set. */
  notify?: Notify;
  save: (environment: StoredEnvironment) => void;
  log: (line: string) => void;
  clock: Clock;
};

/** Neither function rejects: whatever happens here must not take the function down. */
export type Notifier = {
  invoke(event: ExtensionEvent & {eventType: 'INVOKE'}): Promise<void>;
  /** Takes 1.2 s at most; the process should end when it resolves. */
  shutdown(event: ExtensionEvent & {eventType: 'SHUTDOWN'}): Promise<void>;
};

/** For an INVOKE. The environment is busy, and billed, while a write hangs. */
const invokeBudgetMs = 1_000;
/** Left to the platform before the function's timeout. */
const invokeMarginMs = 200;
/** Of the 2 s that Lambda gives; the runtime's own end is taken from them first. */
export const shutdownBudgetMs = 1_200;
const shutdownMarginMs = 100;
const webhookLimitMs = 800;

export function createNotifier({recorder, outbox, notify, save, log, clock}: NotifierOptions): Notifier {
  function record(event: ExtensionEvent): LifecycleEvent {
    const recorded = recorder.record(event, clock.now());
    save(recorder.environment());
    return recorded;
  }

  async function send(event: LifecycleEvent, endsAt: number): Promise<void> {
    if (!notify) return;
    log(`Sending: ${event.eventType}`);
    const startedAt = clock.elapsed();
    try {
      const status = await notify(notification(event), Math.min(webhookLimitMs, Math.max(0, endsAt - startedAt)));
      log(`Sent: ${event.eventType} ${status} in ${Math.round(clock.elapsed() - startedAt)} ms`);
    } catch (error) {
      log(`Webhook failed: ${event.eventType} ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }

  async function surviving(event: ExtensionEvent, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      log(`Dropped: ${event.eventType} (${error instanceof Error ? error.name : 'unknown'})`);
    }
  }

  return {
    invoke(event) {
      return surviving(event, async () => {
        const recorded = record(event);
        log('Event: INVOKE');
        const leftMs = event.deadlineMs - clock.now() - invokeMarginMs;
        const endsAt = clock.elapsed() + Math.min(invokeBudgetMs, leftMs);
        await Promise.all([outbox.write(recorded, endsAt), send(recorded, endsAt)]);
      });
    },
    shutdown(event) {
      return surviving(event, async () => {
        const recorded = record(event);
        log('Event: SHUTDOWN');
        log(`SHUTDOWN! Reason: ${recorded.shutdownReason}`);
        const leftMs = event.deadlineMs - clock.now() - shutdownMarginMs;
        // A deadline that is over when it is told comes of a clock that was set: there is no later chance, so it is tried.
        const endsAt = clock.elapsed() + (leftMs > 0 ? Math.min(shutdownBudgetMs, leftMs) : shutdownBudgetMs);
        await Promise.all([outbox.close(recorded, endsAt), send(recorded, endsAt)]);
      });
    },
  };
}

function notification(event: LifecycleEvent): Notification {
  return {
    timestamp: event.timestamp,
    event_type: event.eventType,
    function_name: event.functionName,
    request_id: event.requestId,
    environment_id: event.environmentId,
    shutdown_reason: event.shutdownReason,
    event_id: event.eventId,
  };
}
