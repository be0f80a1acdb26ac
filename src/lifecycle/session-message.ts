import type {KeptEnd} from './kept-end.ts';
import type {Envelope, Message, ResponseMessage} from './message.ts';

/** A request was sent; its response has the same key. `sentAt`: epoch ms on AWS's clock. `via` a direct Invoke, not the API. */
export type RequestMessage = Envelope<'request'> & {key: number; sentAt: number; sleepMs?: number; via?: 'invoke'};

/** The answer to the request of that key. */
export type AnswerMessage = ResponseMessage & {key?: number};

/** AWS's clock minus ours, as reckoned from now on, ms. */
export type ClockMessage = Envelope<'clock'> & {offsetMs: number};

/** Reads fail, and why; without a text they work again. */
export type ProblemMessage = Envelope<'problem'> & {text?: string};

/**
 * What Lambda says of the function when environments have ended: then their lifetimes are learned from. Epoch ms, ms;
 * nothing where the function is gone.
 */
export type FunctionMessage = Envelope<'function'> & {
  environments: readonly string[];
  timeoutMs?: number;
  lastModified?: number;
};

/** What earlier runs saw end; `teaches`: it belongs into the forecast, not into the score alone. */
export type EarlierMessage = Envelope<'earlier'> & {ends: readonly KeptEnd[]; teaches: boolean};

/** By a changed variable of the function, or by an invocation that hangs or crashes. */
export type ShutdownWay = 'update' | 'timeout' | 'crash';

/**
 * SHUTDOWN is forced: first the order, then each environment's end, then that no more is waited for; `gaveUp` on the
 * user's word. `waitMs`: how long the ends are waited for after the order. Recordings of early versions lack some of it.
 */
export type ShutdownMessage = Envelope<'shutdown'> &
  (
    | {status: 'ordered'; how?: ShutdownWay; waitMs?: number; startedAt: number; expected: readonly string[]}
    | {status: 'seen'; environmentId: string; reason: string; latencyMs: number}
    | {status: 'finished'; gaveUp?: boolean}
  );

/** Everything that changes what a session shows, in the order in which it came. */
export type SessionMessage =
  | Message
  | AnswerMessage
  | RequestMessage
  | ClockMessage
  | ProblemMessage
  | FunctionMessage
  | EarlierMessage
  | ShutdownMessage;
