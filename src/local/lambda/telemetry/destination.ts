import {HttpDestination} from './http-destination.ts';
import type {Destination} from './subscription-request.ts';
import {TcpDestination} from './tcp-destination.ts';

/** Delivers events, each given as JSON; whether the consumer has taken them. Never rejects. */
export type Send = (items: readonly string[], signal: AbortSignal) => Promise<boolean>;
export type OpenDestination = {send: Send; close(): void};

/** `host`: the loopback address that `sandbox.localdomain` names in the environment. */
export function openDestination(host: string, destination: Destination): OpenDestination {
  return destination.protocol === 'HTTP'
    ? new HttpDestination(host, destination)
    : new TcpDestination(host, destination.port);
}
