import {type ApiCall, apiCallMiddleware} from '../../aws/api-call.ts';
import type {Clients} from '../../aws/clients.ts';

let hearers = 0;

/** Hears of every attempt of every call made through these clients from now on. Returns what ends it. */
export function hearCalls(clients: Clients, onCall: (call: ApiCall) => void): () => void {
  hearers += 1;
  const name = `hearCalls${hearers}`;
  const {destroy: _, ...each} = clients;
  for (const [service, client] of Object.entries(each)) {
    const {middlewareStack} = client as Clients['sts'];
    middlewareStack.add(apiCallMiddleware(service, onCall), {step: 'deserialize', priority: 'high', name});
  }
  return () => {
    for (const {middlewareStack} of Object.values(each)) middlewareStack.remove(name);
  };
}
