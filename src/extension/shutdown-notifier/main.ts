import {readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {systemClock} from './clock.ts';
import {readConfiguration} from './configuration.ts';
import {createExtensionsApi, type ExtensionsApi, type Registration} from './extensions-api.ts';
import {type Generation, startGeneration} from './generation.ts';
import {insist} from './insist.ts';
import {type Notify, shutdownBudgetMs} from './notifier.ts';
import {readEvent} from './recorder.ts';
import {createStorage} from './storage.ts';

const configuration = readConfiguration(process.env);

const log = (line: string) => console.log(`[shutdown-notifier] ${line}`);
const debug = (line: string) => configuration.debug && log(`Debug: ${line}`);

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

function start(registration: Registration): Generation {
  const {functionName, functionVersion, initType, ttlSeconds, webhookUrl} = configuration;
  return startGeneration({
    identity: {
      functionName: registration.functionName ?? functionName,
      functionVersion: registration.functionVersion ?? functionVersion,
      initType,
    },
    ttlSeconds,
    storage: createStorage(tmpdir(), debug),
    put: async (event, timeoutMs) => (await loadTable()).put(event, timeoutMs),
    ...(webhookUrl && {notify: async (body, timeoutMs) => (await loadWebhook(webhookUrl))(body, timeoutMs)}),
    log,
    clock: systemClock,
    random: Math.random,
    newId,
  });
}

function patiently<T>(call: () => Promise<T>): Promise<T> {
  return insist(call, systemClock.wait, error => debug(`Extensions API: ${error}`));
}

async function serve(api: ExtensionsApi, identifier: string, generation: Generation): Promise<void> {
  for (;;) {
    const parked = () => {
      generation.parked();
      setImmediate(loadTable);
    };
    const event = readEvent(await patiently(() => api.next(identifier, parked)));
    if (event?.eventType === 'SHUTDOWN') {
      // A name that never resolves would hold the process back. Not sooner: on a busy machine what is left over is still being kept.
      setTimeout(() => process.exit(0), shutdownBudgetMs + 300);
      (await loadTable()).renew();
    }
    if (event) await generation.handle(event);
    if (event?.eventType === 'SHUTDOWN') return;
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
  await serve(api, registration.identifier, start(registration));
}

run().then(
  () => process.exit(0),
  error => {
    // Without the Extensions API nothing can be done here; ending lets Lambda start the environment afresh.
    log(`Giving up: ${error.message}`);
    process.exit(1);
  },
);
