import type {RecordedMessage} from '../../lifecycle/recorded-message.ts';

/** When a message was heard of, epoch ms: a call is dated by its beginning. */
export function heardAt(message: RecordedMessage): number {
  return Date.parse(message.at) + (message.type === 'api' ? message.ms : 0);
}
