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

/** One run over the stack: where, what is wanted, and what was read and made so far. */
export type Run = {
  target: Target;
  clients: Clients;
  names: StackNames;
  signal: AbortSignal | undefined;
  /** Only in a deployment: elsewhere any value of an option counts as wanted. */
  options?: DeployOptions;
  /** Not needed to remove things. */
  assets?: Promise<Assets>;
  /** Answers of `perRun` readers, by reader; delete one, or clear all, to read again. */
  reads: Map<unknown, Promise<unknown>>;
  /** What one step made and another needs. */
  made: {layerArn?: string; role?: true; api?: {id: string; authorizerId: string}};
  /** How often Lambda did not see the role, by function. */
  roleRefusals: {target: number; authorizer: number};
};

/** A run of which it is known who calls: that says what every ARN has to be. */
export type Context = Run & {identity: Identity};

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
 * A failed read is asked again. No reader waits for who calls: ARNs are taken from what AWS answers.
 */
export function perRun<T>(read: (run: Run) => Promise<T>): (run: Run) => Promise<T> {
  const reader = (run: Run): Promise<T> => {
    const known = run.reads.get(reader) as Promise<T> | undefined;
    if (known) return known;
    const answer = read(run);
    run.reads.set(reader, answer);
    answer.catch(() => run.reads.delete(reader));
    return answer;
  };
  return reader;
}
