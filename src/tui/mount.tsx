import {render} from 'ink';
import {enterAlternateScreen} from './first-frame.ts';
import {Root} from './root.tsx';
import type {App} from './state/app.ts';

/** Hands the screen, on which the first frame is, to the renderer. */
export function mount(app: App, onSuspend: (suspend: () => void) => void) {
  const {stdout} = process;
  const write = stdout.write.bind(stdout);
  // It would switch to the alternate screen once more, which clears it on some terminals.
  stdout.write = ((text: string, ...rest: never[]) =>
    text === enterAlternateScreen || write(text, ...rest)) as typeof write;
  try {
    return render(<Root app={app} onSuspend={onSuspend} />, {
      alternateScreen: true,
      incrementalRendering: true,
      patchConsole: false,
      exitOnCtrlC: false,
    });
  } finally {
    stdout.write = write;
  }
}
