import type {Architecture, Runtime} from '@aws-sdk/client-lambda';
import type {StoredCode} from '../code/code-store.ts';
import {invalidParameter} from '../functions/errors.ts';
import type {LayerUse} from '../functions/model.ts';

export type LayerVersion = {
  layerArn: string;
  name: string;
  version: number;
  description: string;
  createdDate: Date;
  code: StoredCode;
  runtimes: Runtime[];
  architectures: Architecture[];
  license?: string;
};

type Layer = {lastVersion: number; versions: LayerVersion[]};

const mostLayers = 5;

export const layerVersionArn = ({layerArn, version}: LayerVersion): string => `${layerArn}:${version}`;

const layerOf = (versionArn: string) => versionArn.slice(0, versionArn.lastIndexOf(':'));

/** Layers by ARN. Numbers of deleted versions are never given again. */
export class LayerStore {
  readonly #layers = new Map<string, Layer>();

  publish(layerArn: string, make: (version: number) => LayerVersion): LayerVersion {
    const layer = this.#layers.get(layerArn) ?? {lastVersion: 0, versions: []};
    this.#layers.set(layerArn, layer);
    layer.lastVersion += 1;
    const published = make(layer.lastVersion);
    layer.versions.push(published);
    return published;
  }

  /** Newest first. */
  versions(layerArn: string): LayerVersion[] {
    return [...(this.#layers.get(layerArn)?.versions ?? [])].reverse();
  }

  /** By the version's ARN. */
  find(arn: string): LayerVersion | undefined {
    return this.versions(layerOf(arn)).find(one => layerVersionArn(one) === arn);
  }

  delete(layerArn: string, version: number): void {
    const layer = this.#layers.get(layerArn);
    if (layer) layer.versions = layer.versions.filter(one => one.version !== version);
  }

  /** The ARNs of all layers whose ARN begins so, and that still have a version. */
  list(prefix: string): string[] {
    const there = [...this.#layers].filter(([arn, {versions}]) => arn.startsWith(prefix) && versions.length > 0);
    return there.map(([arn]) => arn).sort();
  }

  /** What a function may use, in its order. Throws InvalidParameterValueException as AWS does. */
  resolve(arns: readonly string[]): LayerUse[] {
    if (arns.length > mostLayers) throw invalidParameter(`You cannot reference more than ${mostLayers} layers.`);
    const layers = arns.map(layerOf);
    if (new Set(layers).size < layers.length) {
      throw invalidParameter(
        'Two different versions of the same layer are not allowed to be referenced in the same function.',
      );
    }
    return arns.map(arn => {
      const found = this.find(arn);
      if (!found) throw invalidParameter(`Layer version ${arn} does not exist.`);
      return {arn, code: found.code};
    });
  }
}
