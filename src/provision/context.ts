import type {Asset} from '../assets/load.ts';
import type {Clients} from '../aws/clients.ts';
import type {Identity} from '../aws/identity.ts';
import type {StackNames} from '../aws/names.ts';
import type {Target} from '../aws/target.ts';
import type {Emit, StepId} from '../lifecycle/message.ts';

export type Assets = {layer: Asset; target: Asset; authorizer: Asset};

export type ProvisionRequest = {
  target: Target;
  clients: Clients;
  names: StackNames;
  emit: Emit;
  /** Aborting stops after the calls in flight. */
  signal?: AbortSignal;
  /** What to upload; the built assets of this package when left out. */
  assets?: Promise<Assets>;
};

export type DeployOptions = {
  /** How long the table keeps an event. */
  ttlSeconds: number;
  webhookUrl?: string;
  /** What callers must send as Authorization; without it the API is open. */
  authToken?: string;
  /** Take over what carries our names and belongs to nobody; only the default stack's names are well known enough. */
  adopt?: boolean;
  /** Request the API and look for the event in the table before calling it deployed. */
  smoke: boolean;
};

/** One run over the stack: who, where, what is wanted, and what was read and made so far. */
export type Context = {
  target: Target;
  clients: Clients;
  names: StackNames;
  identity: Identity;
  signal: AbortSignal | undefined;
  /** Only in a deployment: elsewhere any value of an option counts as wanted. */
  options?: DeployOptions;
  /** Not needed to remove things. */
  assets?: Promise<Assets>;
  /** Answers of `perRun` readers; clear it to read again. */
  reads: Map<unknown, Promise<unknown>>;
  /** What one step made and another needs. */
  made: {layerArn?: string; role?: true; api?: {id: string; authorizerId: string}};
};

export type ResourceState = {
  id: StepId;
  title: string;
  name: string;
  state: 'absent' | 'present' | 'foreign';
  /** How it differs from what a deployment would make of it. */
  drift?: string;
};

/**
 * Makes a reader that asks AWS once per run: the look at who owns what, the repair and the removal share one answer.
 * A failed read is asked again.
 */
export function perRun<T>(read: (context: Context) => Promise<T>): (context: Context) => Promise<T> {
  return context => {
    const known = context.reads.get(read) as Promise<T> | undefined;
    if (known) return known;
    const answer = read(context);
    context.reads.set(read, answer);
    answer.catch(() => context.reads.delete(read));
    return answer;
  };
}
