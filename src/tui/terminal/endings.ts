type Leave = (code: number) => void;

/** As shells count what a hang-up ended: the terminal is no longer there. */
export const hungUp = 129;

/**
 * Ends this process as a hang-up does, once everything is in order: on its way out node would set a terminal's modes once
 * more and, where there is none any more, call that a fault of its own.
 */
export function endByHangUp(): void {
  process.removeAllListeners('SIGHUP');
  process.kill(process.pid, 'SIGHUP');
}

/**
 * Signals, a terminal that has gone and stray errors end the app in order; warnings are kept off the screen. Returns
 * what gives the process back.
 */
export function takeProcess(leave: Leave, failures: unknown[]): () => void {
  const fail = (error: unknown) => {
    failures.push(error);
    leave(1);
  };
  const taken: [NodeJS.EventEmitter, string, (value: unknown) => void][] = [
    [process, 'SIGTERM', () => leave(143)],
    [process, 'SIGHUP', () => leave(hungUp)],
    [process, 'SIGINT', () => leave(130)],
    [process, 'uncaughtException', fail],
    [process, 'unhandledRejection', fail],
    [process, 'warning', () => undefined],
    [process.stdout, 'error', () => leave(hungUp)],
    [process.stdin, 'error', () => leave(hungUp)],
    [process.stdin, 'end', () => leave(hungUp)],
  ];
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  for (const [source, name, listener] of taken) source.on(name, listener);
  return () => {
    for (const [source, name, listener] of taken) source.off(name, listener);
    for (const printer of printers) process.on('warning', printer);
  };
}
