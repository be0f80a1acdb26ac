import {useApp, useInput, usePaste, useWindowSize} from 'ink';
import {useEffect, useSyncExternalStore} from 'react';
import {keyNames} from './keys/key-names.ts';
import {Screen} from './screens/screen.tsx';
import type {App} from './state/app.ts';

/** Joins the app to the terminal: keys and size in, its committed state out. */
export function Root({app, onSuspend}: {app: App; onSuspend?: (suspend: () => void) => void}) {
  const state = useSyncExternalStore(app.store.subscribe, app.store.committed);
  const {columns, rows} = useWindowSize();
  const {suspendTerminal} = useApp();

  useEffect(() => app.resize({columns, rows}), [app, columns, rows]);
  useEffect(() => onSuspend?.(() => void suspendTerminal(stopUntilContinued)), [onSuspend, suspendTerminal]);
  useInput((input, key) => {
    for (const name of keyNames(input, key)) app.press(name);
  });
  usePaste(text => app.paste(text));

  return <Screen state={state} size={{columns, rows}} />;
}

/** The whole group stops, so that a wrapper such as npx stops too and the shell gets the terminal. */
function stopUntilContinued(): Promise<void> {
  return new Promise(resolve => {
    process.once('SIGCONT', () => resolve());
    process.kill(0, 'SIGTSTP');
  });
}
