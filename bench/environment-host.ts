// Starts environments for a bench, of a function in the file named first and the extension in the layer named second: one
// for each line on standard input, which names the sandbox. Says `ready` with the forms there are, then the milliseconds
// of each start.
import {randomBytes} from 'node:crypto';
import {copyFile, mkdir, mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {unpack} from '../src/local/lambda/code/unpack.ts';
import {createEnvironmentFactory, type EnvironmentFactory} from '../src/local/lambda/environment/create.ts';
import {defaultSettings} from '../src/local/settings.ts';

const [handler = '', layer = ''] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'bench-environments-'));
const [codeFolder, layersFolder] = [join(folder, 'code'), join(folder, 'layers')];
await mkdir(codeFolder);
await copyFile(handler, join(codeFolder, 'handler.js'));
await unpack(await readFile(layer), layersFolder, defaultSettings.unpackedLimitBytes);
const factories = new Map<string, EnvironmentFactory>();
for (const sandbox of ['portable', 'namespaces'] as const) {
  const factory = await createEnvironmentFactory({settings: defaultSettings, folder, sandbox}).catch(() => undefined);
  if (factory) factories.set(sandbox, factory);
}

async function start(factory: EnvironmentFactory): Promise<number> {
  const startedAt = performance.now();
  const environment = factory.create(
    {
      account: '000000000000',
      region: 'us-east-1',
      functionName: 'bench',
      functionVersion: '$LATEST',
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:bench',
      runtime: 'nodejs24.x',
      handler: 'handler.handler',
      memoryMb: 256,
      timeoutMs: 5_000,
      variables: {LIFECYCLE_TABLE: 'bench', LIFECYCLE_TTL_SECONDS: '60'},
      codeFolder,
      layersFolder,
      logGroup: '/aws/lambda/bench',
      logStream: `2026/01/01/[$LATEST]${randomBytes(16).toString('hex')}`,
      initializationType: 'on-demand',
      endpoint: 'http://127.0.0.1:1',
    },
    {lines: () => {}, transition: () => {}},
  );
  await environment.init();
  const ms = performance.now() - startedAt;
  await environment.shutdown('spindown');
  return ms;
}

console.log(`ready ${[...factories.keys()].join(' ')}`);
for await (const line of createInterface({input: process.stdin})) {
  const factory = factories.get(line);
  if (factory) console.log(await start(factory));
}
for (const factory of factories.values()) await factory.close();
await rm(folder, {recursive: true, force: true});
