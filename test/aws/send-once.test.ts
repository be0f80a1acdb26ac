import {CreateRestApiCommand, GetRestApisCommand} from '@aws-sdk/client-api-gateway';
import {ListLayerVersionsCommand, PublishLayerVersionCommand} from '@aws-sdk/client-lambda';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {zip} from '../../src/assets/zip.ts';
import {type Clients, createClients} from '../../src/aws/clients.ts';
import {type LocalAws, startLocalAws} from '../../src/local/start.ts';
import {type FaultKind, Faults} from '../support/faults.ts';

const faults = new Faults();
let local: LocalAws;
let clients: Clients;
let layer: Uint8Array;
const attempts: string[] = [];
beforeAll(async () => {
  local = await startLocalAws({port: 0, traffic: faults.traffic});
  const target = {label: 'test', region: 'us-east-1', endpoint: local.endpoint};
  clients = createClients(target, {onCall: ({operation}) => attempts.push(operation)});
  layer = await zip([{path: 'extensions/x', bytes: Buffer.from('#!/bin/sh\n'), mode: 0o755}]);
});
afterAll(async () => {
  clients.destroy();
  await local.close();
});
afterEach(() => {
  faults.clear();
  attempts.length = 0;
});

const creations = {
  CreateRestApi: {
    create: (name: string) => clients.apigateway.send(new CreateRestApiCommand({name})),
    async count(name: string) {
      const {items = []} = await clients.apigateway.send(new GetRestApisCommand({limit: 500}));
      return items.filter(each => each.name === name).length;
    },
  },
  PublishLayerVersion: {
    create: (name: string) =>
      clients.lambda.send(new PublishLayerVersionCommand({LayerName: name, Content: {ZipFile: layer}})),
    async count(name: string) {
      const {LayerVersions = []} = await clients.lambda.send(new ListLayerVersionsCommand({LayerName: name}));
      return LayerVersions.length;
    },
  },
};

describe.each(Object.keys(creations) as (keyof typeof creations)[])('%s', operation => {
  const {create, count} = creations[operation];

  test.each<[FaultKind, object]>([
    ['failed after', {$fault: 'server'}],
    ['cut after', {code: 'ECONNRESET'}],
  ])('is not repeated by the SDK when its answer was lost (%s)', async (kind, error) => {
    const name = `once-${kind.replace(' ', '-')}`;
    faults.add({kind, operation});
    await expect(create(name)).rejects.toMatchObject(error);
    expect(await count(name)).toBe(1);
    expect(attempts.filter(each => each === operation)).toEqual([operation]);
  });

  test('is repeated when it was throttled, which has no effect', async () => {
    faults.add({kind: 'throttled', operation});
    await create('throttled');
    expect(attempts).toEqual([operation, operation]);
    expect(await count('throttled')).toBe(1);
  });
});

test('what cannot be made twice is repeated as ever', async () => {
  faults.add({kind: 'cut before', operation: 'GetRestApis'});
  await clients.apigateway.send(new GetRestApisCommand({}));
  expect(attempts).toEqual(['GetRestApis', 'GetRestApis']);
});
