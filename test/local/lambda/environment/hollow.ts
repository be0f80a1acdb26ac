import {randomUUID} from 'node:crypto';
import {mkdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {EnvironmentSpec, Transition} from '../../../../src/local/lambda/environment/environment.ts';
import {LambdaEnvironment} from '../../../../src/local/lambda/environment/execution-environment.ts';
import type {Exit, Launch, SandboxedProcess} from '../../../../src/local/lambda/sandbox/sandbox.ts';
import {defaultSettings, type Settings} from '../../../../src/local/settings.ts';
import {eventually, invokeOn, type Plan, provide} from './lambda-bench.ts';
import {callsTo} from './speak-for.ts';
import {specOf} from './spec-of.ts';

/** A process that does nothing: the test speaks for it, and says when it ends. */
export type HollowProcess = SandboxedProcess & {
  /** `runtime`, or the name of an extension's file. */
  readonly name: string;
  readonly command: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  end(exit: Exit): void;
};

export type HollowPlan = {
  /** Files of `/var/task` (a bootstrap, if not told otherwise) and of `/opt`, as of a bench. */
  code?: Plan['code'];
  layers?: Plan['layers'];
  spec?: Partial<EnvironmentSpec>;
  settings?: Partial<Settings>;
  /** Names of processes that SIGTERM does not end. */
  ignoresTerm?: readonly string[];
  /** Told of each process as it starts. */
  onStart?: (process: HollowProcess, spec: EnvironmentSpec) => void;
};

/**
 * A real execution environment with its real APIs over HTTP, but without processes: whatever they would say or do
 * comes from the test. It starts in a few ms.
 */
export async function hollowEnvironment(plan: HollowPlan = {}) {
  const folder = join(tmpdir(), `hollow-${randomUUID()}`);
  await mkdir(folder);
  await provide(join(folder, 'code'), plan.code ?? {'bootstrap!': ''});
  await provide(join(folder, 'layers'), plan.layers ?? {});
  const spec = specOf(folder, {runtime: 'provided.al2023', ...plan.spec});
  const paths = {task: '/var/task', opt: '/opt', tmp: '/tmp', runtime: '/var/runtime', node: 'node'};
  /** Of all generations, in the order of their start. */
  const processes: HollowProcess[] = [];
  /** What the environment did to its processes: `SIGTERM runtime`. */
  const deeds: string[] = [];
  /** `freeze` and `thaw`, as they came. */
  const stops: string[] = [];
  const start = (launch: Launch): HollowProcess => {
    const started = startHollow(launch, deeds, plan.ignoresTerm ?? []);
    processes.push(started);
    plan.onStart?.(started, spec);
    return started;
  };
  const killAll = async () => {
    for (const process of processes) if (process.running) process.signal('SIGKILL');
  };
  const lines: string[] = [];
  const transitions: Transition[] = [];
  const environment = new LambdaEnvironment(
    spec,
    {
      settings: {...defaultSettings, ...plan.settings},
      form: {
        kind: 'portable',
        *addresses() {
          yield {host: '127.0.0.1', port: 0};
        },
        open: async () => ({
          paths,
          start,
          killAll,
          remove: killAll,
          freeze: () => void stops.push('freeze'),
          thaw: async () => void stops.push('thaw'),
        }),
      },
      python: async () => 'python3',
      programFolders: async () => [],
    },
    {
      lines: more => lines.push(...more.map(line => line.message)),
      transition: transition => transitions.push(transition),
    },
  );
  const init = environment.init();
  await eventually(() => processes.length > 0 || lines.length > 1, 'a process starts');
  const api = processes[0]?.variables.AWS_LAMBDA_RUNTIME_API ?? '';
  return {
    environment,
    init,
    api,
    spec,
    lines,
    transitions,
    processes,
    deeds,
    stops,
    ...callsTo(api),
    invoke: (event: unknown, more: Parameters<typeof invokeOn>[3] = {}) => invokeOn(environment, spec, event, more),
    /** The latest process of that name. */
    process: (name: string) => processes.findLast(process => process.name === name)!,
    close: async () => {
      await environment.shutdown('spindown');
      await rm(folder, {recursive: true, force: true});
    },
  };
}

function startHollow(launch: Launch, deeds: string[], ignoresTerm: readonly string[]): HollowProcess {
  const name = /^\/opt\/extensions\/(.+)$/.exec(launch.command[0]!)?.[1] ?? 'runtime';
  let resolve: (exit: Exit) => void = () => {};
  const exited = new Promise<Exit>(settle => {
    resolve = settle;
  });
  let running = true;
  const end = (exit: Exit) => {
    running = false;
    resolve(exit);
  };
  return {
    name,
    command: launch.command,
    variables: launch.variables,
    pid: 0,
    exited,
    get running() {
      return running;
    },
    end,
    signal: signal => {
      deeds.push(`${signal} ${name}`);
      if (signal === 'SIGKILL' || !ignoresTerm.includes(name)) end({signal});
    },
    release: () => void deeds.push(`release ${name}`),
  };
}
