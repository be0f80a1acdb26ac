import {describeError, endsRun} from '../aws/errors.ts';
import {explainError} from '../aws/explain.ts';
import {withStep} from '../aws/step-scope.ts';
import {isLoopback} from '../aws/target.ts';
import {pause} from '../aws/until.ts';
import {message, type NoticeMessage, type StepAction, type StepId} from '../lifecycle/message.ts';
import type {Context, ProvisionRequest} from './context.ts';
import {type Outcome, runGraph} from './engine.ts';
import {resources} from './nodes.ts';
import {beginRun, openContext} from './open-context.ts';
import {withPatience, withPatienceToLook} from './patience.ts';
import {createProgress} from './progress.ts';
import type {ResourceNode, Tell} from './resource-node.ts';
import {lateFlushMs, removing} from './usual-durations.ts';

/** `left`: what is still there and ours; `stopped`: by the caller's signal. */
export type TeardownResult = {
  ok: boolean;
  stopped?: true;
  ms: number;
  left: {id: StepId; name: string; error?: string}[];
};

type Outcomes = Map<StepId, Outcome<StepAction | 'skipped'>>;

/**
 * Removes what is there and ours, found by name and tags at this moment, and looks again afterwards. What is not ours is
 * left alone. A second run, and a run after a crash, finish what is left. Throws a Problem when nobody is signed in, or
 * nothing answers any more.
 */
export async function teardown(request: ProvisionRequest & {options?: {keepRole?: boolean}}): Promise<TeardownResult> {
  const started = performance.now();
  const stop = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, stop.signal]) : stop.signal;
  const {target, clients, names} = request;
  const context = await openContext(beginRun({target, clients, names, signal}));
  const nodes = resources.filter(
    node => node.id !== 'permissions' && !(node.id === 'role' && request.options?.keepRole),
  );
  const endIf = (error: unknown) => {
    if (endsRun(error)) stop.abort(error);
  };
  let logsGoneAt = started;
  const outcomes = await removeAll({...request, signal}, context, nodes, (id, outcome) => {
    if (outcome.status === 'failed') endIf(outcome.error);
    if (id.startsWith('logs-')) logsGoneAt = performance.now();
  });
  await sweepLogGroups({...request, signal}, context, nodes, {outcomes, logsGoneAt});
  const left = stop.signal.aborted ? [] : await whatIsLeft(context, nodes, outcomes, endIf);
  if (stop.signal.aborted) throw explainError(stop.signal.reason, 'The teardown', request.target.profile);
  const ok = left.length === 0;
  const stopped = !ok && request.signal?.aborted === true;
  return {ok, ...(stopped && {stopped}), ms: Math.round(performance.now() - started), left};
}

function removeAll(
  request: ProvisionRequest,
  context: Context,
  nodes: readonly ResourceNode[],
  onEnd: (id: StepId, outcome: Outcome<unknown>) => void,
): Promise<Outcomes> {
  const {signal, names} = request;
  const ms = new Map(Object.entries(removing) as [StepId, number][]);
  const progress = createProgress(request.emit, names, {...(!isLoopback(request.target) && {expected: {ms}})});
  const nodeOf = (id: StepId) => nodes.find(node => node.id === id)!;
  const owners = new Map<StepId, string>();
  const needs = (node: ResourceNode) => removeAfter(node, context).filter(id => nodes.some(each => each.id === id));
  for (const node of nodes) progress.step(node, {status: 'waiting', waitsFor: needs(node)});
  const remove = async (node: ResourceNode, tell: Tell): Promise<StepAction | 'skipped'> =>
    withPatience(context, tell, async () => {
      // Before the one call that may have to wait its turn, nothing is read that it does not need.
      if (node.foundByTags) return node.remove(context, tell);
      const inspection = await node.inspect(context);
      const logs = nodes.find(({id}) => id === `logs-${node.id}`);
      if (inspection.state === 'present') await logs?.claim?.(context);
      if (inspection.state !== 'foreign') return node.remove(context, tell);
      owners.set(node.id, inspection.owner);
      return 'skipped';
    });
  return runGraph(
    nodes.map(node => ({
      id: node.id,
      needs: needs(node),
      // AWS takes one DeleteRestApi in 30 s per account: the sooner it is asked, the better.
      estimateMs: node.id === 'api' ? 30_000 : 1_000,
      run: () => {
        const tell = progress.teller(node);
        return withStep({id: node.id, signal, tell}, () => remove(node, tell));
      },
    })),
    {
      signal,
      afterFailure: 'go on',
      onStart: id => progress.step(nodeOf(id), {status: 'running'}),
      onEnd: (id, outcome) => {
        onEnd(id, outcome);
        progress.end(nodeOf(id), outcome, signal?.aborted ? 'stopped' : owners.get(id));
      },
    },
  );
}

/**
 * On this machine the environments get their SHUTDOWN while their function is being deleted, and write it into the table;
 * on AWS they go long after it.
 */
function removeAfter(node: ResourceNode, {target}: Context): readonly StepId[] {
  return node.id === 'table' && isLoopback(target) ? ['target', 'authorizer'] : node.removeAfter;
}

/** A log group that was deleted a moment ago and is there again was brought back by a late flush, without our tags. */
async function sweepLogGroups(
  {emit, signal}: ProvisionRequest,
  context: Context,
  nodes: readonly ResourceNode[],
  {outcomes, logsGoneAt}: {outcomes: Outcomes; logsGoneAt: number},
): Promise<void> {
  const deleted = nodes.filter(({id}) => {
    const outcome = outcomes.get(id);
    return id.startsWith('logs-') && outcome?.status === 'done' && outcome.result === 'deleted';
  });
  if (deleted.length === 0 || signal?.aborted) return;
  if (!isLoopback(context.target)) {
    // The table takes its time to go, too: the flush does not wait for it.
    const toGo = Math.max(0, lateFlushMs - (performance.now() - logsGoneAt));
    const text = `Looking in ${Math.ceil(toGo / 1_000)} s whether late log lines have brought a log group back`;
    emit(message<NoticeMessage>({type: 'notice', level: 'info', text}));
    await pause(toGo, signal).catch(() => {});
  }
  context.reads.clear();
  await Promise.allSettled(
    deleted.map(node => {
      const remove = () =>
        withPatience(
          context,
          () => {},
          () => node.remove(context, () => {}),
        );
      return withStep({id: node.id, signal}, remove);
    }),
  );
}

async function whatIsLeft(
  context: Context,
  nodes: readonly ResourceNode[],
  outcomes: Outcomes,
  onFailure: (error: unknown) => void,
): Promise<TeardownResult['left']> {
  context.reads.clear();
  const looks = nodes.map(async ({id, name, inspect}) => {
    const outcome = outcomes.get(id);
    const failure = outcome?.status === 'failed' ? {error: describeError(outcome.error)} : {};
    const entry = {id, name: name(context.names)};
    try {
      const {state} = await withPatienceToLook({...context, signal: undefined}, () => inspect(context));
      return state === 'present' ? [{...entry, ...failure}] : [];
    } catch (error) {
      onFailure(error);
      return [{...entry, error: describeError(error)}];
    }
  });
  return (await Promise.all(looks)).flat();
}
