import {execFile, spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Readable, Writable} from 'node:stream';
import {promisify} from 'node:util';

type Params = Record<string, unknown>;
type Message = {id?: number; sessionId?: string; method?: string; params?: Params; result?: Params; error?: Params};

/** One tab of a headless browser, spoken to in the DevTools protocol over a pipe. */
export type Tab = {
  send(method: string, params?: Params): Promise<Params>;
  /** Everything the tab has told since it was opened: `method` and what came with it. */
  told: {method: string; params: Params}[];
  /** Loads a page, and waits until it is there. */
  open(url: string): Promise<void>;
  /** The value of an expression in the page, by JSON. */
  evaluate<T>(expression: string): Promise<T>;
};

const names = ['chromium', 'chromium-browser', 'chrome', 'google-chrome', 'google-chrome-stable'];

/** A Chromium or Chrome on the PATH that runs here; undefined where there is none. */
export async function findBrowser(): Promise<string | undefined> {
  for (const name of names) {
    const isThere = await promisify(execFile)(name, ['--version'], {timeout: 15_000}).then(
      () => true,
      () => false,
    );
    if (isThere) return name;
  }
  return undefined;
}

/** Starts it with a profile of its own, which goes with it. */
export async function launchBrowser(path: string): Promise<{newTab(): Promise<Tab>; close(): Promise<void>}> {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  const flags = ['--headless', '--remote-debugging-pipe', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
  // Its own sandbox takes no root; nothing but our own page is shown.
  const child = spawn(path, [...flags, '--no-sandbox', `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  const [, , , toIt, fromIt] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, {resolve(result: Params): void; reject(error: Error): void}>();
  const listeners = new Map<string, (method: string, params: Params) => void>();
  child.once('close', () => {
    for (const {reject} of waiting.values()) reject(new Error('The browser has ended'));
  });
  toIt.on('error', () => {});

  let buffered = '';
  fromIt.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = (buffered + chunk).split('\0');
    buffered = messages.pop()!;
    for (const text of messages) take(JSON.parse(text));
  });
  function take({id, sessionId = '', method, params = {}, result = {}, error}: Message): void {
    if (id === undefined) {
      listeners.get(sessionId)?.(method ?? '', params);
      return;
    }
    const {resolve, reject} = waiting.get(id)!;
    waiting.delete(id);
    if (error) reject(new Error(JSON.stringify(error)));
    else resolve(result);
  }

  let ids = 0;
  const send = (method: string, params: Params = {}, sessionId?: string) =>
    new Promise<Params>((resolve, reject) => {
      ids += 1;
      waiting.set(ids, {resolve, reject});
      toIt.write(`${JSON.stringify({id: ids, method, params, ...(sessionId && {sessionId})})}\0`);
    });

  async function newTab(): Promise<Tab> {
    const {targetId} = await send('Target.createTarget', {url: 'about:blank'});
    const sessionId = String((await send('Target.attachToTarget', {targetId, flatten: true})).sessionId);
    const told: Tab['told'] = [];
    let loaded = () => {};
    listeners.set(sessionId, (method, params) => {
      told.push({method, params});
      if (method === 'Page.loadEventFired') loaded();
    });
    const tab: Tab = {
      told,
      send: (method, params) => send(method, params, sessionId),
      async open(url) {
        const isLoaded = new Promise<void>(resolve => {
          loaded = resolve;
        });
        await tab.send('Page.navigate', {url});
        await isLoaded;
      },
      async evaluate<T>(expression: string) {
        const {result, exceptionDetails} = await tab.send('Runtime.evaluate', {expression, returnByValue: true});
        if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
        return (result as {value: T}).value;
      },
    };
    for (const domain of ['Page', 'Runtime', 'Log', 'Audits']) await tab.send(`${domain}.enable`);
    return tab;
  }

  return {
    newTab,
    async close() {
      child.kill('SIGKILL');
      await ended;
      await rm(profile, {recursive: true, force: true, maxRetries: 5});
    },
  };
}
