import {loadAssets} from '../assets/load.ts';
import {endsRun} from '../aws/errors.ts';
import {explainError} from '../aws/explain.ts';
import type {StackNames} from '../aws/names.ts';
import {Problem} from '../aws/problem.ts';
import {withStep} from '../aws/step-scope.ts';
import {isLoopback} from '../aws/target.ts';
import type {StepAction, StepId} from '../lifecycle/message.ts';
import {apiUrl} from './api-url.ts';
import type {Context, DeployOptions, ProvisionRequest, ResourceState} from './context.ts';
import {deployTasks} from './deploy-tasks.ts';
import {type Outcome, runGraph} from './engine.ts';
import {type Inspected, inspectAll} from './inspect-all.ts';
import {deploySteps} from './nodes.ts';
import {beginRun} from './open-context.ts';
import {withPatience} from './patience.ts';
import {createProgress} from './progress.ts';
import type {Inspection, ResourceNode, Tell} from './resource-node.ts';
import {createStopwatch, type TimedId} from './stopwatch.ts';
import {buildTimeline, expectedPath, type TimelineRow} from './timeline.ts';

/** `stopped`: by the caller's signal; `resources` is empty when that was before all had been looked at. */
export type DeployResult = {
  ok: boolean;
  stopped?: true;
  apiUrl?: string;
  ms: number;
  /** What the steps on the critical path took together. */
  criticalPathMs: number;
  timeline: TimelineRow<TimedId>[];
  resources: ResourceState[];
};

/**
 * Makes the stack what it should be: creates what is missing, repairs what has drifted, leaves the rest alone. It may be
 * stopped or killed between any two calls; the next run goes on from what is there. Throws a Problem before any write:
 * `no-credentials`, or `foreign` when something of the same name is not ours; and later one when the credentials expire or
 * nothing answers any more. A step that fails otherwise is told in the messages and in `ok`.
 */
export async function deploy(
  request: ProvisionRequest & {
    options: DeployOptions;
    /** Steps under way at once. */
    concurrency?: number;
  },
): Promise<DeployResult> {
  const started = performance.now();
  const watch = createStopwatch(started);
  watch.begin('look');
  const stop = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, stop.signal]) : stop.signal;
  const assets = request.assets ?? loadAssets();
  assets.catch(() => {});
  const ms = () => Math.round(performance.now() - started);
  const run = {...beginRun({...request, signal, assets}), options: request.options};
  const progress = createProgress(request.emit, request.names, {
    expected: {critical: expectedPath(deployTasks(request.options))},
    onTell: watch.told,
  });
  const wait = () => {
    for (const node of deploySteps) progress.step(node, {status: 'waiting', waitsFor: node.needs});
  };
  wait();

  const looked = await inspectAll(run, deploySteps).catch((error: unknown) => {
    if (!request.signal?.aborted) throw error;
  });
  if (!looked) return {ok: false, stopped: true, ms: ms(), ...buildTimeline(watch.steps()), resources: []};
  const {context, found} = looked;
  const foreign = found.filter(isForeign).filter(each => !isAdoptable(each, context));
  if (foreign.length > 0) throw foreignProblem(foreign, request.names);
  watch.end('look');

  const tasks = deployTasks(request.options, found);
  const critical = expectedPath(tasks);
  // How fast an endpoint of this machine answers is its own affair; and seldom is there time to read it.
  if (isLoopback(request.target)) progress.expect({critical});
  else {
    progress.expect({critical, ms: new Map(tasks.map(({id, expectedMs}) => [id, expectedMs]))});
    wait();
  }
  const outcomes = await runGraph(
    found.map(({node, inspection}, at) => ({
      ...tasks[at]!,
      run: async () => {
        const tell = progress.teller(node);
        const action = await withStep({id: node.id, signal, tell}, () => ensure(node, context, tell));
        return inspection.state === 'absent' && action !== 'skipped' ? 'created' : action;
      },
    })),
    {
      signal,
      afterFailure: 'stop',
      ...(request.concurrency !== undefined && {concurrency: request.concurrency}),
      onStart: id => {
        watch.begin(id, nodeOf(id).needs);
        progress.step(nodeOf(id), {status: 'running'});
      },
      onEnd: (id, outcome) => {
        watch.end(id);
        if (outcome.status === 'failed' && endsRun(outcome.error)) stop.abort(outcome.error);
        progress.end(nodeOf(id), outcome, signal.aborted ? 'stopped' : undefined);
      },
    },
  );
  if (stop.signal.aborted) throw explainError(stop.signal.reason, 'The deployment', request.target.profile);
  const {api} = context.made;
  const ok = [...outcomes.values()].every(({status}) => status === 'done');
  return {
    ok,
    ...(!ok && request.signal?.aborted && {stopped: true}),
    ...(api && {apiUrl: apiUrl(request.target, api.id, request.names)}),
    ms: ms(),
    ...buildTimeline(watch.steps()),
    resources: found.filter(({node}) => node.id !== 'smoke').map(each => stateAfter(each, outcomes, request.names)),
  };
}

async function ensure(node: ResourceNode, context: Context, tell: Tell): Promise<StepAction | 'skipped'> {
  return withPatience(context, tell, async () => {
    const inspection = await node.inspect(context);
    if (inspection.state === 'foreign') {
      const foreign = {node, inspection};
      if (!isAdoptable(foreign, context)) throw foreignProblem([foreign], context.names);
      tell('taking it over');
    } else if (inspection.state === 'absent' || !inspection.untagged) return node.ensure(context, tell);
    await node.adopt?.(context);
    context.reads.clear();
    const action = await node.ensure(context, tell);
    return action === 'unchanged' ? 'updated' : action;
  });
}

function nodeOf(id: StepId): ResourceNode {
  return deploySteps.find(node => node.id === id)!;
}

function stateAfter(
  {node, inspection}: Inspected,
  outcomes: Map<StepId, Outcome<unknown>>,
  names: StackNames,
): ResourceState {
  const isDone = outcomes.get(node.id)?.status === 'done';
  const base = {id: node.id, title: node.title, name: node.name(names)};
  if (isDone) return {...base, state: 'present'};
  const drift = inspection.state === 'present' ? inspection.drift : undefined;
  return {...base, state: inspection.state, ...(drift !== undefined && {drift})};
}

type Foreign = {node: ResourceNode; inspection: Extract<Inspection, {state: 'foreign'}>};

function isAdoptable({node, inspection}: Foreign, {options, names}: Context): boolean {
  return options?.adopt === true && names.stack === 'default' && inspection.unowned && node.adopt !== undefined;
}

function isForeign(each: Inspected): each is Foreign {
  return each.inspection.state === 'foreign';
}

function foreignProblem(foreign: readonly Foreign[], names: StackNames): Problem {
  const list = foreign.map(({node, inspection}) => `${node.title} ${node.name(names)}: ${inspection.owner}`);
  const canAdopt = names.stack === 'default' && foreign.every(({inspection}) => inspection.unowned);
  const title = foreign.length === 1 ? 'Something in the way is not ours' : 'Some things in the way are not ours';
  return new Problem('foreign', title, {
    details: list.join('; '),
    solution: `It was left as it is. Remove it yourself, ${canAdopt ? 'take it over with --adopt, ' : ''}or use names of your own with --stack.`,
    next: 'npx lifecycle-tui deploy --stack NAME',
  });
}
