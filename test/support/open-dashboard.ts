import {fakeBackend} from './fake-backend.ts';
import type {FakeSession} from './fake-session.ts';
import {type Driver, type DriverOptions, openApp} from './tui-driver.tsx';

/** The app on Local, deployed and open, with nothing said below. */
export async function openDashboard(options: DriverOptions = {}): Promise<{app: Driver; session: FakeSession}> {
  const backend = fakeBackend();
  const app = await openApp(backend, options);
  await app.press('\r');
  await app.see('1 Environments');
  quiet(app);
  return {app, session: backend.stacks.get('http://127.0.0.1:4566')!.session};
}

/** Takes what is said below away, so that the keys are seen. */
export function quiet(app: Driver): void {
  app.app.store.set({toast: undefined});
  app.app.store.flush();
}
