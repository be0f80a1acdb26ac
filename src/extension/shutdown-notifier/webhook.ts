import http from 'node:http';
import https from 'node:https';
import {isIP} from 'node:net';
import {isLoopback} from './configuration.ts';
import {exchange} from './exchange.ts';
import type {Notify} from './notifier.ts';
import {isPrivateAddress, lookupPublic} from './public-lookup.ts';

type WebhookOptions = {
  url: string;
  /** The function runs in the embedded AWS: the webhook may be on the same machine. */
  local: boolean;
};

/**
 * POSTs events to the webhook. An address that is not allowed, and any answer that is not a 2xx, rejects.
 * Messages never hold the URL: its path is usually the secret.
 */
export function createWebhook({url: text, local}: WebhookOptions): Notify {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const refusal = url ? refuse(url, local) : 'not a URL';
  return async (body, timeoutMs) => {
    if (!url || refusal) throw new Error(refusal);
    const {status} = await exchange({
      url,
      headers: {'content-type': 'application/json', 'user-agent': 'shutdown-notifier'},
      body: JSON.stringify(body),
      timeoutMs,
      agent: createAgent(url, local),
      readBody: false,
    });
    if (status >= 300 && status < 400) throw new Error(`HTTP ${status} (redirects are refused)`);
    if (status < 200 || status > 299) throw new Error(`HTTP ${status}`);
    return status;
  };
}

/** Why the address is not allowed; undefined when it is, as far as can be told before its name is looked up. */
export function refuse(url: URL, local: boolean): string | undefined {
  if (url.username || url.password) return 'user info in the URL is refused';
  if (local && isLoopback(url.hostname) && /^https?:$/.test(url.protocol)) return undefined;
  if (url.protocol !== 'https:') return 'only https is allowed';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 0) return undefined;
  if (!local) return 'IP addresses are refused';
  return isPrivateAddress(host) ? 'private address' : undefined;
}

/** A connection of its own each time: between two events lies a freeze. */
function createAgent(url: URL, local: boolean): http.Agent {
  const lookup = local && isLoopback(url.hostname) ? {} : {lookup: lookupPublic};
  return url.protocol === 'https:' ? new https.Agent(lookup) : new http.Agent(lookup);
}
