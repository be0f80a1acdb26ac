import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {
  CreateFunction$,
  DeleteLayerVersion$,
  type FunctionConfiguration,
  GetFunctionConfiguration$,
  GetLayerVersion$,
  GetLayerVersionByArn$,
  Invoke$,
  ListLayers$,
  type ListLayersResponse,
  ListLayerVersions$,
  type ListLayerVersionsResponse,
  PublishLayerVersion$,
  type PublishLayerVersionResponse,
  UpdateFunctionConfiguration$,
} from '@aws-sdk/client-lambda';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {functionInput, startLambda, type TestLambda, zipOf} from '../service/call.ts';
import {until} from '../service/until.ts';

let aws: TestLambda;
beforeEach(async () => {
  aws = await startLambda();
});
afterEach(() => aws.end());

const layerArn = 'arn:aws:lambda:us-east-1:000000000000:layer:l';
const publish = async (files: Record<string, string>, more: object = {}) =>
  aws.call<PublishLayerVersionResponse>(PublishLayerVersion$, {
    LayerName: 'l',
    Content: {ZipFile: await zipOf(files)},
    ...more,
  });
const remove = (VersionNumber: number) => aws.call(DeleteLayerVersion$, {LayerName: 'l', VersionNumber});
const versions = async (more: object = {}) => {
  const listed = await aws.call<ListLayerVersionsResponse>(ListLayerVersions$, {LayerName: 'l', ...more});
  return listed.LayerVersions?.map(({Version}) => Version);
};

describe('layer versions', () => {
  test('every publishing adds one, and numbers are not given again', async () => {
    const first = await publish({a: '1'}, {Description: 'mine', CompatibleRuntimes: ['nodejs24.x']});
    expect(first).toMatchObject({
      LayerArn: layerArn,
      LayerVersionArn: `${layerArn}:1`,
      Version: 1,
      Description: 'mine',
      CompatibleRuntimes: ['nodejs24.x'],
      CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
      Content: {CodeSha256: expect.any(String), CodeSize: expect.any(Number), Location: expect.any(String)},
    });
    expect((await publish({a: '1'})).Version).toBe(2);
    await remove(2);
    await remove(2);
    expect((await publish({a: '1'})).Version).toBe(3);
    expect(await versions()).toEqual([3, 1]);
    expect(await aws.call(GetLayerVersion$, {LayerName: layerArn, VersionNumber: 1})).toEqual(first);
    expect(await aws.call(GetLayerVersionByArn$, {Arn: `${layerArn}:1`})).toEqual(first);
  });

  test('listings filter by runtime and forget layers without a version', async () => {
    await publish({a: '1'}, {CompatibleRuntimes: ['nodejs24.x']});
    await publish({a: '1'}, {CompatibleRuntimes: ['python3.13']});
    expect(await versions({CompatibleRuntime: 'nodejs24.x'})).toEqual([1]);
    const layers = await aws.call<ListLayersResponse>(ListLayers$, {CompatibleRuntime: 'nodejs24.x'});
    expect(layers.Layers).toMatchObject([{LayerName: 'l', LayerArn: layerArn, LatestMatchingVersion: {Version: 1}}]);
    await Promise.all([remove(1), remove(2)]);
    expect(await aws.call(ListLayers$)).toEqual({Layers: []});
    expect(await versions()).toEqual([]);
  });

  test.each([
    ['a bad name', {LayerName: 'a b'}, 'ValidationException'],
    ['a name too long for a function', {LayerName: 'a'.repeat(100)}, 'InvalidParameterValueException'],
    ['an unknown runtime', {CompatibleRuntimes: ['cobol']}, 'ValidationException'],
    ['no zip', {Content: {S3Bucket: 'b', S3Key: 'k'}}, 'InvalidParameterValueException'],
    ['bytes that are no zip', {Content: {ZipFile: Buffer.from('x')}}, 'InvalidParameterValueException'],
  ])('refuses %s', async (_, more, code) => {
    await expect(publish({a: '1'}, more)).rejects.toMatchObject({code, status: 400});
    expect(await versions()).toEqual([]);
  });

  test('a version that is not there is 404', async () => {
    await expect(aws.call(GetLayerVersion$, {LayerName: 'l', VersionNumber: 1})).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
    });
  });
});

describe('layers of a function', () => {
  const use = async (Layers: string[]) =>
    aws.call<FunctionConfiguration>(CreateFunction$, await functionInput('f', {Layers}));
  const active = () =>
    until('Active', async () => {
      const {State, LastUpdateStatus} = await aws.call<FunctionConfiguration>(GetFunctionConfiguration$, {
        FunctionName: 'f',
      });
      return State === 'Active' && LastUpdateStatus === 'Successful';
    });

  test('are merged in order, and outlive the layer version', async () => {
    await publish({file: 'one', only: '1'});
    const other = await publish({file: 'two'}, {LayerName: 'm'});
    const created = await use([`${layerArn}:1`, other.LayerVersionArn ?? '']);
    expect(created.Layers?.map(({Arn}) => Arn)).toEqual([`${layerArn}:1`, other.LayerVersionArn]);
    await active();
    await remove(1);
    await aws.call(Invoke$, {FunctionName: 'f'});
    const opt = aws.environments.all[0]?.spec.layersFolder ?? '';
    expect(await readFile(join(opt, 'file'), 'utf8')).toBe('two');
    expect(await readFile(join(opt, 'only'), 'utf8')).toBe('1');
  });

  test('a deleted version cannot be taken anew, nor two of one layer', async () => {
    await publish({a: '1'});
    await publish({a: '2'});
    await expect(use([`${layerArn}:1`, `${layerArn}:2`])).rejects.toThrow(/Two different versions of the same layer/);
    await remove(1);
    await expect(use([`${layerArn}:1`])).rejects.toThrow(`Layer version ${layerArn}:1 does not exist.`);
  });

  test('an empty list takes them away', async () => {
    await publish({a: '1'});
    await use([`${layerArn}:1`]);
    await active();
    await aws.call(UpdateFunctionConfiguration$, {FunctionName: 'f', Layers: []});
    await active();
    expect(await aws.call(GetFunctionConfiguration$, {FunctionName: 'f'})).not.toHaveProperty('Layers');
  });
});
