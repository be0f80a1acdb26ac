import {join} from 'node:path';
import type {LifecycleEvent} from '../../lifecycle/event.ts';
import {readEnvironment, type StoredEnvironment, writeEnvironment} from './environment-file.ts';
import {keepQueue, readQueue} from './queue-file.ts';

/** What outlives a reset. Nothing of it throws: a full disk must not take the function down. */
export type Storage = {
  readEnvironment(): StoredEnvironment | undefined;
  saveEnvironment(environment: StoredEnvironment): void;
  readQueue(environmentId: string): LifecycleEvent[];
  /** False when the events could not be kept. */
  keepQueue(events: readonly LifecycleEvent[]): boolean;
};

/** `folder` is the environment's /tmp. */
export function createStorage(folder: string, onError: (line: string) => void): Storage {
  const environmentPath = join(folder, 'lifecycle-environment.json');
  const queuePath = join(folder, 'lifecycle-queue.json');

  function succeeds(path: string, write: () => void): boolean {
    try {
      write();
      return true;
    } catch (error) {
      onError(`${path} not written: ${error}`);
      return false;
    }
  }

  return {
    readEnvironment: () => readEnvironment(environmentPath),
    saveEnvironment: environment =>
      void succeeds(environmentPath, () => writeEnvironment(environmentPath, environment)),
    readQueue: environmentId => readQueue(queuePath, environmentId),
    keepQueue: events => succeeds(queuePath, () => keepQueue(queuePath, events)),
  };
}
