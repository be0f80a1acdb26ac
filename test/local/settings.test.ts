import {expect, it} from 'vitest';
import {defaultSettings, settingsFor} from '../../src/local/settings.ts';

it('is the default table unless something else is asked for', () => {
  expect(settingsFor()).toEqual(defaultSettings);
  expect(settingsFor({idleMs: 5_000})).toEqual({...defaultSettings, idleMs: 5_000});
});

it('takes AWS’s delays with its behaviour, and single wishes above them', () => {
  const settings = settingsFor({behaviour: 'aws', tableDelayMs: 1});
  expect(settings).toMatchObject({behaviour: 'aws', tableDelayMs: 1, initLimitMs: defaultSettings.initLimitMs});
  const window = [1 - settings.idleSpread, 1 + settings.idleSpread].map(share => settings.idleMs * share);
  // The shortest and the longest of the published lifetimes.
  expect(window[0]).toBeLessThanOrEqual(328_000);
  expect(window[1]).toBeGreaterThanOrEqual(400_000);
});

it('has the limits that Lambda documents', () => {
  expect(defaultSettings).toMatchObject({
    initLimitMs: 10_000,
    shutdownBudgetMs: {external: 2_000, internal: 500, none: 0},
    sigtermShareMs: {external: 300, internal: 500},
    maxExtensions: 10,
    responseLimitBytes: 6_291_556,
    requestLimitBytes: 6_291_456,
    asyncRequestLimitBytes: 1_048_576,
    logTailBytes: 4_096,
    telemetry: {maxItems: {usual: 10_000}, maxBytes: {usual: 262_144}, timeoutMs: {usual: 1_000}},
  });
});

it('scales every time of a behaviour alike, and neither limits nor what is asked for', () => {
  const whole = settingsFor({behaviour: 'aws'});
  const fast = settingsFor({behaviour: 'aws', timeScale: 0.5, tableDelayMs: 3});
  expect(fast).toMatchObject({
    idleMs: whole.idleMs / 2,
    rolePropagationMs: 4_000,
    tableDelayMs: 3,
    retireMs: [1_000, 180_000],
    asyncRetryMs: [30_000, 60_000],
    initLimitMs: whole.initLimitMs,
    shutdownBudgetMs: whole.shutdownBudgetMs,
    idleSpread: whole.idleSpread,
  });
  expect(fast.latencyMs.apigateway?.DeleteRestApi).toEqual([410, 510]);
  expect(fast.callRates.map(({everyMs}) => everyMs)).toEqual(whole.callRates.map(({everyMs}) => everyMs / 2));
  expect(fast.callRates.map(({tokens, burst}) => [tokens, burst])).toEqual(
    whole.callRates.map(({tokens, burst}) => [tokens, burst]),
  );
});
