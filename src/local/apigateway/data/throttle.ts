import type {MethodSetting} from '@aws-sdk/client-api-gateway';
import type {Call} from './call.ts';

type Bucket = {tokens: number; at: number};

/** Token buckets by stage and method. */
export type Buckets = Map<string, Bucket>;

/** Takes a token for the request; false when the method is over the limits of its stage. `now`: epoch ms. */
export function admits(buckets: Buckets, call: Call, now = Date.now()): boolean {
  const setting = settingFor(call);
  const {throttlingRateLimit: rate, throttlingBurstLimit: burst} = setting ?? {};
  if (rate === undefined || burst === undefined) return true;
  const key = [call.api.id, call.stage.stageName, call.method.httpMethod, call.resource.path].join(' ');
  const bucket = buckets.get(key) ?? {tokens: burst, at: now};
  const tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1_000) * rate);
  const admitted = tokens >= 1;
  buckets.set(key, {tokens: admitted ? tokens - 1 : tokens, at: now});
  return admitted;
}

function settingFor({stage, resource, method}: Call): MethodSetting | undefined {
  const own = `${resource.path.replaceAll('/', '~1')}/${method.httpMethod}`;
  return stage.methodSettings.get(own) ?? stage.methodSettings.get('*/*');
}
