import type {Architecture, Runtime, TracingMode} from '@aws-sdk/client-lambda';
import type {StoredCode} from '../code/code-store.ts';
import type {JsonLogging} from '../environment/log-levels.ts';
import type {Policy} from '../permissions/policy.ts';

/** A layer version as a function uses it; it stays usable when the layer version is deleted. */
export type LayerUse = {arn: string; code: StoredCode};

/**
 * One immutable state of a function: `$LATEST` as it is after some change, or a published version.
 * The pool tells configurations apart by identity, so every change makes a new one.
 */
export type FunctionVersion = {
  readonly version: string;
  readonly runtime: Runtime;
  readonly handler: string;
  readonly role: string;
  readonly description: string;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memorySize: number;
  /** MB of /tmp; shown, not enforced. */
  readonly ephemeralStorage: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly architecture: Architecture;
  readonly tracing: TracingMode;
  readonly logGroup: string;
  /** The JSON log format; nothing: Text. */
  readonly jsonLogging: JsonLogging | undefined;
  readonly code: StoredCode;
  readonly layers: readonly LayerUse[];
  /** The layers merged, what becomes /opt. */
  readonly layersFolder: string;
  readonly lastModified: Date;
  readonly revisionId: string;
};

export type LambdaFunction = {
  readonly name: string;
  /** Unqualified. */
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  state: 'Pending' | 'Active';
  updating: boolean;
  /** As last configured; what the control plane shows. */
  latest: FunctionVersion;
  /** What invokes get; behind `latest` while an update is in progress. */
  live: FunctionVersion;
  readonly published: FunctionVersion[];
  lastVersion: number;
  tags: Record<string, string>;
  reservedConcurrency?: number;
  /** By qualifier; the function's own under ''. */
  readonly policies: Map<string, Policy>;
};
