import {describeError} from '../../aws/errors.ts';
import {message, type NoticeMessage} from '../../lifecycle/message.ts';
import type {ProblemMessage} from '../../lifecycle/session-message.ts';

/**
 * Tells what cannot be read at the moment: each new trouble once as a notice, and the oldest one that lasts as the session's
 * problem. To be called after every read, without an error when it went well.
 */
export function createReadingProblems(tell: (messages: (NoticeMessage | ProblemMessage)[]) => void) {
  const problems = new Map<string, string>();
  let said: string | undefined;
  return (what: string, error: unknown): void => {
    const text = error === undefined ? undefined : `Reading ${what} failed: ${describeError(error)}`;
    if (text === undefined) problems.delete(what);
    else if (problems.get(what) !== text) {
      problems.set(what, text);
      tell([message<NoticeMessage>({type: 'notice', level: 'warning', text: `${text}. Trying again.`})]);
    }
    const [problem] = problems.values();
    if (problem === said) return;
    said = problem;
    tell([message<ProblemMessage>({type: 'problem', ...(problem !== undefined && {text: problem})})]);
  };
}
