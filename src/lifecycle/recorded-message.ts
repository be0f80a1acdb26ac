import type {Envelope} from './message.ts';
import type {SessionMessage} from './session-message.ts';

/** What is done to a stack, one after the other, in one recording. */
type Part = 'deploy' | 'session' | 'teardown';

/** The first line of a recording: whose it is. */
export type StartMessage = Envelope<'session'> & {
  /** Of the package that wrote it. */
  version: string;
  label: string;
  region: string;
  stack: string;
  functionName: string;
  authorizerName: string;
  /** Not AWS itself, but an endpoint that speaks like it. */
  local: boolean;
};

/** A part begins. `apiUrl` and `idleWindow` (ms) are of a session. */
export type BeginMessage = Envelope<'begin'> & {
  part: Part;
  apiUrl?: string;
  idleWindow?: {minMs: number; maxMs: number};
};

/** A part has ended; `ok` is of a deployment or teardown, which took `ms`. */
export type EndMessage = Envelope<'end'> & {part: Part; ok?: boolean; ms?: number; apiUrl?: string};

/** One line of a recording. */
export type RecordedMessage = SessionMessage | StartMessage | BeginMessage | EndMessage;
