/** Builds dist before the first test, so that PTY and child-process tests run what users run, never a stale build. */
export async function setup(): Promise<void> {
  const script = '../../scripts/build.mjs';
  await import(script);
}
