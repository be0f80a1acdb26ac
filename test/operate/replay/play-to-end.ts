import {openReplay, type Replay} from '../../../src/operate/replay/open-replay.ts';
import type {Session} from '../../../src/operate/session/session-state.ts';

/** Plays a recording to its end without waiting; its last session as it was then. */
export async function playToEnd(path: string): Promise<{replay: Replay; session: Session | undefined}> {
  const replay = await openReplay({path, speed: 1_000});
  let session: Session | undefined;
  const played = replay.play({
    onBegin: (_, begun) => {
      session = begun ?? session;
    },
    onProgress: () => {},
    onEnd: () => {},
    onChange: () => {},
  });
  await replay.seek(Number.MAX_SAFE_INTEGER);
  await played;
  return {replay, session};
}
