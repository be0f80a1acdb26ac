import {loadAssets} from '../assets/load.ts';
import {apiUrl} from './api-url.ts';
import type {ProvisionRequest, ResourceState} from './context.ts';
import {inspectAll, resourceState} from './inspect-all.ts';
import {resources} from './nodes.ts';
import {beginRun} from './open-context.ts';
import {readApi} from './resources/api-reading.ts';

/** `deployed`: all is there, if drifted; `foreign`: something of the same name is not ours. */
export type StackStatus = {
  state: 'absent' | 'partial' | 'deployed' | 'foreign';
  resources: ResourceState[];
  apiUrl?: string;
  account: string;
};

/** Looks at the stack. Reads only. Throws a Problem `no-credentials` when nobody is signed in. */
export async function status(request: Omit<ProvisionRequest, 'emit'>): Promise<StackStatus> {
  const {target, names} = request;
  const {context, found: inspected} = await inspectAll(
    beginRun({...request, assets: request.assets ?? loadAssets()}),
    resources,
  );
  const found = inspected.map(each => resourceState(each, names));
  const api = await readApi(context);
  return {
    state: overall(found),
    resources: found,
    ...(api?.parts.stage && {apiUrl: apiUrl(target, api.id, names)}),
    account: context.identity.account,
  };
}

function overall(found: readonly ResourceState[]): StackStatus['state'] {
  if (found.some(each => each.state === 'foreign')) return 'foreign';
  if (found.every(each => each.state === 'present')) return 'deployed';
  return found.every(each => each.state === 'absent') ? 'absent' : 'partial';
}
