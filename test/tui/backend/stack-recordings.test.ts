import {expect, test} from 'vitest';
import {message, type NoticeMessage} from '../../../src/lifecycle/message.ts';
import type {RecordedMessage} from '../../../src/lifecycle/recorded-message.ts';
import type {Recorded, Recorder} from '../../../src/operate/recording/recorder.ts';
import {createStackRecordings} from '../../../src/tui/backend/stack-recordings.ts';
import {fakeSession} from '../../support/fake-session.ts';

/** A recorder that keeps what it is given: one list per recording. */
function fakeRecorder() {
  const recordings: {of: Recorded; written: RecordedMessage[]; closed: boolean}[] = [];
  const recorder: Recorder = {
    begin(of) {
      const recording = {of, written: [] as RecordedMessage[], closed: false};
      recordings.push(recording);
      return {
        write: told => void recording.written.push(told),
        hide: () => {},
        hideVariables: () => {},
        place: () => ({folder: `folder ${recordings.indexOf(recording)}`}),
        close: async () => {
          recording.closed = true;
        },
      };
    },
  };
  return {recorder, recordings};
}

const stack = (label: string): Recorded => ({
  ...{label, region: 'r', stack: 's', functionName: 'f', authorizerName: 'a', local: true},
});
const told = message<NoticeMessage>({type: 'notice', level: 'info', text: 'going on'});
const outcome = {ok: true, ms: 5, apiUrl: 'http://x/'};
const run = async (emit: (one: NoticeMessage) => void) => {
  emit(told);
  return outcome;
};
const words = (written: readonly RecordedMessage[]) =>
  written.map(one => ('part' in one ? `${one.type} ${one.part}` : one.type));

test('a deployment, the session after it and its teardown are one recording', async () => {
  const {recorder, recordings} = fakeRecorder();
  const stacks = createStackRecordings(recorder);
  const dev = stack('dev');
  const emitted: unknown[] = [];
  expect(await stacks.deploy(dev, one => emitted.push(one), run)).toBe(outcome);
  const session = await stacks.session(dev, {apiUrl: 'http://x/'}, async () => fakeSession());
  await session.close();
  await stacks.teardown(dev, one => emitted.push(one), run);
  await stacks.close();
  expect(emitted).toEqual([told, told]);
  expect(recordings).toHaveLength(1);
  expect(words(recordings[0]!.written)).toEqual([
    ...['begin deploy', 'notice', 'end deploy'],
    ...['begin session', 'end session'],
    ...['begin teardown', 'notice', 'end teardown'],
  ]);
  expect(recordings[0]!.written[2]).toMatchObject({ok: true, ms: 5, apiUrl: 'http://x/'});
  expect(recordings[0]!.closed).toBe(true);
  expect(stacks.place()?.folder).toBe('folder 0');
});

test('another stack, another session, another deployment: each has its own', async () => {
  const {recorder, recordings} = fakeRecorder();
  const stacks = createStackRecordings(recorder);
  const open = (of: Recorded) => stacks.session(of, {apiUrl: ''}, async () => fakeSession());
  const [dev, prod] = [stack('dev'), stack('prod')];
  await open(dev);
  await open(dev);
  await open(prod);
  await stacks.deploy(prod, () => {}, run);
  await stacks.teardown(dev, () => {}, run);
  expect(recordings.map(({of}) => of.label)).toEqual(['dev', 'dev', 'prod', 'prod', 'dev']);
  expect(recordings.map(({closed}) => closed)).toEqual([true, true, true, true, false]);
});

test('a deployment that fails is recorded with its reason, and fails as before', async () => {
  const {recorder, recordings} = fakeRecorder();
  const stacks = createStackRecordings(recorder);
  const failure = Object.assign(new Error('no'), {title: 'The role is not ours', next: 'lifecycle-tui status'});
  const deployed = stacks.deploy(
    stack('dev'),
    () => {},
    async () => {
      throw failure;
    },
  );
  await expect(deployed).rejects.toBe(failure);
  expect(recordings[0]!.written.slice(1)).toMatchObject([
    {type: 'error', title: 'The role is not ours', next: 'lifecycle-tui status'},
    {type: 'end', part: 'deploy', ok: false},
  ]);
});
