import {expect} from 'vitest';
import type {Assets} from '../../src/provision/context.ts';
import {type Fault, Faults} from '../support/faults.ts';
import type {Backend, RunningBackend} from './backend.ts';
import {expectComplete, expectGone} from './completeness.ts';
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
  static async open(backend: Backend, shared: RunningBackend, name: string, assets: Promise<Assets>): Promise<Exposed> {
    const faults = new Faults();
    if (backend.hasWay) {
      const running = await backend.start(faults.traffic);
      return new Exposed(new Stack(running.endpoint, name, assets), faults, running);
    }
    const stack = new Stack(shared.endpoint, name, assets);
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
