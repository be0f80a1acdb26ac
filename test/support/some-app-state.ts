import type {SessionState} from '../../src/operate/session/session-state.ts';
import type {AppState} from '../../src/tui/state/app-state.ts';
import {followingView} from '../../src/tui/ui/viewport.ts';
import {fakeSession, frameTime, someState} from './fake-session.ts';

type Patch = Partial<Omit<AppState, 'dashboard'>> & {data?: Partial<SessionState>};

/** The state of an app that looks at a session, for pure functions of it; `data` changes what the session shows. */
export function someAppState({data, ...patch}: Patch): AppState {
  const {menu, screen = 'dashboard'} = patch;
  const session = fakeSession(someState(data));
  const base = {
    now: frameTime,
    size: {columns: 120, rows: 40},
    readOnly: false,
    stackName: 'default',
    theme: 'dark' as const,
    menu: menu ?? {targets: [], selected: 0, checking: false, added: []},
  };
  if (screen !== 'dashboard') return {...base, ...patch, screen};
  const dashboard = {
    ...{apiUrl: '', session, data: session.getState(), focus: 'environments', tab: 'logs', zoomed: false},
    ...{burst: 3, rate: 0, shutdownAgreed: false, stack: {}, environmentOrder: 'age'},
    views: {environments: followingView, requests: followingView, events: followingView, logs: followingView},
  };
  return {...base, ...patch, screen, dashboard: dashboard as unknown as NonNullable<AppState['dashboard']>};
}
