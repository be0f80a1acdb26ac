import {expect, test} from 'vitest';
import {readConfiguration} from '../../src/extension/shutdown-notifier/configuration.ts';

test.each<[Record<string, string>, object]>([
  [{}, {endpoint: 'https://dynamodb.us-east-1.amazonaws.com/', local: false, ttlSeconds: 1_200, debug: false}],
  [{AWS_REGION: 'eu-west-1'}, {endpoint: 'https://dynamodb.eu-west-1.amazonaws.com/'}],
  [{AWS_REGION: 'cn-north-1'}, {endpoint: 'https://dynamodb.cn-north-1.amazonaws.com.cn/'}],
  [{AWS_ENDPOINT_URL: 'http://127.0.0.1:4566'}, {endpoint: 'http://127.0.0.1:4566/', local: true}],
  [{AWS_ENDPOINT_URL: 'http://127.77.0.3:4566'}, {local: true}],
  [{AWS_ENDPOINT_URL: 'http://[::1]:4566'}, {local: true}],
  [{AWS_ENDPOINT_URL: 'https://127.0.0.1.example.com'}, {local: false}],
  [
    {AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_DYNAMODB: 'https://ddb.example.com'},
    {endpoint: 'https://ddb.example.com/', local: false},
  ],
  [{AWS_ENDPOINT_URL: 'nonsense'}, {endpoint: 'https://dynamodb.us-east-1.amazonaws.com/'}],
  [{AWS_ENDPOINT_URL: 'file:///etc/passwd'}, {endpoint: 'https://dynamodb.us-east-1.amazonaws.com/'}],
  [{LIFECYCLE_TTL_SECONDS: '86400'}, {ttlSeconds: 86_400}],
  [{LIFECYCLE_TTL_SECONDS: '0'}, {ttlSeconds: 1_200}],
  [{LIFECYCLE_TTL_SECONDS: '-5'}, {ttlSeconds: 1_200}],
  [{LIFECYCLE_TTL_SECONDS: '1e9'}, {ttlSeconds: 1_200}],
  [{LIFECYCLE_TTL_SECONDS: '999999999'}, {ttlSeconds: 1_200}],
  [{LIFECYCLE_DEBUG: '1'}, {debug: true}],
  [{LIFECYCLE_DEBUG: 'false'}, {debug: false}],
])('%j', (variables, expected) => {
  const {endpoint, ...rest} = readConfiguration(variables);
  expect({...rest, endpoint: endpoint.href}).toMatchObject(expected);
});

test('empty variables are unset ones', () => {
  const configuration = readConfiguration({LIFECYCLE_TABLE: '', LIFECYCLE_WEBHOOK_URL: '', AWS_SESSION_TOKEN: ''});
  expect(configuration).not.toHaveProperty('table');
  expect(configuration).not.toHaveProperty('webhookUrl');
  expect(configuration.credentials).not.toHaveProperty('sessionToken');
});
