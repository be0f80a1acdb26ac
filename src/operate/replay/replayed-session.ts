import {Problem} from '../../aws/problem.ts';
import type {SessionCore} from '../session/session-core.ts';
import type {Session} from '../session/session-state.ts';

const refuse = async (): Promise<never> => {
  throw new Problem('usage', 'Off: this is a replay');
};

/** A recorded session looks like a live one, but takes no orders; it ends with the replay, not with the screen. */
export function replayedSession(core: SessionCore): Session {
  return {
    getState: core.getState,
    subscribe: core.subscribe,
    fire: refuse,
    forceShutdown: refuse,
    close: async () => {},
  };
}
