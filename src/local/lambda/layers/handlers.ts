import {
  Architecture,
  type DeleteLayerVersionCommandInput,
  type GetLayerVersionByArnCommandInput,
  type GetLayerVersionCommandInput,
  type GetLayerVersionResponse,
  type LayerVersionsListItem,
  type ListLayersCommandInput,
  type ListLayerVersionsCommandInput,
  type PublishLayerVersionCommandInput,
  Runtime,
} from '@aws-sdk/client-lambda';
import type {RequestContext} from '../../wire/service.ts';
import {type CodeStore, codeLocation} from '../code/code-store.ts';
import {invalidParameter, notFound} from '../functions/errors.ts';
import {lambdaTime} from '../functions/lambda-time.ts';
import {page} from '../functions/page.ts';
import {Violations} from '../functions/violations.ts';
import {type LayerStore, type LayerVersion, layerVersionArn} from './layer-store.ts';

type Scope = {region: string; account: string};
type Filter = {CompatibleRuntime?: string | undefined; CompatibleArchitecture?: string | undefined};

const layerPrefix = ({region, account}: Scope) => `arn:aws:lambda:${region}:${account}:layer:`;
const namePattern = /(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+/;
/** A layer version's ARN may not be longer than this in a function's configuration. */
const longestArn = 140;

/** PublishLayerVersion, GetLayerVersion, GetLayerVersionByArn, ListLayerVersions, ListLayers and DeleteLayerVersion. */
export function createLayerHandlers(store: LayerStore, code: CodeStore) {
  const find = (arn: string, {endpoint}: RequestContext) => {
    const found = store.find(arn);
    if (!found) throw notFound('The resource you requested does not exist.');
    return describe(found, endpoint);
  };
  return {
    async publishLayerVersion(input: PublishLayerVersionCommandInput, context: RequestContext) {
      const layerArn = readLayer(input.LayerName, context);
      checkLayer(input, layerArn);
      const zip = input.Content?.ZipFile;
      if (!zip) throw invalidParameter('Content.ZipFile is needed: the embedded AWS has no S3.');
      const stored = await code.add(zip);
      const published = store.publish(layerArn, version => ({
        layerArn,
        name: layerArn.slice(layerArn.lastIndexOf(':') + 1),
        version,
        description: input.Description ?? '',
        createdDate: new Date(),
        code: stored,
        runtimes: input.CompatibleRuntimes ?? [],
        architectures: input.CompatibleArchitectures ?? [],
        ...(input.LicenseInfo === undefined ? {} : {license: input.LicenseInfo}),
      }));
      return describe(published, context.endpoint);
    },
    getLayerVersion(input: GetLayerVersionCommandInput, context: RequestContext) {
      return find(`${readLayer(input.LayerName, context)}:${input.VersionNumber}`, context);
    },
    getLayerVersionByArn: (input: GetLayerVersionByArnCommandInput, context: RequestContext) =>
      find(input.Arn ?? '', context),
    listLayerVersions(input: ListLayerVersionsCommandInput, context: RequestContext) {
      const fitting = store.versions(readLayer(input.LayerName, context)).filter(one => fits(one, input));
      const {items, ...next} = page(fitting, input);
      return {LayerVersions: items.map(listed), ...next};
    },
    listLayers(input: ListLayersCommandInput, context: RequestContext) {
      const newest = store.list(layerPrefix(context)).flatMap(layerArn => {
        const found = store.versions(layerArn).find(one => fits(one, input));
        return found ? [found] : [];
      });
      const {items, ...next} = page(newest, input);
      const layers = items.map(one => ({
        LayerName: one.name,
        LayerArn: one.layerArn,
        LatestMatchingVersion: listed(one),
      }));
      return {Layers: layers, ...next};
    },
    /** Silent when there is no such version, as on AWS. Functions that use it keep their copy. */
    deleteLayerVersion(input: DeleteLayerVersionCommandInput, context: RequestContext) {
      store.delete(readLayer(input.LayerName, context), input.VersionNumber ?? 0);
      return {};
    },
  };
}

function readLayer(name: string | undefined, scope: Scope): string {
  new Violations().pattern(name, 'layerName', namePattern).length(name, 'layerName', longestArn).raise();
  return name?.startsWith('arn:') ? name : layerPrefix(scope) + name;
}

function checkLayer(input: PublishLayerVersionCommandInput, layerArn: string): void {
  const violations = new Violations().length(input.Description, 'description', 256);
  violations.length(input.LicenseInfo, 'licenseInfo', 512);
  for (const one of input.CompatibleRuntimes ?? []) violations.oneOf(one, 'compatibleRuntimes', Object.values(Runtime));
  for (const one of input.CompatibleArchitectures ?? []) {
    violations.oneOf(one, 'compatibleArchitectures', Object.values(Architecture));
  }
  violations.raise();
  if ((input.CompatibleRuntimes?.length ?? 0) > 15) throw invalidParameter('More than 15 compatible runtimes.');
  if (layerArn.length + ':1'.length > longestArn) {
    throw invalidParameter(`The layer's ARN is longer than ${longestArn} characters, so no function could use it.`);
  }
}

const fits = ({runtimes, architectures}: LayerVersion, {CompatibleRuntime, CompatibleArchitecture}: Filter) =>
  (CompatibleRuntime === undefined || runtimes.some(one => one === CompatibleRuntime)) &&
  (CompatibleArchitecture === undefined || architectures.some(one => one === CompatibleArchitecture));

function listed(one: LayerVersion): LayerVersionsListItem {
  return {
    LayerVersionArn: layerVersionArn(one),
    Version: one.version,
    Description: one.description,
    CreatedDate: lambdaTime(one.createdDate),
    ...(one.runtimes.length > 0 && {CompatibleRuntimes: one.runtimes}),
    ...(one.architectures.length > 0 && {CompatibleArchitectures: one.architectures}),
    ...(one.license !== undefined && {LicenseInfo: one.license}),
  };
}

const describe = (one: LayerVersion, endpoint: string): GetLayerVersionResponse => ({
  ...listed(one),
  LayerArn: one.layerArn,
  Content: {CodeSha256: one.code.sha256, CodeSize: one.code.size, Location: codeLocation(endpoint, one.code)},
});
