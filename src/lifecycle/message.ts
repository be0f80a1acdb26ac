import type {LifecycleEvent} from './event.ts';

/** Every step of a deployment and every resource of the stack; the ids users see in `--json`. */
export const stepIds = [
  'role',
  'table',
  'layer',
  'logs-target',
  'logs-authorizer',
  'target',
  'authorizer',
  'api',
  'permissions',
  'smoke',
] as const;
export type StepId = (typeof stepIds)[number];

/** What every message has: the version of its form, when it was made (ISO), and its type. */
export type Envelope<Type extends string> = {v: 1; at: string; type: Type};

export type StepAction = 'created' | 'updated' | 'unchanged' | 'deleted' | 'absent';

/** Progress of one resource. `ms` is set when the step has ended. */
export type StepMessage = Envelope<'step'> & {
  id: StepId;
  status: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  /** What the resource is, for people: `DynamoDB table`. */
  title: string;
  /** Its name on AWS. */
  name: string;
  ms?: number;
  action?: StepAction;
  /** It is expected to decide how long the whole takes. */
  critical?: true;
  /** What it usually takes; only where that is known, and in a deployment once it is known what is there. */
  expectedMs?: number;
  /** Steps that must be done before it, while waiting. */
  waitsFor?: readonly StepId[];
  /** What is going on, while running: `waiting for ACTIVE`. */
  detail?: string;
  error?: string;
};

/** One attempt of one SDK call. */
export type ApiMessage = Envelope<'api'> & {
  service: string;
  operation: string;
  /** What it was called with, but for what is named in `without`: secrets, bytes, and what is long. */
  input?: Readonly<Record<string, unknown>>;
  without?: readonly string[];
  step?: StepId;
  /** HTTP status, 0 when no answer came. */
  status: number;
  error?: string;
  ms: number;
  attempt: number;
  retryInMs?: number;
};

/** The answer to one fired request. */
export type ResponseMessage = Envelope<'response'> & {
  /** HTTP status, 0 when no answer came. */
  status: number;
  latencyMs: number;
  requestId?: string;
  environmentId?: string;
  cold?: boolean;
  invocation?: number;
  initMs?: number;
  logStream?: string;
  error?: string;
};

/** A table item, as it was first seen. `late`: it came in behind newer ones. */
export type EventMessage = Envelope<'event'> & LifecycleEvent & {late?: boolean};

/** One log line. Times are epoch milliseconds; `ingestedAt` when CloudWatch took it. */
export type LogMessage = Envelope<'log'> & {
  function: string;
  stream: string;
  timestamp: number;
  eventId: string;
  ingestedAt: number;
  message: string;
  requestId?: string;
  environmentId?: string;
};

/** A webhook's request as its receiver has seen and answered it; `bytes` of body. */
export type DeliveryMessage = Envelope<'delivery'> & {
  eventId: string;
  eventType: string;
  environmentId: string;
  requestId: string;
  /** HTTP status of the answer. */
  status: number;
  bytes: number;
};

export type NoticeMessage = Envelope<'notice'> & {level: 'info' | 'warning'; text: string};

/** What failed, the details, how to solve it, and the next command. */
export type ErrorMessage = Envelope<'error'> & {
  title: string;
  details?: string;
  solution?: string;
  next?: string;
};

/** The last line of every `--json` output; each command adds its own members. */
export type ResultMessage = Envelope<'result'> & {ok: boolean; [member: string]: unknown};

/** The one union that the session, `--json` and replays are made of. */
export type Message =
  | StepMessage
  | ApiMessage
  | ResponseMessage
  | EventMessage
  | LogMessage
  | DeliveryMessage
  | NoticeMessage
  | ErrorMessage
  | ResultMessage;

export type Emit = (message: Message) => void;

type Body<M> = M extends Envelope<string> ? Omit<M, 'v' | 'at'> : never;

/** Stamps a message body with version and time. */
export function message<M extends Envelope<string>>(body: Body<M> & {type: M['type']}, at: Date = new Date()): M {
  return {v: 1, at: at.toISOString(), ...body} as unknown as M;
}
