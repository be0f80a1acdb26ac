import type {LogLine} from '../../logs/log-sink.ts';
import {ServiceError} from '../../wire/service.ts';
import type {EnvironmentListener} from '../environment/create.ts';
import type {
  EnvironmentSpec,
  ExecutionEnvironment,
  Invocation,
  RunningInvocation,
  ShutdownReason,
} from '../environment/environment.ts';
import {StartQueue} from './start-queue.ts';

/** What a new environment is made of, and the role whose policies its log lines are subject to. */
export type EnvironmentPlan = {spec: EnvironmentSpec; roleArn: string};

type CreateEnvironment = (spec: EnvironmentSpec, on: EnvironmentListener) => ExecutionEnvironment;

export type PoolOptions = {
  create: CreateEnvironment;
  onLines: (plan: EnvironmentPlan, lines: LogLine[]) => void;
  onTransition: EnvironmentListener['transition'];
  idleMs: number;
  /** Share around `idleMs`: 0.1 is ± 10 %. */
  idleSpread: number;
  /** How much longer an environment lives after its configuration got its last event: from the least to the most, in ms. */
  retireMs: readonly [least: number, most: number];
  concurrentStarts: number;
  /** 0 up to 1. */
  random: () => number;
};

/** One environment. Out of `idle` it is busy: starting, serving or ending. */
type Member = {environment: ExecutionEnvironment; group: Group; idleTimer?: NodeJS.Timeout};

/** The environments of one configuration, the most recently used one last. Retired: it takes no new events. */
type Group = {idle: Member[]; retired: boolean};

/**
 * The execution environments of all functions: who takes an event, when a new one is started, when an idle one goes.
 * An environment serves one event at a time, and is busy until its extensions are at `next` too.
 * The key of a group is the identity of a configuration: after a change there is a new one.
 */
export class Pool {
  readonly #options: PoolOptions;
  readonly #starts: StartQueue;
  readonly #groups = new Map<object, Group>();
  readonly #members = new Set<Member>();
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#starts = new StartQueue(options.concurrentStarts);
  }

  /**
   * Hands the event to the most recently used idle environment, else to a new one; resolves when that has it.
   * Throws ServiceException when no environment could be had.
   */
  async run(key: object, plan: () => EnvironmentPlan, invocation: Invocation): Promise<RunningInvocation> {
    if (this.#closed) throw closing();
    const group = this.#group(key);
    const member = takeIdle(group) ?? (await this.#starts.run(() => this.#start(group, plan())));
    if (member.environment.state !== 'ready') throw this.#closed ? closing() : lost();
    try {
      const running = member.environment.invoke(invocation);
      running.done.then(
        () => this.#giveBack(member),
        () => this.#end(member, 'failure'),
      );
      return running;
    } catch (error) {
      this.#end(member, 'failure');
      throw error;
    }
  }

  /** Idle environments of this configuration go after `retireMs`, busy ones that much after their invoke phase; all with `spindown`. */
  retire(key: object): void {
    const group = this.#groups.get(key);
    if (!group) return;
    this.#groups.delete(key);
    group.retired = true;
    for (const member of [...group.idle]) this.#retireSoon(member);
  }

  /** Shuts every environment down, all at the same time, busy ones too. Events still waiting for a start are refused. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#starts.close(closing());
    for (const member of [...this.#members]) this.#end(member, 'spindown');
    await Promise.all(this.#ending);
  }

  #group(key: object): Group {
    const group = this.#groups.get(key) ?? {idle: [], retired: false};
    this.#groups.set(key, group);
    return group;
  }

  async #start(group: Group, plan: EnvironmentPlan): Promise<Member> {
    if (this.#closed) throw closing();
    const {create, onLines, onTransition} = this.#options;
    let member: Member | undefined;
    const environment = create(plan.spec, {
      lines: lines => onLines(plan, lines),
      transition: transition => {
        onTransition(transition);
        if (transition.to === 'gone' && member) this.#forget(member);
      },
    });
    member = {environment, group};
    this.#members.add(member);
    try {
      await environment.init();
    } catch (error) {
      this.#end(member, 'failure');
      throw error;
    }
    return member;
  }

  #giveBack(member: Member): void {
    const {idleMs, idleSpread, random} = this.#options;
    if (member.environment.state !== 'ready' || this.#closed) {
      this.#end(member, 'spindown');
      return;
    }
    if (member.group.retired) {
      this.#retireSoon(member);
      return;
    }
    member.group.idle.push(member);
    const lifetime = idleMs * (1 + idleSpread * (2 * random() - 1));
    member.idleTimer = setTimeout(() => this.#end(member, 'spindown'), lifetime);
  }

  #retireSoon(member: Member): void {
    const {retireMs, random} = this.#options;
    const [least, most] = retireMs;
    if (most === 0) {
      this.#end(member, 'spindown');
      return;
    }
    clearTimeout(member.idleTimer);
    member.idleTimer = setTimeout(() => this.#end(member, 'spindown'), least + (most - least) * random());
  }

  #end(member: Member, reason: ShutdownReason): void {
    this.#forget(member);
    const ending = member.environment.shutdown(reason).finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  #forget(member: Member): void {
    clearTimeout(member.idleTimer);
    this.#members.delete(member);
    const {idle} = member.group;
    const at = idle.indexOf(member);
    if (at >= 0) idle.splice(at, 1);
  }
}

function takeIdle(group: Group): Member | undefined {
  let member = group.idle.pop();
  while (member && member.environment.state !== 'ready') member = group.idle.pop();
  clearTimeout(member?.idleTimer);
  return member;
}

const closing = () => new ServiceError('ServiceException', 'The embedded AWS is being stopped.', 500);
const lost = () => new ServiceError('ServiceException', 'The execution environment was lost. Try again.', 500);
