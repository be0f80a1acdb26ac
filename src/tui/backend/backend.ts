import type {CredentialKind} from '../../aws/credential-kind.ts';
import type {Emit} from '../../lifecycle/message.ts';
import type {StartLocal} from '../../operate/local-process.ts';
import type {LastSession} from '../../operate/recording/last-session.ts';
import type {RecordedPlace, RecorderOptions} from '../../operate/recording/recorder.ts';
import type {Session} from '../../operate/session/session-state.ts';
import type {DeployResult} from '../../provision/deploy.ts';
import type {Inventory} from '../../provision/inventory.ts';
import type {StackStatus} from '../../provision/status.ts';
import type {TeardownResult} from '../../provision/teardown.ts';
import {createOwnLocal} from './own-local.ts';
import {stackOf} from './stack-of.ts';
import {createStackRecordings, type StackRecordings, unrecorded} from './stack-recordings.ts';

/** A place the demo can run. `local` is started when it is first needed. */
export type Place =
  | {kind: 'local'}
  | {kind: 'endpoint'; url: string}
  | {kind: 'aws'; profile?: string; region?: string; credentials?: CredentialKind};

/** What a stack in one place can be asked to do. Made by `Backend.connect`. */
export type Stack = {
  label: string;
  region: string;
  /** Name of the stack, and of its target function. */
  stack: string;
  functionName: string;
  endpoint?: string;
  profile?: string;
  status(signal?: AbortSignal): Promise<StackStatus>;
  deploy(options: {emit: Emit; signal: AbortSignal}): Promise<DeployResult>;
  teardown(options: {emit: Emit; signal: AbortSignal}): Promise<TeardownResult>;
  openSession(apiUrl: string, idleWindow?: {minMs: number; maxMs: number}): Promise<Session>;
  /** What a teardown deletes and what it leaves, counted. */
  inventory(signal: AbortSignal): Promise<Inventory>;
  /** Environments seen lately and not gone. */
  countWarm(signal: AbortSignal): Promise<number>;
  /** Writes every event of the table into a new file. */
  saveEvents(options: {
    file: string;
    signal: AbortSignal;
    onProgress(items: number): void;
  }): Promise<{file: string; items: number}>;
  /** Lets go of its sockets. */
  close(): void;
};

/** Everything the screens ask of the world; tests give their own. */
export type Backend = {
  listTargets(): Promise<Place[]>;
  /** The last session of this machine that left files behind. */
  lastSession(): Promise<LastSession | undefined>;
  startLocal: StartLocal;
  connect(place: Exclude<Place, {kind: 'local'}>): Promise<Stack>;
  /** Where the last session is recorded. */
  recordedIn?(): RecordedPlace | undefined;
  /** Ends the recording, with all that is still to be written. */
  closeRecording?(): Promise<void>;
};

/** As the command line chose it. */
export type BackendOptions = {
  startLocal: StartLocal;
  stack: string;
  profile?: string;
  region?: string;
  endpointUrl?: string;
  /** How sessions are recorded; asked when the first one begins. */
  recording?: () => Promise<RecorderOptions>;
};

/** The real thing. The SDK and what needs it are loaded with the first call, after the first frame. */
export function createBackend(options: BackendOptions): Backend {
  let recordings: Promise<StackRecordings> | undefined;
  let opened: StackRecordings | undefined;
  const local = createOwnLocal(options.startLocal);
  const openRecordings = async (recording: () => Promise<RecorderOptions>) => {
    const {createRecorder} = await import('../../operate/recording/recorder.ts');
    opened = createStackRecordings(createRecorder(await recording()));
    return opened;
  };
  return {
    startLocal: local.start,
    recordedIn: () => opened?.place(),
    closeRecording: async () => opened?.close(),
    listTargets: () => listTargets(options),
    async lastSession() {
      if (!options.recording) return undefined;
      const {findLastSession} = await import('../../operate/recording/last-session.ts');
      return findLastSession((await options.recording()).root, performance.timeOrigin);
    },
    async connect(place) {
      const {connect} = await import('../../operate/session/connect.ts');
      let hear: Emit | undefined;
      const connection = await connect({...choiceOf(place), stack: options.stack, emit: message => hear?.(message)});
      if (options.recording) recordings ??= openRecordings(options.recording).catch(() => unrecorded);
      return stackOf(
        connection,
        emit => {
          hear = emit;
        },
        await recordings,
        local.receiverAt(connection.target.endpoint),
      );
    },
  };
}

/** What was asked for on the command line comes first, then this machine, then what AWS is set up for. */
async function listTargets({profile, region, endpointUrl}: BackendOptions): Promise<Place[]> {
  const {profiles, variableCredentials} = await import('../../operate/session/connect.ts');
  const found = await profiles();
  const place = (name: string): Place => {
    const known = found.find(one => one.name === name);
    const at = region ?? known?.region;
    const credentials = known?.credentials;
    return {kind: 'aws', profile: name, ...(at !== undefined && {region: at}), ...(credentials && {credentials})};
  };
  const others = found.filter(({name}) => name !== profile).map(({name}) => place(name));
  const variables: Place[] =
    process.env.AWS_ACCESS_KEY_ID === undefined
      ? []
      : [{kind: 'aws', ...(region !== undefined && {region}), credentials: variableCredentials()}];
  return [
    ...(endpointUrl === undefined ? [] : [{kind: 'endpoint', url: endpointUrl} as const]),
    ...(profile === undefined ? [] : [place(profile)]),
    {kind: 'local'},
    ...variables,
    ...others,
  ];
}

function choiceOf(place: Exclude<Place, {kind: 'local'}>) {
  if (place.kind === 'endpoint') return {endpointUrl: place.url};
  const {kind: _, credentials: __, ...choice} = place;
  return choice;
}
