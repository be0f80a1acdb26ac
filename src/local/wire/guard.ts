import {ServiceError} from './service.ts';

/** Host without its port, lower case; empty when there is none. */
export function hostName(host: string | undefined): string {
  return (host ?? '').toLowerCase().replace(/:\d*$/, '');
}

/** True for names that can only mean this machine, so that no rebound public name reaches the endpoint. */
export function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

/**
 * Keeps web pages away from the control plane: a browser always tells on itself by `Origin` or `Sec-Fetch-Site`
 * when a page sends a request. What the user typed into the address bar has neither, or `none`.
 */
export function refuseBrowsers(headers: Record<string, string>): void {
  if (!isLoopbackName(hostName(headers.host))) {
    throw new ServiceError('AccessDeniedException', 'Only loopback host names reach this endpoint: use 127.0.0.1', 403);
  }
  const site = headers['sec-fetch-site'];
  if (headers.origin !== undefined || (site !== undefined && site !== 'none')) {
    throw new ServiceError('AccessDeniedException', 'Web pages may not call this endpoint', 403);
  }
}
