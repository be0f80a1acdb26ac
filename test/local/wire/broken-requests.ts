import {connect} from 'node:net';
import {mutate, mutateJson} from './mutations.ts';
import {requestText, signedFor} from './sockets.ts';

const signed = (scope: string, more: object = {}) => ({authorization: signedFor(scope), ...more});
const logs = (operation: string) => signed('logs', {'x-amz-target': `Logs_20140328.${operation}`});
const form = {'content-type': 'application/x-www-form-urlencoded'};
const role = 'Action=CreateRole&Version=2010-05-08&RoleName=r&AssumeRolePolicyDocument=%7B%22Statement%22%3A%5B%5D%7D';

export type Seed = [method: string, path: string, headers: Record<string, string>, body?: string | object];
/** One valid request of every shape that the wire knows. */
export const seeds: readonly Seed[] = [
  ['POST', '/', signed('sts', form), 'Action=GetCallerIdentity&Version=2011-06-15'],
  ['POST', '/', signed('iam', form), `${role}&Tags.member.1.Key=a&Tags.member.1.Value=b&MaxSessionDuration=3600`],
  ['POST', '/', signed('iam', form), 'Action=UntagRole&Version=2010-05-08&RoleName=r&TagKeys.member.1=a'],
  ['GET', '/?Action=ListRoles&MaxItems=5&X-Amz-Credential=a%2Fb%2Fus-east-1%2Fiam%2Faws4_request', {}],
  ['POST', '/', logs('CreateLogGroup'), {logGroupName: '/a', tags: {a: 'b'}}],
  [
    'POST',
    '/',
    logs('PutLogEvents'),
    {logGroupName: '/a', logStreamName: 's', logEvents: [{timestamp: 1, message: 'x'}]},
  ],
  [
    'POST',
    '/',
    logs('FilterLogEvents'),
    {logGroupName: '/a', startTime: 1, limit: 5, filterPattern: '"x" -y', nextToken: 'YQ'},
  ],
  ['POST', '/', logs('DescribeLogStreams'), {logGroupName: '/a', orderBy: 'LastEventTime', descending: true}],
  [
    'POST',
    '/',
    logs('UntagResource'),
    {resourceArn: 'arn:aws:logs:us-east-1:000000000000:log-group:/a', tagKeys: ['a']},
  ],
  [
    'POST',
    '/2015-03-31/functions',
    signed('lambda'),
    {
      FunctionName: 'f',
      Role: 'r',
      Code: {ZipFile: 'UEsDBA=='},
      Layers: ['l'],
      Environment: {Variables: {A: 'b'}},
      Timeout: 3,
    },
  ],
  ['POST', '/2015-03-31/functions/f/invocations?Qualifier=live', signed('lambda', {'x-amz-log-type': 'Tail'}), {a: 1}],
  ['GET', '/2015-03-31/functions?MaxItems=10&Marker=x', signed('lambda')],
  [
    'POST',
    '/2018-10-31/layers/l/versions',
    signed('lambda'),
    {Content: {ZipFile: 'UEsDBA=='}, CompatibleRuntimes: ['nodejs24.x']},
  ],
  [
    'POST',
    '/restapis',
    signed('apigateway'),
    {name: 'n', endpointConfiguration: {types: ['REGIONAL']}, tags: {a: 'b'}},
  ],
  ['GET', '/restapis/abc/resources?embed=methods&limit=500', signed('apigateway')],
  [
    'PATCH',
    '/restapis/abc/stages/prod',
    signed('apigateway'),
    {patchOperations: [{op: 'replace', path: '/x', value: '1'}]},
  ],
  ['PUT', '/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fabc', signed('apigateway'), {tags: {a: 'b'}}],
  ['POST', '/_aws/execute-api/abc/prod/hello?x=%41', {}, 'body'],
];

export function textOf([method, path, headers, body]: Seed): string {
  return requestText(method, path, headers, typeof body === 'object' ? JSON.stringify(body) : body);
}

/** Half of them broken inside a body whose length is right, half anywhere. */
export function brokenRequest(random: () => number): string {
  const seed = seeds[Math.floor(random() * seeds.length)];
  if (!seed) throw new Error('no seed');
  const [method, path, headers, body] = seed;
  if (random() < 0.5 || body === undefined) return mutate(textOf(seed), random);
  if (typeof body === 'object' && random() < 0.7) {
    return requestText(method, path, headers, JSON.stringify(mutateJson(body, random)) ?? '');
  }
  return requestText(method, path, headers, mutate(typeof body === 'string' ? body : JSON.stringify(body), random));
}

/** The status of the first answer; 0 when the server still waits for more, or closes without a word. */
export function statusOf(port: number, text: string): Promise<number> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(text, 'latin1')));
    const finish = (status: number) => {
      socket.destroy();
      resolve(status);
    };
    socket.setTimeout(150, () => finish(0));
    socket.on('data', chunk => finish(Number(/^HTTP\/1\.1 (\d+)/.exec(chunk.toString('latin1'))?.[1] ?? 0)));
    socket.on('error', () => finish(0));
    socket.on('close', () => finish(0));
  });
}

export async function inParallel<T, R>(items: readonly T[], width: number, run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await run(item);
  };
  await Promise.all(Array.from({length: width}, worker));
  return results;
}
