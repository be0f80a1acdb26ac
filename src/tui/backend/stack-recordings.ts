import {type Emit, type ErrorMessage, message} from '../../lifecycle/message.ts';
import type {BeginMessage, EndMessage} from '../../lifecycle/recorded-message.ts';
import type {Recorded, RecordedPlace, Recorder, Recording} from '../../operate/recording/recorder.ts';
import type {Session} from '../../operate/session/session-state.ts';
import {problemView} from '../state/problem-view.ts';

type Outcome = {ok: boolean; ms: number; apiUrl?: string};
type Opening = {apiUrl: string; idleWindow?: {minMs: number; maxMs: number}};

/** Records what is done to stacks: a deployment, the session after it and the teardown at its end are one recording. */
export type StackRecordings = {
  deploy<Result extends Outcome>(of: Recorded, emit: Emit, run: (emit: Emit) => Promise<Result>): Promise<Result>;
  session(of: Recorded, opening: Opening, open: (recording?: Recording) => Promise<Session>): Promise<Session>;
  teardown<Result extends Outcome>(of: Recorded, emit: Emit, run: (emit: Emit) => Promise<Result>): Promise<Result>;
  /** Of the last recording. */
  place(): RecordedPlace | undefined;
  close(): Promise<void>;
};

/** For an app that records nothing. */
export const unrecorded: StackRecordings = {
  deploy: (_, emit, run) => run(emit),
  session: (_, __, open) => open(),
  teardown: (_, emit, run) => run(emit),
  place: () => undefined,
  close: async () => {},
};

export function createStackRecordings(recorder: Recorder): StackRecordings {
  let current: {recording: Recording; of: Recorded; hadSession: boolean} | undefined;

  const begin = async (of: Recorded): Promise<Recording> => {
    await current?.recording.close();
    current = {recording: recorder.begin(of), of, hadSession: false};
    return current.recording;
  };

  async function steps<Result extends Outcome>(
    recording: Recording,
    part: 'deploy' | 'teardown',
    emit: Emit,
    run: (emit: Emit) => Promise<Result>,
  ): Promise<Result> {
    const startedAt = performance.now();
    const end = ({ok, ms, apiUrl}: Outcome) => {
      const url = apiUrl !== undefined && {apiUrl};
      recording.write(message<EndMessage>({type: 'end', part, ok, ms, ...url}));
    };
    recording.write(message<BeginMessage>({type: 'begin', part}));
    try {
      const result = await run(told => {
        recording.write(told);
        emit(told);
      });
      end(result);
      return result;
    } catch (error) {
      recording.write(message<ErrorMessage>({type: 'error', ...problemView(error)}));
      end({ok: false, ms: Math.round(performance.now() - startedAt)});
      throw error;
    }
  }

  return {
    deploy: async (of, emit, run) => steps(await begin(of), 'deploy', emit, run),
    async session(of, opening, open) {
      const recording = current?.of === of && !current.hadSession ? current.recording : await begin(of);
      current!.hadSession = true;
      recording.write(message<BeginMessage>({type: 'begin', part: 'session', ...opening}));
      const session = await open(recording);
      return {
        ...session,
        close: async () => {
          await session.close();
          recording.write(message<EndMessage>({type: 'end', part: 'session'}));
        },
      };
    },
    teardown: async (of, emit, run) =>
      steps(current?.of === of ? current.recording : await begin(of), 'teardown', emit, run),
    place: () => current?.recording.place(),
    close: async () => current?.recording.close(),
  };
}
