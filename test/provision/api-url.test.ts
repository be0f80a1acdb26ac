import {expect, it} from 'vitest';
import {apiUrl} from '../../src/provision/api-url.ts';

it.each([
  [{}, 'eu-west-1', 'https://a1.execute-api.eu-west-1.amazonaws.com/prod/hello'],
  [{}, 'cn-north-1', 'https://a1.execute-api.cn-north-1.amazonaws.com.cn/prod/hello'],
  [{endpoint: 'http://127.0.0.1:4566/'}, 'us-east-1', 'http://127.0.0.1:4566/_aws/execute-api/a1/prod/hello'],
])('%j in %s', (target, region, url) => {
  expect(apiUrl({label: '', region, ...target}, 'a1', {region, stage: 'prod'})).toBe(url);
});
