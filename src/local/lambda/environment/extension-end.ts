import type {Exit, SandboxedProcess} from '../sandbox/sandbox.ts';
import type {ExtensionEnd} from './environment.ts';
import type {Extension} from './extension.ts';

/** Follows an extension through a shutdown phase that begins now. The result tells, once it is over, how it ended. */
export function followEnd(extension: Extension, process: SandboxedProcess): () => ExtensionEnd {
  const startedAt = performance.now();
  const {running} = process;
  let end: {exit: Exit; ms: number} | undefined;
  void process.exited.then(exit => {
    end = {exit, ms: performance.now() - startedAt};
  });
  const subscribed = extension.registered && extension.listensTo('SHUTDOWN');
  // What is still running when it is over is ended then, and must not count as having ended by itself.
  return () => {
    const ms = end?.ms ?? performance.now() - startedAt;
    const outcome = !running ? 'gone' : subscribed ? outcomeOf(end?.exit) : 'unsubscribed';
    return {name: extension.name, outcome, delivered: running && extension.tookShutdown, ms: Math.round(ms)};
  };
}

function outcomeOf(exit: Exit | undefined): ExtensionEnd['outcome'] {
  if (!exit || ('signal' in exit && exit.signal === 'SIGKILL')) return 'killed';
  return 'code' in exit && exit.code === 0 ? 'exited' : 'failed';
}
