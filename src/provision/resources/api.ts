import {CreateRestApiCommand, DeleteRestApiCommand, TagResourceCommand} from '@aws-sdk/client-api-gateway';
import {classifyError, orAbsent} from '../../aws/errors.ts';
import {stackTags} from '../../aws/tags.ts';
import {retry} from '../../aws/until.ts';
import {restApiArn} from '../arns.ts';
import type {Context} from '../context.ts';
import {firstDifference, wantedFound} from '../first-difference.ts';
import {inspectTagged, present, type ResourceNode, type Tell, tagDifference} from '../resource-node.ts';
import {authorizerDifference, deploymentMarker, routeDifferences, throttle} from './api-definition.ts';
import {type ApiParts, namesakes, ownApis, readApi} from './api-reading.ts';
import {ensureAuthorizer, ensureRoutes, ensureStage, isThrottled} from './api-repair.ts';

const nothing: ApiParts = {
  resources: new Map(),
  authorizer: undefined,
  stage: undefined,
  deployed: undefined,
};

/** The REST API: routes asked of the authorizer and answered by the target, deployed once to one throttled stage. */
export const api: ResourceNode = {
  id: 'api',
  title: 'REST API',
  name: names => names.api,
  needs: [],
  removeAfter: [],
  foundByTags: true,
  read: readApi,
  async inspect(context) {
    const live = await readApi(context);
    if (!live) {
      const [namesake] = await namesakes(context);
      return namesake ? inspectTagged(context, 'api', namesake.tags, () => []) : {state: 'absent'};
    }
    const surplus = (await ownApis(context)).length - 1;
    return present(
      [...(surplus > 0 ? [`${surplus} more of the same`] : []), ...differences(context, live.parts)],
      tagDifference(context, 'api', live.tags),
    );
  },
  async adopt(context) {
    const {clients, names} = context;
    const [one] = [...(await ownApis(context)), ...(await namesakes(context))];
    if (!one) return;
    const resourceArn = restApiArn(context, one.id);
    await clients.apigateway.send(new TagResourceCommand({resourceArn, tags: stackTags(names.stack, 'api')}));
  },
  async ensure(context, tell) {
    const live = await readApi(context);
    const surplus = (await ownApis(context)).slice(1);
    for (const {id} of surplus) await removeApi(context, id, tell);
    const id = live?.id ?? (await createApi(context));
    const parts = live?.parts ?? nothing;
    const changed = differences(context, parts).length > 0;
    const authorizer = ensureAuthorizer(context, id, parts);
    await allDone([authorizer, ...ensureRoutes(context, id, authorizer, parts)]);
    const authorizerId = await authorizer;
    await ensureStage(context, id, authorizerId, parts, tell);
    context.made.api = {id, authorizerId};
    if (!live) return 'created';
    return changed || surplus.length > 0 ? 'updated' : 'unchanged';
  },
  async remove(context, tell) {
    const apis = await ownApis(context);
    for (const {id} of apis) await removeApi(context, id, tell);
    return apis.length === 0 ? 'absent' : 'deleted';
  },
};

/** Waits for all of them before it rejects for one: a further try must see what this one has made. */
async function allDone(parts: readonly Promise<unknown>[]): Promise<void> {
  for (const part of await Promise.allSettled(parts)) if (part.status === 'rejected') throw part.reason;
}

function differences(context: Context, {resources, authorizer, stage, deployed}: ApiParts): string[] {
  const authorizerId = authorizer?.id ?? '';
  return [
    ...difference('authorizer', authorizerDifference(context, authorizer)),
    ...routeDifferences(context, resources, authorizerId),
    ...difference('deployment', firstDifference(deploymentMarker(context, authorizerId), deployed)),
    ...(isThrottled(stage) ? [] : [`throttle ${throttleDifference(stage)}`]),
  ];
}

function difference(what: string, found: string | undefined): string[] {
  return found === undefined ? [] : [`${what} ${found}`];
}

function throttleDifference(stage: ApiParts['stage']): string {
  const {throttlingRateLimit: rate, throttlingBurstLimit: burst} = stage?.methodSettings?.['*/*'] ?? {};
  const found = rate === undefined ? undefined : `${rate}/s burst ${burst}`;
  return wantedFound(`${throttle.rateLimit}/s burst ${throttle.burstLimit}`, found);
}

async function createApi(context: Context): Promise<string> {
  const {clients, names} = context;
  const created = await clients.apigateway.send(
    new CreateRestApiCommand({
      name: names.api,
      description: 'REST API of the Lambda lifecycle demo',
      // Edge-optimised APIs may be created once in 30 s only.
      endpointConfiguration: {types: ['REGIONAL']},
      tags: stackTags(names.stack, 'api'),
    }),
  );
  return created.id!;
}

const deletionEveryMs = 30_000;

/** AWS takes one DeleteRestApi in 30 s per account. */
async function removeApi(context: Context, restApiId: string, tell: Tell): Promise<void> {
  const send = () => orAbsent(context.clients.apigateway.send(new DeleteRestApiCommand({restApiId})));
  const asked = performance.now();
  const toGo = () => Math.max(0, Math.ceil((deletionEveryMs - (performance.now() - asked)) / 1_000));
  await retry(send, {
    what: 'its turn to be deleted',
    again: error => classifyError(error) === 'throttled',
    onWait: () => tell(`AWS deletes one API in 30 s: at most ${toGo()} s to go`),
    timeoutMs: 90_000,
    schedule: [2_000],
    signal: context.signal,
  });
}
