import {CreateRestApi$, GetResources$, TagResource$, UpdateStage$} from '@aws-sdk/client-api-gateway';
import {AddPermission$, CreateFunction$, Invoke$, ListFunctions$, PublishLayerVersion$} from '@aws-sdk/client-lambda';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {randomFrom} from '../../../src/local/behaviour/seeded-random.ts';
import type {SchemaService} from '../../../src/local/wire/service.ts';
import {brokenRequest, inParallel, seeds, statusOf, textOf} from './broken-requests.ts';
import {seedOfRun} from './mutations.ts';
import {type Served, serve} from './served.ts';
import {sendRaw} from './sockets.ts';

const echo = (scope: string, schemas: readonly SchemaService['operations'][number][0][]): SchemaService => ({
  kind: 'schema',
  scope,
  protocol: 'restJson1',
  operations: schemas.map(schema => [schema, () => ({})] as const),
});

let served: Served;
beforeAll(async () => {
  served = await serve({
    services: [
      echo('lambda', [CreateFunction$, Invoke$, ListFunctions$, AddPermission$, PublishLayerVersion$]),
      echo('apigateway', [CreateRestApi$, GetResources$, TagResource$, UpdateStage$]),
    ],
    dataPlane: async (_, response) => void response.end('api'),
  });
});
afterAll(() => served.server.close());

it('reads every request before it is broken', async () => {
  for (const seed of seeds) {
    const answer = await sendRaw(served.server.port, textOf(seed));
    expect([0, 403, 413, 431, 500, 501]).not.toContain(answer.status);
    expect(answer.body).not.toContain('SerializationException');
  }
});

it('stays alive, and has no defect to report, under 4,000 mutated requests', async () => {
  const seed = seedOfRun();
  console.log(`LIFECYCLE_SEED=${seed}`);
  const random = randomFrom(seed);
  const broken = Array.from({length: 4_000}, () => brokenRequest(random));
  const answered = await inParallel(broken, 24, text => statusOf(served.server.port, text));
  expect(answered.filter(status => status >= 500 && status !== 501)).toEqual([]);
  expect(served.faults).toEqual([]);
  // Most of them must have reached a service, or this proves little.
  expect(answered.filter(status => status === 400).length).toBeGreaterThan(300);
  expect(answered.filter(status => status === 200).length).toBeGreaterThan(200);
  const [first] = seeds;
  if (first) expect((await sendRaw(served.server.port, textOf(first))).status).toBe(200);
});
