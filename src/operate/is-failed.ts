import type {ResponseMessage} from '../lifecycle/message.ts';

/** A status of 400 and above, a function error, or no answer. */
export function isFailed({status, error}: Pick<ResponseMessage, 'status' | 'error'>): boolean {
  return error !== undefined || status >= 400 || status === 0;
}
