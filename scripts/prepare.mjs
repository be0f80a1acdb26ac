// Runs after `npm ci` and before `npx` from a checkout. Without the build tools it must not fail:
// a failing `prepare` leaves a half-made folder in npm's cache that breaks every later `npx` here.
try {
  await import('esbuild');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('Build tools are not installed yet.\nNext: npm ci');
  process.exit(0);
}
await import('./build.mjs');
