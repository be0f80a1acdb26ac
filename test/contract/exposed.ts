import {afterAll, beforeAll, expect} from 'vitest';
import {type Fault, Faults} from '../support/faults.ts';
import type {Backend, RunningBackend} from './backend.ts';
import {expectComplete, expectGone} from './completeness.ts';
import {type ProvidedBackend, provideBackend} from './provided-backend.ts';
import {Stack} from './stack.ts';

/** After these a run may end undone; all others it has to get over by itself. */
const lasting = new Set<Fault['kind']>(['expired', 'denied']);

/** A stack whose calls meet faults. */
export class Exposed {
  readonly stack: Stack;
  readonly faults: Faults;
  readonly #running: RunningBackend | undefined;

  private constructor(stack: Stack, faults: Faults, running?: RunningBackend) {
    this.stack = stack;
    this.faults = faults;
    this.#running = running;
  }

  /** On a backend of its own where faults are met on the way: they would meet the calls of others as well. */
  static async open(backend: Backend, shared: ProvidedBackend, name: string): Promise<Exposed> {
    const faults = new Faults();
    if (backend.hasWay) {
      const running = await backend.start(faults.traffic);
      return new Exposed(new Stack(running.endpoint, name, shared.assets), faults, running);
    }
    const stack = shared.open(name);
    stack.meet(faults.traffic);
    return new Exposed(stack, faults);
  }

  /** Meets one fault in a deployment and one in a teardown. */
  async expectConvergence(each: {deploy: Fault; teardown: Fault}): Promise<void> {
    const {stack} = this;
    await this.#meet(each.deploy, () => stack.deploy());
    await expectComplete(stack);
    await this.#meet(each.teardown, () => stack.teardown());
    await expectGone(stack);
  }

  /** Gets over what passes in the same run, over the rest in the next. */
  async #meet(fault: Fault, run: () => Promise<{ok: boolean}>): Promise<void> {
    this.faults.clear();
    this.stack.forget();
    this.faults.add(fault);
    if (lasting.has(fault.kind)) await run().catch(() => {});
    else expect({...(await run()), errors: this.stack.errors()}).toMatchObject({ok: true, errors: []});
    this.faults.clear();
    if (lasting.has(fault.kind)) expect(await run()).toMatchObject({ok: true});
  }

  async close(): Promise<void> {
    this.stack.clients.destroy();
    await this.#running?.stop();
  }
}

/** As many of them as there are lanes, each named by its own, for the tests around here. */
export function provideExposed(backend: Backend, lanes: number): readonly Exposed[] {
  const shared = provideBackend(backend);
  const all: Exposed[] = [];
  beforeAll(async () => {
    while (all.length < lanes) all.push(await Exposed.open(backend, shared, `fault${all.length}`));
  });
  afterAll(async () => {
    for (const each of all) await each.close();
  });
  return all;
}

export type Meeting = Pick<Fault, 'service' | 'operation' | 'at'>;

/** Every call of a deployment and of the teardown after it, as a fault is addressed. */
export async function everyCall({stack, faults}: Exposed): Promise<Record<'deploy' | 'teardown', Meeting[]>> {
  faults.clear();
  await stack.deploy();
  const deploy = meetings(faults);
  faults.clear();
  await stack.teardown();
  return {deploy, teardown: meetings(faults)};
}

function meetings({calls}: Faults): Meeting[] {
  const counts = new Map<string, number>();
  return calls.map(({service, operation}) => {
    const at = counts.get(operation) ?? 0;
    counts.set(operation, at + 1);
    return {service, operation, at};
  });
}
