import type {Clock} from './clock.ts';
import {createNotifier, type Notify} from './notifier.ts';
import {createOutbox, type Put} from './outbox.ts';
import {createRecorder, type ExtensionEvent, type FunctionIdentity, startEnvironment} from './recorder.ts';
import type {Storage} from './storage.ts';

type GenerationOptions = {
  identity: FunctionIdentity;
  ttlSeconds: number;
  storage: Storage;
  put: Put;
  /** Absent: no webhook is set. */
  notify?: Notify;
  log: (line: string) => void;
  clock: Clock;
  random: () => number;
  newId: () => string;
};

/** One start of the extension in its environment: all of it but the transport. Nothing of it rejects. */
export type Generation = {
  /** `next` has been sent. */
  parked(): void;
  /** Resolves when `next` may be sent, or after SHUTDOWN the process may end. */
  handle(event: ExtensionEvent): Promise<void>;
};

/** Goes on from what the storage holds, and counts itself there before anything else happens. */
export function startGeneration(options: GenerationOptions): Generation {
  const {identity, ttlSeconds, storage, put, notify, log, clock, random, newId} = options;
  const environment = startEnvironment(storage.readEnvironment(), clock.now(), newId);
  storage.saveEnvironment(environment);
  const recorder = createRecorder({identity, environment, ttlSeconds, newId});
  const leftOver = environment.generation > 1 ? storage.readQueue(environment.environmentId) : [];
  const outbox = createOutbox({put, log, clock, random, leftOver, keep: storage.keepQueue});
  const notifier = createNotifier({
    recorder,
    outbox,
    ...(notify && {notify}),
    save: storage.saveEnvironment,
    log,
    clock,
  });
  return {
    parked: () => recorder.parked(clock.now()),
    handle: event => (event.eventType === 'INVOKE' ? notifier.invoke(event) : notifier.shutdown(event)),
  };
}
