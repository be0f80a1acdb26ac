import {format} from 'node:util';

let requestId: string | undefined;

/** Which invocation the next lines belong to. */
export function setRequestId(id: string): void {
  requestId = id;
}

/** Makes every console method write `<ISO time>\t<request id>\t<LEVEL>\t<text>`, one line per call. */
export function patchConsole(): void {
  const levels = {log: 'INFO', info: 'INFO', debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE'} as const;
  for (const [method, level] of Object.entries(levels)) {
    console[method as keyof typeof levels] = (...values: unknown[]) => writeLine(level, format(...values));
  }
}

function writeLine(level: string, text: string): void {
  const line = `${new Date().toISOString()}\t${requestId ?? '-'}\t${level}\t${text}`;
  // A line end inside would make two events of one.
  process.stdout.write(`${line.replaceAll('\n', '\r')}\n`);
}
