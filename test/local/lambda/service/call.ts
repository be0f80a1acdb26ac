import {randomUUID} from 'node:crypto';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {StaticOperationSchema} from '@smithy/types';
import {ZipFile} from 'yazl';
import {createLambda, type LambdaOptions, type LambdaService} from '../../../../src/local/lambda/service.ts';
import type {LogLine} from '../../../../src/local/logs/log-sink.ts';
import {defaultSettings} from '../../../../src/local/settings.ts';
import type {RequestContext} from '../../../../src/local/wire/service.ts';
import {FakeEnvironments} from './fake-environments.ts';

export const role = 'arn:aws:iam::000000000000:role/demo';

/** Calls an operation's handler as the wire does once it has read the request. */
type Call = <Output = Record<string, unknown>>(
  operation: StaticOperationSchema,
  input?: object,
  context?: Partial<RequestContext>,
) => Promise<Output>;

export type TestLambda = {
  lambda: LambdaService;
  call: Call;
  environments: FakeEnvironments;
  lines: {group: string; stream: string; mayCreateGroup: boolean; message: string}[];
  notices: string[];
  end(): Promise<void>;
};

/** A Lambda service on fake environments unless `environments` is given; delays are 0 unless set. */
export async function startLambda(
  options: Partial<Omit<LambdaOptions, 'settings'>> & {settings?: Partial<LambdaOptions['settings']>} = {},
): Promise<TestLambda> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-service-'));
  const environments = new FakeEnvironments();
  const [lines, notices]: [TestLambda['lines'], string[]] = [[], []];
  const lambda = await createLambda({
    account: '000000000000',
    sink: {write: (some: LogLine[], to) => lines.push(...some.map(({message}) => ({...to, message})))},
    roles: {assumableByLambda: () => true},
    endpoint: () => 'http://127.0.0.1:1',
    folder,
    environments,
    onNotice: text => notices.push(text),
    ...options,
    settings: {...defaultSettings, functionCreateMs: 0, functionUpdateMs: 0, ...options.settings},
  });
  return {
    ...{lambda, environments, lines, notices},
    call: callerOf(lambda),
    async end() {
      await lambda.close();
      await rm(folder, {recursive: true, force: true});
    },
  };
}

function callerOf(lambda: LambdaService): Call {
  return async (operation, input = {}, context = {}) => {
    const found = lambda.service.operations.find(([schema]) => schema === operation);
    if (!found) throw new Error(`${String(operation[2])} is not served`);
    return found[1](input, {
      region: 'us-east-1',
      account: '000000000000',
      requestId: randomUUID(),
      endpoint: 'http://127.0.0.1:1',
      ...context,
    });
  };
}

/** A zip of the given files; `mode` 0o755 where the name is under `extensions/` or is `bootstrap`. */
export async function zipOf(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) {
    const mode = /^extensions\/|^bootstrap$/.test(name) ? 0o100755 : 0o100644;
    zip.addBuffer(Buffer.from(text), name, {mode, mtime: new Date('2026-01-01T00:00:00Z')});
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What every CreateFunction of these tests has. */
export const functionInput = async (name: string, more: object = {}) => ({
  FunctionName: name,
  Runtime: 'nodejs24.x',
  Role: role,
  Handler: 'index.handler',
  Code: {ZipFile: await zipOf({'index.mjs': 'export const handler = async event => event;'})},
  ...more,
});
