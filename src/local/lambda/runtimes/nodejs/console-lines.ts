import {format} from 'node:util';
import {formatError} from './error-object.ts';
import {jsonLine} from './json-line.ts';

declare global {
  interface Console {
    /** Lambda's own addition. */
    fatal(...values: unknown[]): void;
  }
}

const levels: readonly string[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const methods = {
  ...{log: 'INFO', info: 'INFO', debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE', fatal: 'FATAL'},
} as const;

let requestId: string | undefined;
let inJson = false;

/** Which invocation the next lines belong to. */
export function setRequestId(id: string): void {
  requestId = id;
}

/**
 * Makes every console method write one line per call: `<ISO time>\t<request id>\t<LEVEL>\t<text>`, or a JSON object
 * when `AWS_LAMBDA_LOG_FORMAT` asks for it; nothing below `AWS_LAMBDA_LOG_LEVEL`.
 */
export function patchConsole(): void {
  const {AWS_LAMBDA_LOG_FORMAT: logFormat = '', AWS_LAMBDA_LOG_LEVEL: logLevel = ''} = process.env;
  inJson = logFormat.toUpperCase() === 'JSON';
  const least = levels.indexOf(logLevel.toUpperCase());
  for (const [method, level] of Object.entries(methods)) {
    const hidden = levels.indexOf(level) < least;
    console[method as keyof typeof methods] = hidden ? () => {} : (...values) => writeLine(level, values);
  }
}

/** What ends an invocation or the process. */
export function logError(label: string, error: unknown): void {
  if (inJson) console.error(error instanceof Error ? error : new Error(String(error)));
  else console.error(label, formatError(error));
}

function writeLine(level: string, values: readonly unknown[]): void {
  const time = new Date().toISOString();
  const line = inJson
    ? jsonLine({timestamp: time, level, requestId}, values)
    : `${time}\t${requestId ?? '-'}\t${level}\t${format(...values)}`;
  // A line end inside would make two events of one.
  process.stdout.write(`${line.replaceAll('\n', '\r')}\n`);
}
