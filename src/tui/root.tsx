import {useApp, useInput, usePaste, useWindowSize} from 'ink';
import {useEffect, useSyncExternalStore} from 'react';
import type {Glyphs} from '../text/ascii.ts';
import {GlyphsContext} from './glyphs-context.ts';
import {keyNames} from './keys/key-names.ts';
import {Screen} from './screens/screen.tsx';
import type {App} from './state/app.ts';
import {composeWholeRows} from './ui/whole-rows.ts';

composeWholeRows();

/** Hands the terminal over while `away` runs, and takes it back with a new frame. */
export type Suspend = (away: () => Promise<void>) => Promise<unknown>;

type Props = {app: App; glyphs?: Glyphs; onSuspend?: (suspend: Suspend) => void};

/** Joins the app to the terminal: keys and size in, its committed state out. */
export function Root({app, glyphs = 'unicode', onSuspend}: Props) {
  const state = useSyncExternalStore(app.store.subscribe, app.store.committed);
  const {columns, rows} = useWindowSize();
  const {suspendTerminal} = useApp();

  useEffect(() => app.resize({columns, rows}), [app, columns, rows]);
  useEffect(() => onSuspend?.(suspendTerminal), [onSuspend, suspendTerminal]);
  useInput((input, key) => {
    for (const name of keyNames(input, key)) app.press(name);
  });
  usePaste(text => app.paste(text));

  return (
    <GlyphsContext value={glyphs}>
      <Screen state={state} size={{columns, rows}} />
    </GlyphsContext>
  );
}
