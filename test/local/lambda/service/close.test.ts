import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {CreateFunction$, Invoke$, PublishLayerVersion$} from '@aws-sdk/client-lambda';
import {expect, test} from 'vitest';
import {createEnvironmentFactory} from '../../../../src/local/lambda/environment/create.ts';
import type {Transition} from '../../../../src/local/lambda/environment/environment.ts';
import {defaultSettings} from '../../../../src/local/settings.ts';
import {sandboxForm} from '../sandbox/sandbox-forms.ts';
import {functionInput, startLambda, zipOf} from './call.ts';
import {until} from './until.ts';
import {extension, handler} from './witness.ts';

const sandbox = await sandboxForm();

test(`close gives every environment its SHUTDOWN, the busy one too, and answers its caller (${sandbox})`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-close-'));
  const transitions: Transition[] = [];
  const aws = await startLambda({
    environments: await createEnvironmentFactory({settings: defaultSettings, folder, sandbox}),
    onTransition: transition => transitions.push(transition),
  });
  const zip = await zipOf({'extensions/witness': extension});
  await aws.call(PublishLayerVersion$, {LayerName: 'witness', Content: {ZipFile: zip}});
  const Layers = ['arn:aws:lambda:us-east-1:000000000000:layer:witness:1'];
  const Code = {ZipFile: await zipOf({'index.mjs': handler})};
  await aws.call(CreateFunction$, await functionInput('f', {Timeout: 30, Code, Layers}));
  const invoke = (event: object) =>
    aws.call<{FunctionError?: string}>(Invoke$, {
      FunctionName: 'f',
      Payload: Buffer.from(JSON.stringify(event)),
      LogType: 'Tail',
    });
  const ready = () => invoke({}).then(() => true);
  await until('Active', () => ready().catch(() => false));
  await Promise.all([invoke({sleepMs: 300}), invoke({sleepMs: 300})]);
  const busy = invoke({sleepMs: 20_000}).then(
    answer => answer.FunctionError ?? 'answered',
    error => error.name,
  );
  await until('one busy', () => transitions.at(-1)?.to === 'invoking');

  const started = Date.now();
  await aws.end();
  expect(Date.now() - started).toBeLessThan(4_000);
  expect(await busy).not.toBe('answered');
  const environments = new Set(transitions.map(({environment}) => environment));
  const gone = transitions.filter(({to}) => to === 'gone').map(({environment}) => environment);
  expect(environments.size).toBe(2);
  expect(new Set(gone)).toEqual(environments);
  const witnessed = aws.lines.filter(({message}) => message.includes('[witness] SHUTDOWN spindown'));
  expect(new Set(witnessed.map(({stream}) => stream)).size).toBe(2);
  const left = await readdir(folder, {recursive: true});
  expect(left.filter(name => /\/(tmp|task|opt)$/.test(name))).toEqual([]);
  await rm(folder, {recursive: true, force: true});
});
