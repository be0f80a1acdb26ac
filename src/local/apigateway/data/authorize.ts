import type {InvokeAnswer} from '../../lambda/environment/environment.ts';
import {identitySources} from '../control/authorizers.ts';
import type {Authorizer} from '../model.ts';
import {apiArn, type Call, methodArn} from './call.ts';
import {requestAuthorizerEvent, tokenAuthorizerEvent} from './event.ts';
import {GatewayError, gatewayErrors} from './gateway-error.ts';
import {identityValue} from './identity.ts';
import {type InvokeFunction, invokeFor} from './invoke.ts';
import {decide} from './policy.ts';

/** What an authorizer answered: who, what that one may do, and what goes into the event. */
type Verdict = {policy: unknown; context: Record<string, string>};

/** Verdicts by authorizer and identity, for as long as the authorizer's TTL says. */
export type AuthorizerCache = Map<string, {verdict: Verdict; expiresAt: number}>;

const authorizerTimeoutMs = 29_000;
const maxCached = 10_000;

/**
 * Lets a request pass or rejects with API Gateway's 401, 403 or 500. Resolves to `requestContext.authorizer`; undefined for an
 * open method. A missing identity is 401 without a call.
 */
export async function authorize(
  call: Call,
  {invoke, cache}: {invoke: InvokeFunction; cache: AuthorizerCache},
): Promise<Record<string, unknown> | undefined> {
  if (call.method.authorizationType === 'NONE') return undefined;
  const authorizer = call.deployment.snapshot.authorizers.get(call.method.authorizerId ?? '');
  if (!authorizer) throw gatewayErrors.authorizerFailed();
  const identity = identityOf(call, authorizer);
  const startedAt = Date.now();
  const key = JSON.stringify([call.api.id, call.stage.stageName, call.deployment.id, authorizer.id, identity]);
  const caches = authorizer.authorizerResultTtlInSeconds > 0 && identity.length > 0;
  const cached = caches ? cache.get(key) : undefined;
  const fresh = cached && cached.expiresAt > startedAt;
  const verdict = fresh ? cached.verdict : await ask(call, authorizer, identity, invoke);
  if (caches && !fresh) remember(cache, key, verdict, startedAt + authorizer.authorizerResultTtlInSeconds * 1_000);
  const decision = decide(verdict.policy, methodArn(call));
  if (!decision) throw gatewayErrors.authorizerFailed();
  if (decision !== 'allow') throw gatewayErrors.denied(decision === 'explicit deny');
  return {...verdict.context, integrationLatency: fresh ? 0 : Date.now() - startedAt};
}

/** The values of the identity sources; all must be there, and a token must fit its expression. */
function identityOf(call: Call, authorizer: Authorizer): string[] {
  const identity = identitySources(authorizer).map(source => identityValue(call, source));
  if (!identity.every(value => value !== undefined)) throw gatewayErrors.unauthorized();
  const expression = authorizer.identityValidationExpression;
  if (authorizer.type === 'TOKEN' && expression && !fits(expression, identity[0]!)) throw gatewayErrors.unauthorized();
  return identity;
}

function fits(expression: string, token: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`).test(token);
  } catch {
    return false;
  }
}

async function ask(call: Call, authorizer: Authorizer, identity: string[], invoke: InvokeFunction): Promise<Verdict> {
  const event = authorizer.type === 'TOKEN' ? tokenAuthorizerEvent(call, identity[0]!) : requestAuthorizerEvent(call);
  const answer = await invokeFor(call, {
    invoke,
    uri: authorizer.authorizerUri,
    event,
    sourceArn: `${apiArn(call)}/authorizers/${authorizer.id}`,
    timeoutMs: authorizerTimeoutMs,
  }).catch(error => {
    throw error instanceof GatewayError ? gatewayErrors.authorizerFailed() : error;
  });
  return readVerdict(answer);
}

/** 401 for the error `Unauthorized`; 500 for any other, for no policy, no principal, or a context with more than plain values. */
function readVerdict({payload, functionError}: InvokeAnswer): Verdict {
  const answer = parse(payload);
  if (functionError) {
    throw answer?.errorMessage === 'Unauthorized' ? gatewayErrors.unauthorized() : gatewayErrors.authorizerFailed();
  }
  const {principalId, policyDocument, context = {}} = answer ?? {};
  const plain = typeof context === 'object' && context !== null ? Object.entries(context) : undefined;
  if (typeof principalId !== 'string' || !policyDocument || !plain?.every(([, value]) => isPlain(value))) {
    throw gatewayErrors.authorizerFailed();
  }
  const texts = plain.map(([name, value]) => [name, String(value)]);
  return {policy: policyDocument, context: {...Object.fromEntries(texts), principalId}};
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function parse(payload: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function remember(cache: AuthorizerCache, key: string, verdict: Verdict, expiresAt: number): void {
  cache.delete(key);
  if (cache.size >= maxCached) cache.delete(cache.keys().next().value!);
  cache.set(key, {verdict, expiresAt});
}
