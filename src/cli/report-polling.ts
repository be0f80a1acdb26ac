import {describeError} from '../aws/errors.ts';
import {message, type NoticeMessage} from '../lifecycle/message.ts';
import type {Output} from './output.ts';

/** Tells of failed reads of `what`: each new reason once. */
export function reportPolling(output: Output, what: string): (error: unknown) => void {
  let last = '';
  return error => {
    const text =
      error === undefined ? `Reading ${what} works again` : `Reading ${what} failed: ${describeError(error)}`;
    if (text === last) return;
    last = text;
    output.message(message<NoticeMessage>({type: 'notice', level: error === undefined ? 'info' : 'warning', text}));
    output.progress(text);
  };
}
