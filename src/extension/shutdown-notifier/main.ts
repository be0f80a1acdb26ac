import {readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {LifecycleEvent} from '../../lifecycle/event.ts';
import {readConfiguration} from './configuration.ts';
import {readEnvironment, type StoredEnvironment, writeEnvironment} from './environment-file.ts';
import {createExtensionsApi, type ExtensionsApi, type Registration} from './extensions-api.ts';
import {insist} from './insist.ts';
import {createNotifier, type Notifier, type Notify, shutdownBudgetMs} from './notifier.ts';
import {createOutbox} from './outbox.ts';
import {keepQueue, takeQueue} from './queue-file.ts';
import {createRecorder, type Recorder, readEvent, startEnvironment} from './recorder.ts';

const configuration = readConfiguration(process.env);
const environmentPath = join(tmpdir(), 'lifecycle-environment.json');
const queuePath = join(tmpdir(), 'lifecycle-queue.json');

const log = (line: string) => console.log(`[shutdown-notifier] ${line}`);
const debug = (line: string) => configuration.debug && log(`Debug: ${line}`);
const wait = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms));

/** Lambda counts the end of this process as a crash of the function. */
function survive(): void {
  process.stdout.on('error', () => undefined);
  process.on('uncaughtException', error => debug(`unexpected: ${error.message}`));
  process.on('unhandledRejection', reason => debug(`unexpected: ${reason}`));
}

/** The kernel's generator, where there is one, spares loading crypto before the first `next`. */
function newId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/uuid', 'utf8').trim();
  } catch {
    return crypto.randomUUID();
  }
}

function save(environment: StoredEnvironment): void {
  try {
    writeEnvironment(environmentPath, environment);
  } catch (error) {
    debug(`${environmentPath} not written: ${error}`);
  }
}

function keep(events: readonly LifecycleEvent[]): boolean {
  try {
    keepQueue(queuePath, events);
    return true;
  } catch (error) {
    debug(`${queuePath} not written: ${error}`);
    return false;
  }
}

/** Loaded while `next` is parked: signing and TLS before it would make every cold start longer. */
const loadTable = once(async () => (await import('./table.ts')).createTable(configuration));

async function loadWebhook(url: string): Promise<Notify> {
  return (await import('./webhook.ts')).createWebhook({url, local: configuration.local});
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

function createParts(registration: Registration): {recorder: Recorder; notifier: Notifier} {
  const environment = startEnvironment(readEnvironment(environmentPath), Date.now(), newId);
  save(environment);
  const {functionName, functionVersion, initType, ttlSeconds, webhookUrl} = configuration;
  const identity = {
    functionName: registration.functionName ?? functionName,
    functionVersion: registration.functionVersion ?? functionVersion,
    initType,
  };
  const recorder = createRecorder({identity, environment, ttlSeconds, newId});
  const outbox = createOutbox({
    put: async (event, timeoutMs) => (await loadTable()).put(event, timeoutMs),
    log,
    now: Date.now,
    wait,
    leftOver: environment.generation > 1 ? takeQueue(queuePath, environment.environmentId) : [],
    keep,
  });
  const notifier = createNotifier({
    recorder,
    outbox,
    ...(webhookUrl && {notify: async (body, timeoutMs) => (await loadWebhook(webhookUrl))(body, timeoutMs)}),
    save,
    log,
    now: Date.now,
  });
  return {recorder, notifier};
}

function patiently<T>(call: () => Promise<T>): Promise<T> {
  return insist(call, wait, error => debug(`Extensions API: ${error}`));
}

async function serve(api: ExtensionsApi, identifier: string, {recorder, notifier}: ReturnType<typeof createParts>) {
  for (;;) {
    const parked = () => {
      recorder.parked(Date.now());
      setImmediate(loadTable);
    };
    const event = readEvent(await patiently(() => api.next(identifier, parked)));
    if (event?.eventType === 'INVOKE') await notifier.invoke(event);
    if (event?.eventType === 'SHUTDOWN') {
      // A name that never resolves would hold the process back.
      setTimeout(() => process.exit(0), shutdownBudgetMs + 50);
      (await loadTable()).renew();
      return notifier.shutdown(event);
    }
  }
}

async function run(): Promise<void> {
  survive();
  log('Starting');
  const api = createExtensionsApi(configuration.runtimeApi);
  // Lambda Managed Instances run many invocations at a time and announce none of them.
  const managed = configuration.initType === 'lambda-managed-instances';
  const registration = await patiently(() => api.register(managed ? ['SHUTDOWN'] : ['INVOKE', 'SHUTDOWN']));
  log(`Registered with ID: ${registration.identifier}`);
  await serve(api, registration.identifier, createParts(registration));
}

run().then(
  () => process.exit(0),
  error => {
    // Without the Extensions API nothing can be done here; ending lets Lambda start the environment afresh.
    log(`Giving up: ${error.message}`);
    process.exit(1);
  },
);
