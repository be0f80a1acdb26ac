import {describe, test} from 'vitest';
import {type ApiMessage, message} from '../../../src/lifecycle/message.ts';
import {frameTime} from '../../support/fake-session.ts';
import {golden} from '../../support/golden.ts';
import {openDashboard} from '../../support/open-app.ts';
import {large, sizeName, small, usual} from '../../support/sizes.ts';

/** Some calls of a session, one refused and one without an answer. */
const calls = Array.from({length: 60}, (_, index): ApiMessage => {
  const input = {FunctionName: 'lambda-target-demo'};
  const body = {
    type: 'api',
    service: 'lambda',
    operation: 'GetFunctionConfiguration',
    status: 200,
    ms: 12,
    attempt: 1,
    input,
  };
  const at = new Date(frameTime - 60_000 + index * 1_000 - (index === 57 ? 30_000 : 0));
  const refused = {error: 'TooManyRequestsException', status: 429, retryInMs: 400};
  const lost = {error: 'TimeoutError', status: 0, ms: 30_000, attempt: 2};
  return message<ApiMessage>({...body, ...(index === 55 && refused), ...(index === 57 && lost)} as never, at);
});

describe.each([large, usual, small])('at $columns x $rows', size => {
  const name = sizeName(size);

  test('commands, nothing typed', async () => {
    const {app} = await openDashboard(size);
    await app.press(':');
    await golden(`palette-${name}`, app);
  });

  test('commands, searched and partly off', async () => {
    const {app} = await openDashboard(size);
    app.app.store.set({readOnly: true});
    await app.press(':fir');
    await golden(`palette-searched-${name}`, app);
  });

  test('an argument', async () => {
    const {app} = await openDashboard(size);
    await app.press(':theme ');
    await golden(`palette-argument-${name}`, app);
  });

  test('no match', async () => {
    const {app} = await openDashboard(size);
    await app.press(':thmee');
    await golden(`palette-none-${name}`, app);
  });

  test('API calls, followed, scrolled and one in full', async () => {
    const {app, session} = await openDashboard(size);
    session.change({api: calls});
    await app.press('@');
    await app.see('63 · 3 failed');
    await golden(`api-calls-${name}`, app);
    await app.press('kkkkk');
    await golden(`api-calls-scrolled-${name}`, app);
    await app.press('j\r');
    await app.see('any key goes back');
    await golden(`api-call-${name}`, app);
  });
});
