import type {Span} from './like-aws.ts';
import type {Settings} from './settings.ts';

const scaledTimes = [
  'idleMs',
  'functionCreateMs',
  'functionUpdateMs',
  'ttlSweepMs',
  'tableDelayMs',
  'rolePropagationMs',
  'roleRememberedMs',
  'policyWriteMs',
  'stageSettleMs',
  'logFlushMs',
  'ttlChangeMs',
] as const;

/** The times of `settings`, each multiplied by `scale`: delays, latencies, intervals of rates and idle lifetimes, no limits. */
export function scaled(settings: Settings, scale: number): Partial<Settings> {
  const span = ([least, most]: Span): Span => [least * scale, most * scale];
  const times: Partial<Settings> = {};
  for (const name of scaledTimes) times[name] = settings[name] * scale;
  const latencyMs = Object.entries(settings.latencyMs).map(([service, latencies]) => [
    service,
    Object.fromEntries(Object.entries(latencies).map(([operation, range]) => [operation, span(range)])),
  ]);
  return {
    ...times,
    asyncRetryMs: settings.asyncRetryMs.map(ms => ms * scale),
    retireMs: span(settings.retireMs),
    latencyMs: Object.fromEntries(latencyMs),
    callRates: settings.callRates.map(rate => ({...rate, everyMs: rate.everyMs * scale})),
  };
}
