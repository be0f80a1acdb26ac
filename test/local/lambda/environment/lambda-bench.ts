import {randomUUID} from 'node:crypto';
import {chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {createEnvironmentFactory, type EnvironmentFactory} from '../../../../src/local/lambda/environment/create.ts';
import type {
  EnvironmentSpec,
  EnvironmentState,
  ExecutionEnvironment,
  Invocation,
  InvokeAnswer,
  Transition,
} from '../../../../src/local/lambda/environment/environment.ts';
import {defaultSettings, type Settings} from '../../../../src/local/settings.ts';
import {specOf} from './spec-of.ts';

export type Started = {
  environment: ExecutionEnvironment;
  spec: EnvironmentSpec;
  lines: string[];
  transitions: Transition[];
  /** Invokes with `event`, waits for the end of the phase. */
  invoke(event: unknown): Promise<Invoked>;
};

export type Invoked = {
  answer: InvokeAnswer;
  json: unknown;
  /** The state in which the caller got its answer. */
  answeredIn: EnvironmentState;
  lines: string[];
  answeredMs: number;
  doneMs: number;
};

export type Plan = {
  /** Files of the code folder by path: text, or `fixture:` and a path below fixtures. A name ending in `!` is executable. */
  code?: Record<string, string>;
  /** Likewise, of /opt. */
  layers?: Record<string, string>;
  spec?: Partial<EnvironmentSpec>;
};

export const watcher = {'extensions/watcher!': 'fixture:extensions/watcher'};
export const demoFunction = {'index.mjs': 'fixture:functions/index.mjs'};
/** A runtime and an extension in shell that do what events and variables say. */
export const shellRuntime = {'bootstrap!': 'fixture:shell/bootstrap'};
export const shellExtension = 'fixture:shell/extension';
const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));

/** A folder, a factory, and everything that was started in them, for one test file. */
export async function lambdaBench(
  options: {
    settings?: Partial<Settings>;
    sandbox?: 'namespaces' | 'portable';
    /** How the folder's name begins; without it there is a blank in the name. */
    prefix?: string;
  } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), options.prefix ?? 'lambda bench-'));
  const notices: string[] = [];
  const factory: EnvironmentFactory = await createEnvironmentFactory({
    settings: {...defaultSettings, ...options.settings},
    folder,
    onNotice: text => notices.push(text),
    ...(options.sandbox && {sandbox: options.sandbox}),
  }).catch(async (error: unknown) => {
    await rm(folder, {recursive: true, force: true});
    throw error;
  });
  const prepare = async (plan: Plan = {}): Promise<Started> => {
    const place = join(folder, randomUUID());
    await provide(join(place, 'code'), plan.code ?? demoFunction);
    await provide(join(place, 'layers'), plan.layers ?? {});
    const spec = specOf(place, plan.spec);
    const lines: string[] = [];
    const transitions: Transition[] = [];
    const environment = factory.create(spec, {
      lines: more => lines.push(...more.map(line => line.message)),
      transition: transition => transitions.push(transition),
    });
    return {environment, spec, lines, transitions, invoke: event => invokeOn(environment, spec, event)};
  };
  return {
    folder,
    factory,
    notices,
    prepare,
    start: async (plan: Plan = {}): Promise<Started> => {
      const started = await prepare(plan);
      await started.environment.init();
      return started;
    },
    /** Makes a file in an environment's `/tmp`. */
    writeTmp: async ({id}: ExecutionEnvironment, name: string, text = ''): Promise<void> => {
      const shared = (await readdir(folder)).find(entry => entry.startsWith('environments-'))!;
      await writeFile(join(folder, shared, id, 'tmp', name), text);
    },
    close: async () => {
      await factory.close();
      await rm(folder, {recursive: true, force: true});
    },
  };
}

/** Invokes with `event`, and waits for the end of the phase. */
export async function invokeOn(
  environment: ExecutionEnvironment,
  spec: EnvironmentSpec,
  event: unknown,
  more: Partial<Invocation> = {},
): Promise<Invoked> {
  const startedAt = performance.now();
  const running = environment.invoke({
    requestId: randomUUID(),
    payload: Buffer.from(JSON.stringify(event)),
    invokedFunctionArn: spec.functionArn,
    traceId: 'Root=1-5759e988-bd862e3fe1be46a994272793',
    ...more,
  });
  const answer = await running.answer;
  const answeredIn = environment.state;
  const answeredMs = performance.now() - startedAt;
  const {lines} = await running.done;
  const doneMs = performance.now() - startedAt;
  const text = Buffer.from(answer.payload).toString();
  const json: unknown = text === '' ? undefined : JSON.parse(text);
  return {answer, json, answeredIn, lines: lines.map(line => line.message), answeredMs, doneMs};
}

/** Writes the files of a plan. */
export async function provide(folder: string, files: Record<string, string>): Promise<void> {
  await mkdir(folder, {recursive: true});
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name.replace(/!$/, ''));
    await mkdir(dirname(path), {recursive: true});
    if (text.startsWith('fixture:')) await cp(join(fixtures, text.slice('fixture:'.length)), path);
    else if (text.startsWith('link:')) await symlink(text.slice('link:'.length), path);
    else await writeFile(path, text);
    await chmod(path, name.endsWith('!') ? 0o755 : 0o644);
  }
}

/** Waits until `condition` holds, at most 5 s. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Not within 5 s: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
