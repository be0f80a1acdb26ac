/** What Lambda's REPORT line says, as far as it is used here; durations in ms. */
export type Report = {requestId: string; durationMs: number; initMs?: number};

const report = /^REPORT RequestId: ([0-9a-f-]{36})\tDuration: ([\d.]+) ms\t/;
const init = /\tInit Duration: ([\d.]+) ms/;

/** Undefined for every other line. */
export function parseReport(line: string): Report | undefined {
  const match = report.exec(line);
  if (!match) return undefined;
  const initMs = init.exec(line)?.[1];
  return {requestId: match[1]!, durationMs: Number(match[2]), ...(initMs !== undefined && {initMs: Number(initMs)})};
}
