import {render} from 'ink';
import type {Glyphs} from '../text/ascii.ts';
import {enterAlternateScreen} from './first-frame.ts';
import {Root, type Suspend} from './root.tsx';
import type {App} from './state/app.ts';

export type MountOptions = {
  glyphs: Glyphs;
  stdin: NodeJS.ReadStream;
  onSuspend: (suspend: Suspend) => void;
  /** What a frame took, ms. */
  onRender: (metrics: {renderTime: number}) => void;
};

/** Hands the screen, on which the first frame is, to the renderer. */
export function mount(app: App, {glyphs, stdin, onSuspend, onRender}: MountOptions) {
  const {stdout} = process;
  const write = stdout.write.bind(stdout);
  // It would switch to the alternate screen once more, which clears it on some terminals.
  stdout.write = ((text: string, ...rest: never[]) =>
    text === enterAlternateScreen || write(text, ...rest)) as typeof write;
  try {
    return render(<Root app={app} glyphs={glyphs} onSuspend={onSuspend} />, {
      stdin,
      onRender,
      // The store rations what streams commit; a key that comes right after such a commit is not to wait for it.
      maxFps: 100,
      alternateScreen: true,
      incrementalRendering: true,
      patchConsole: false,
      exitOnCtrlC: false,
    });
  } finally {
    stdout.write = write;
  }
}
