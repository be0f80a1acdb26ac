import {Problem} from './problem.ts';

/**
 * Where the demo lives. With `endpoint` set to a loopback address nothing of the user's AWS configuration is used,
 * but for the keys in its environment when `environmentKeys` says so.
 * `label` is for people: `Local`, a profile name, or the endpoint's host.
 */
export type Target = {
  label: string;
  region: string;
  profile?: string;
  endpoint?: string;
  /** Addresses of single services from AWS_ENDPOINT_URL_LAMBDA and its like, which the SDK honours by itself; by variable. */
  serviceEndpoints?: Record<string, string>;
  /** The user named the endpoint and has set AWS_ACCESS_KEY_ID: sign with that, also on a loopback address. */
  environmentKeys?: boolean;
};

/** Whether the target is on this machine: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(target: Pick<Target, 'endpoint'>): boolean {
  if (target.endpoint === undefined || !URL.canParse(target.endpoint)) return false;
  const host = new URL(target.endpoint).hostname;
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Throws a usage Problem unless the endpoint is an https address, or an http one on this machine. */
export function checkEndpoint(endpoint: string): void {
  const protocol = URL.canParse(endpoint) ? new URL(endpoint).protocol : undefined;
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback({endpoint}))) return;
  throw new Problem('usage', `The endpoint ${endpoint} is not usable`, {
    details:
      protocol === 'http:'
        ? 'Requests would cross the network unencrypted'
        : 'It must be an address such as http://127.0.0.1:4566',
    solution: 'Use https, or http on a loopback address.',
  });
}
