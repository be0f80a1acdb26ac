import type {LogMessage} from '../../lifecycle/message.ts';
import {message} from '../../lifecycle/message.ts';
import type {RecordedMessage, StartMessage} from '../../lifecycle/recorded-message.ts';
import {safeJson} from '../../text/safe-json.ts';
import {sanitizeLine} from '../../text/sanitize.ts';
import {createMask} from './mask.ts';
import {type Keep, pruneSessions} from './prune-sessions.ts';
import {createSessionWriter} from './session-writer.ts';

const keep: Keep = {sessions: 20, bytes: 200_000_000};
const mostBytes = 100_000_000;

/** Whose session it is. */
export type Recorded = Omit<StartMessage, 'v' | 'at' | 'type' | 'version'>;

/** The folder that `--replay` takes, once there is one, and why no more is written to it, if so. */
export type RecordedPlace = {folder?: string; off?: string};

export type Recording = {
  write(message: RecordedMessage): void;
  /** A secret that the stack is known to use. */
  hide(secret: string): void;
  /** What the function's variables hold that must not be written. */
  hideVariables(variables: Readonly<Record<string, string>>): void;
  place(): RecordedPlace;
  /** Writes what is left. */
  close(): Promise<void>;
};

export type RecorderOptions = {
  /** Where the folders of sessions are made. */
  root: string;
  /** Of this package. */
  version: string;
  /** In words for the user. */
  onNotice: (text: string) => void;
};

export type Recorder = {begin(recorded: Recorded): Recording};

/** Removes what is too old, and begins recordings. */
export function createRecorder({root, version, onNotice}: RecorderOptions): Recorder {
  const pruned = pruneSessions(root, {...keep, sessions: keep.sessions - 1}).catch(() => {});
  return {
    begin(recorded) {
      const mask = createMask();
      let off: string | undefined;
      const writer = createSessionWriter({
        root,
        at: new Date(),
        mostBytes,
        onOff: reason => {
          off = reason;
          onNotice(`Recording is off: ${reason}.`);
        },
      });
      const write = (given: RecordedMessage): void => {
        const masked = mask.message(given);
        const line = safeJson(masked);
        writer.write('session.ndjson', line);
        if (masked.type === 'event') writer.write('events.ndjson', line);
        if (masked.type === 'log') writer.write('logs.txt', plainLine(masked));
      };
      write(message<StartMessage>({type: 'session', version, ...recorded}));
      return {
        write,
        hide: mask.hide,
        hideVariables: ({LIFECYCLE_WEBHOOK_URL, LIFECYCLE_AUTH_TOKEN}) => {
          if (LIFECYCLE_WEBHOOK_URL) mask.hidePath(LIFECYCLE_WEBHOOK_URL);
          if (LIFECYCLE_AUTH_TOKEN) mask.hide(LIFECYCLE_AUTH_TOKEN);
        },
        place: () => {
          const folder = writer.folder();
          return {...(folder !== undefined && {folder}), ...(off !== undefined && {off})};
        },
        close: async () => {
          await pruned;
          await writer.close();
        },
      };
    },
  };
}

/** Made for `tail -f` and `grep`: time, function, environment, text. */
function plainLine({timestamp, function: name, environmentId = '–', message: text}: LogMessage): string {
  const at = Math.abs(timestamp) <= 8.64e15 ? new Date(timestamp).toISOString() : '–';
  return sanitizeLine(`${at} ${name} ${environmentId} ${text}`);
}
