import {randomUUID} from 'node:crypto';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {type Listening, listen, readText} from './listening.ts';

type Register = {name: unknown; events: unknown};

/** A stand-in for Lambda's Extensions API, for one extension at a time. */
export type Platform = Listening & {
  registers: Register[];
  /** Refuse registration with this status. */
  refuseWith?: number;
  /** Cuts the connection of the parked `next`, waiting for it first. */
  cut(): Promise<void>;
  /** Answers the parked `next`, waiting for it first. Resolves once the extension parks again. */
  invoke(requestId: string, event?: object): Promise<void>;
  /** The same without waiting for what follows. */
  shutdown(reason: string, event?: object): Promise<void>;
  /** Resolves when `next` has been parked `count` times in all. */
  parked(count: number): Promise<void>;
};

export async function startPlatform(): Promise<Platform> {
  const registers: Register[] = [];
  let parkedCount = 0;
  let waiting: ServerResponse | undefined;
  const watchers: (() => void)[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/2020-01-01/extension/register') {
      const {events} = JSON.parse(await readText(request));
      registers.push({name: request.headers['lambda-extension-name'], events});
      if (platform.refuseWith) {
        response.statusCode = platform.refuseWith;
        response.end('{"errorType":"Extension.RegistrationClosed","errorMessage":"as told"}\n');
        return;
      }
      response.setHeader('Lambda-Extension-Identifier', randomUUID());
      response.end(JSON.stringify({functionName: 'stand-in', functionVersion: '$LATEST', handler: 'index.handler'}));
      return;
    }
    waiting = response;
    parkedCount += 1;
    for (const wake of watchers.splice(0)) wake();
  }

  const server = createServer((request, response) => void handle(request, response));
  server.keepAliveTimeout = 0;
  const listening = await listen(server);

  async function parked(count: number): Promise<void> {
    while (parkedCount < count) await new Promise<void>(resolve => watchers.push(resolve));
  }

  async function take(): Promise<ServerResponse | undefined> {
    await parked(waiting ? parkedCount : parkedCount + 1);
    const response = waiting;
    waiting = undefined;
    return response;
  }

  async function deliver(event: object): Promise<number> {
    (await take())?.end(JSON.stringify(event));
    return parkedCount;
  }

  const platform: Platform = {
    ...listening,
    registers,
    parked,
    async cut() {
      (await take())?.destroy();
    },
    async invoke(requestId, event = {}) {
      const deadlineMs = Date.now() + 6_000;
      const before = await deliver({eventType: 'INVOKE', deadlineMs, requestId, invokedFunctionArn: 'arn', ...event});
      await parked(before + 1);
    },
    async shutdown(shutdownReason, event = {}) {
      await deliver({eventType: 'SHUTDOWN', shutdownReason, deadlineMs: Date.now() + 1_700, ...event});
    },
  };
  return platform;
}
