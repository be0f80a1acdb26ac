import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {assetPath} from '../../src/assets/load.ts';
import {readZip} from '../assets/read-zip.ts';
import {lambdaBench} from '../local/lambda/environment/lambda-bench.ts';
import {sandboxForms} from '../local/lambda/sandbox/sandbox-forms.ts';
import {version1} from './events/version-1.ts';
import {version2} from './events/version-2.ts';

type Answer = {statusCode: number; headers: Record<string, string>; body: string};

const only = async (asset: 'layer' | 'target') => (await readZip(assetPath(asset)))[0]!.bytes.toString();

for (const {sandbox, refusal} of await sandboxForms())
  describe.skipIf(refusal)(`the target with its extension in an environment (${sandbox})`, () => {
    let bench: Awaited<ReturnType<typeof lambdaBench>>;
    beforeAll(async () => {
      bench = await lambdaBench({sandbox});
    });
    afterAll(() => bench.close());

    test('tells of the environment what the extension knows', async () => {
      const {environment, lines, invoke} = await bench.start({
        code: {'index.mjs': await only('target')},
        layers: {'extensions/shutdown-notifier!': await only('layer')},
        spec: {
          variables: {LIFECYCLE_TABLE: 'events', LIFECYCLE_TTL_SECONDS: '60', LIFECYCLE_DEBUG: '1'},
          ...{handler: 'index.handler', endpoint: 'http://127.0.0.1:1', memoryMb: 192},
        },
      });
      const answered = async (event: object) => (await invoke(event)).json as Answer;
      const page = await answered(version1('GET', '/hello', {headers: {Authorization: 's3cr3t'}}));
      expect(page).toMatchObject({statusCode: 200, headers: {'x-lifecycle-cold': 'true', 'X-Debug-Mode': 'true'}});
      expect(page.body).toContain('The embedded AWS decides by a setting');
      const health = await answered(version2('GET', '/info/health'));
      const id = page.headers['x-lifecycle-environment']!;
      expect(JSON.parse(health.body)).toMatchObject({
        ...{status: 'ok', environmentId: id, invocation: 2, cold: false},
        ...{memory: {limitMb: 192}, uptimeMs: expect.any(Number)},
      });
      const unknown = await answered(version2('GET', '/nowhere'));
      expect(unknown).toMatchObject({statusCode: 404, headers: {'x-lifecycle-environment': id}});
      await environment.shutdown('spindown');
      const own = lines.filter(line => line.includes('"level":"INFO"'));
      expect(own.map(line => /"route":"([^"]+)","status":(\d+)/.exec(line)?.slice(1))).toEqual([
        ['GET /hello', '200'],
        ['GET /info/health', '200'],
        ['none', '404'],
      ]);
      expect(lines.filter(line => line.includes('\tTarget function invoked'))).toHaveLength(3);
      expect(lines.join('\n')).not.toContain('s3cr3t');
      expect(lines.join('\n')).toContain('[shutdown-notifier] SHUTDOWN! Reason: spindown');
    });
  });
