import {setTimeout as pause} from 'node:timers/promises';
import {DescribeTableCommand} from '@aws-sdk/client-dynamodb';
import {assetPath, loadAssets} from '../../src/assets/load.ts';
import {createClients} from '../../src/aws/clients.ts';
import {stackNames} from '../../src/aws/names.ts';
import {apiUrl} from '../../src/provision/api-url.ts';
import {recordDeploy} from './recorded.ts';
import {removals} from './removal.ts';
import {deployByScript, removeByScript} from './script.ts';
import {realShell, shellLike} from './shell.ts';
import {deployByWaiters, removeByWaiters} from './stock.ts';
import {sdkSender, stockClients} from './stock-clients.ts';

export {acceptedBound, deployBound, goneBound} from './bound.ts';

const names = stackNames('default', 'us-east-1');

async function prepare(endpoint: string) {
  const target = {label: 'bench', region: names.region, endpoint};
  const clients = createClients(target);
  const assets = loadAssets();
  const calls = await recordDeploy({target, clients, names, assets});
  clients.destroy();
  const url = (apiId: string) => apiUrl(target, apiId, names);
  return {calls, url, assets: await assets, clients: stockClients(endpoint)};
}

/** Deploys and removes on an empty embedded AWS as the script does; times in ms. */
export async function byScript(endpoint: string, isReal: boolean) {
  const {calls, url, assets, clients} = await prepare(endpoint);
  const files = new Map(
    (['layer', 'target', 'authorizer'] as const).map(name => [assets[name].zip, assetPath(name)] as const),
  );
  const shell = isReal ? realShell(endpoint, files) : shellLike(sdkSender(clients));
  const deployed = await deployByScript(calls, {shell, url});
  const started = performance.now();
  const removed = await removeByScript(removals(names, deployed.apiId), {shell});
  await untilTableGone(clients);
  return {deployed, removed: {...removed, goneMs: performance.now() - started}};
}

/** The same in parallel with the SDK's waiters. */
export async function byWaiters(endpoint: string) {
  const {calls, url, clients} = await prepare(endpoint);
  const deployed = await deployByWaiters(calls, {clients, url});
  return {deployed, removed: await removeByWaiters(removals(names, deployed.apiId), {clients})};
}

/** The script does not wait for it. */
async function untilTableGone({dynamodb}: ReturnType<typeof stockClients>): Promise<void> {
  for (;;) {
    try {
      await dynamodb.send(new DescribeTableCommand({TableName: names.table}));
      await pause(100);
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return;
      throw error;
    }
  }
}
