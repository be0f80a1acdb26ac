import {createHash} from 'node:crypto';

export type RuntimeVersion = {name: string; arn: string};

/** The version is told as AWS does, its ARN is a digest of what runs here. */
export function runtimeVersion(runtime: string, version: string, region: string): RuntimeVersion {
  const name = runtime.replace(/^(nodejs|python|provided)\.?/, '$1:').replace(/\.x$/, '');
  const digest = createHash('sha256').update(`${name} ${version}`).digest('hex');
  return {name: `${name}.v${version}`, arn: `arn:aws:lambda:${region}::runtime:${digest}`};
}

export function initStartLine({name, arn}: RuntimeVersion): string {
  return `INIT_START Runtime Version: ${name}\tRuntime Version ARN: ${arn}`;
}

/** `TELEMETRY …` or `LOGS …`, one per subscription. */
export function subscriptionLine(api: 'Telemetry' | 'Logs', name: string, types: readonly string[]): string {
  const titles = types.map(type => type[0]!.toUpperCase() + type.slice(1));
  return `${api.toUpperCase()}\tName: ${name}\tState: Subscribed\tTypes: [${titles.join(', ')}]`;
}

/** `INIT_REPORT …`, written only for an init that failed. */
export function initReportLine(report: {
  ms: number;
  phase: 'init' | 'invoke';
  status: 'error' | 'timeout';
  errorType?: string;
}): string {
  const fields = [
    `INIT_REPORT Init Duration: ${report.ms.toFixed(2)} ms`,
    `Phase: ${report.phase}`,
    `Status: ${report.status}`,
    ...(report.errorType ? [`Error Type: ${report.errorType}`] : []),
  ];
  return fields.join('\t');
}

/** `EXTENSION …`, one per extension at the end of init. */
export function extensionLine(extension: {
  name: string;
  state: string;
  events: readonly string[];
  errorType?: string;
}): string {
  const fields = [
    `EXTENSION\tName: ${extension.name}`,
    `State: ${extension.state}`,
    `Events: [${extension.events.join(', ')}]`,
    ...(extension.errorType ? [`Error Type: ${extension.errorType}`] : []),
  ];
  return fields.join('\t');
}

export function startLine(requestId: string, version: string): string {
  return `START RequestId: ${requestId} Version: ${version}`;
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}`;
}

export type InvocationReport = {
  requestId: string;
  ms: number;
  memoryMb: number;
  /** MB; unknown where the system does not tell. */
  maxMemoryMb?: number;
  /** Only on the invocation that came with a successful init. */
  initMs?: number;
  failure?: {status: 'error' | 'timeout'; type: string};
};

/** `REPORT …`: billed are whole milliseconds of the invocation and, on a cold start, of init as well. */
export function reportLine(report: InvocationReport): string {
  const fields = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.ms.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(report.ms + (report.initMs ?? 0))} ms`,
    `Memory Size: ${report.memoryMb} MB`,
  ];
  if (report.maxMemoryMb !== undefined) fields.push(`Max Memory Used: ${report.maxMemoryMb} MB`);
  if (report.initMs !== undefined) fields.push(`Init Duration: ${report.initMs.toFixed(2)} ms`);
  if (!report.failure) return `${fields.join('\t')}\t`;
  fields.push(`Status: ${report.failure.status}`);
  if (report.failure.status === 'error') fields.push(`Error Type: ${report.failure.type}`);
  return fields.join('\t');
}
