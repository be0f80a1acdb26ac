import type {AddressInfo} from 'node:net';
import {createServer} from 'node:net';
import {expect} from 'vitest';
import type {Transition} from '../../../../src/local/lambda/environment/environment.ts';
import {startLocalAws} from '../../../../src/local/start.ts';
import {until} from '../service/until.ts';
import {bootstrap} from './bash-programs.ts';
import {manySockets, provideFunction, rawInvoke} from './endpoint-calls.ts';

/** What extensions tell, line by line, on a port of 127.0.0.1. */
async function listen() {
  const told: string[] = [];
  const server = createServer({allowHalfOpen: false}, socket => {
    let text = '';
    socket.setEncoding('utf8').on('data', chunk => {
      text += chunk;
    });
    socket.on('error', () => {});
    socket.on('end', () => told.push(...text.split('\n').filter(line => line !== '')));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const said = (word: string) =>
    told.flatMap(line => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  return {port: (server.address() as AddressInfo).port, said, close: () => server.close()};
}

const [callers, reserved] = [200, 50];

/** 200 callers at once on a function of 200 ms with a reservation of 50: checks every answer and every end. */
export async function crowdOn(extension: string): Promise<void> {
  const listener = await listen();
  const transitions: Transition[] = [];
  const notices: string[] = [];
  const local = await startLocalAws({
    port: 0,
    // A busy machine may take its time over 50 ends at once; none may be cut short by the budget.
    settings: {idleMs: 120_000, initLimitMs: 60_000, shutdownBudgetMs: {external: 20_000, internal: 500, none: 0}},
    onTransition: transition => transitions.push(transition),
    onNotice: text => notices.push(text),
  });
  const agent = manySockets();
  try {
    await provideFunction(local.endpoint, {
      name: 'crowd',
      runtime: 'provided.al2023',
      code: {bootstrap},
      layer: {'extensions/counter': extension},
      variables: {LISTENER_PORT: String(listener.port)},
      concurrency: reserved,
    });
    const answers = await Promise.all(
      Array.from({length: callers}, (_, caller) => rawInvoke(local.endpoint, {agent, name: 'crowd', event: {caller}})),
    );
    const served = answers.flatMap(({status, body}, caller) =>
      status === 200 ? [{caller, event: JSON.parse(body)}] : [],
    );
    expect(served.map(({event}) => event)).toEqual(served.map(({caller}) => ({caller})));
    expect(served.length).toBeGreaterThanOrEqual(reserved);
    const refused = answers.filter(({status}) => status !== 200);
    expect(served.length + refused.length).toBe(callers);
    expect(refused.length).toBeGreaterThan(0);
    for (const {status, headers, body} of refused) {
      expect(status).toBe(429);
      expect(headers).toMatchObject({
        'x-amzn-errortype': 'TooManyRequestsException',
        'content-type': 'application/json',
        'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect(JSON.parse(body)).toEqual({
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
        Type: 'User',
        message: 'Rate Exceeded.',
      });
    }
    const environments = new Set(transitions.map(({environment}) => environment));
    expect(environments.size).toBeLessThanOrEqual(reserved);
    expect(environments.size).toBeGreaterThan(1);
    await local.close();
    const gone = transitions.flatMap(({to, environment}) => (to === 'gone' ? [environment] : []));
    expect(new Set(gone)).toEqual(environments);
    await until('the last word of every extension', () => listener.said('shutdown').length >= environments.size);
    expect(listener.said('registered')).toHaveLength(environments.size);
    expect(listener.said('shutdown').sort()).toEqual(listener.said('registered').sort());
    expect(notices.filter(text => /failed/.test(text))).toEqual([]);
  } finally {
    agent.destroy();
    await local.close();
    listener.close();
  }
}
