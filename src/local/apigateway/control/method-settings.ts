import type {MethodSetting} from '@aws-sdk/client-api-gateway';
import type {Stage} from '../model.ts';
import {booleanOf, type Change, invalidPath, numberOf, textOf} from './patch.ts';

/** What a method's settings are before anyone set them; the limits are the account's. */
const initialSetting: MethodSetting = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5_000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};

const settings: Record<string, (change: Change) => MethodSetting> = {
  'throttling/rateLimit': change => ({throttlingRateLimit: numberOf(change, [0, 10_000])}),
  'throttling/burstLimit': change => ({throttlingBurstLimit: Math.trunc(numberOf(change, [0, 5_000]))}),
  'metrics/enabled': change => ({metricsEnabled: booleanOf(change)}),
  'logging/loglevel': change => ({loggingLevel: textOf(change)}),
  'logging/dataTrace': change => ({dataTraceEnabled: booleanOf(change)}),
};

/** Changes or removes the setting of `*\/*` or one method; BadRequestException for a setting that does not exist. */
export function changeMethodSetting(stage: Stage, change: Change, path: string | undefined): void {
  const [resource, verb, ...setting] = change.path;
  const key = `${resource!.replaceAll('/', '~1')}/${verb}`;
  if (verb === undefined || !(resource === '*' || resource?.startsWith('/'))) throw invalidPath(path);
  if (change.op === 'remove' && setting.length === 0) {
    stage.methodSettings.delete(key);
    return;
  }
  const current = stage.methodSettings.get(key) ?? {...initialSetting};
  const name = setting.join('/');
  if (!Object.hasOwn(settings, name)) throw invalidPath(path);
  stage.methodSettings.set(key, {...current, ...settings[name]!(change)});
}
