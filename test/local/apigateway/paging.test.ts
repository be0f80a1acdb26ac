import {CreateRestApiCommand, GetRestApisCommand} from '@aws-sdk/client-api-gateway';
import {expect, test} from 'vitest';
import {page} from '../../../src/local/apigateway/control/paging.ts';
import {serveApiGateway} from './served.ts';

const all = Array.from({length: 60}, (_, at) => at);

test('pages follow each other to the end, without a position on the last', () => {
  const sizes: number[] = [];
  const seen: number[] = [];
  let position: string | undefined;
  do {
    const answer = page(all, undefined, position);
    sizes.push(answer.items.length);
    seen.push(...answer.items);
    position = answer.position;
  } while (position !== undefined);
  expect([sizes, seen]).toEqual([[25, 25, 10], all]);
});

test('a limit that just fits leaves nothing to ask for', () => {
  expect(page(all, 60)).toEqual({items: all});
});

test('a foreign position is refused', () => {
  expect(() => page(all, 25, 'nonsense')).toThrow('Invalid position specified');
});

test('the position reaches the caller', async () => {
  const served = await serveApiGateway();
  try {
    for (const name of ['a', 'b', 'c']) await served.client.send(new CreateRestApiCommand({name}));
    const first = await served.client.send(new GetRestApisCommand({limit: 2}));
    const second = await served.client.send(new GetRestApisCommand({limit: 2, position: first.position}));
    expect([...(first.items ?? []), ...(second.items ?? [])].map(api => api.name).sort()).toEqual(['a', 'b', 'c']);
    expect(second.position).toBeUndefined();
  } finally {
    await served.close();
  }
});
