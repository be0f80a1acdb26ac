import {defineConfig} from 'vitest/config';

const env = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  FORCE_COLOR: '1',
  // As the screens are shipped: the renderer's checks for developers are a tenth of what drawing costs.
  NODE_ENV: 'production',
  TZ: 'UTC',
};

const oxc = {jsx: {runtime: 'automatic', development: false}} as const;

export default defineConfig({
  test: {
    globalSetup: ['test/support/build-once.ts'],
    reporters: ['default', './test/support/environment-starts.ts', './test/support/closing-line.ts'],
    projects: [
      {
        oxc,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/pty/**', 'test/**/*.exhaustive.test.ts'],
          // Isolation costs 0.2 to 0.7 s a file here; the price is that a test undoes what it changes globally.
          isolate: false,
          setupFiles: ['test/support/real-timers.ts'],
          // One more than there are cores: half of the tests wait for processes.
          maxWorkers: 3,
          testTimeout: 20_000,
          hookTimeout: 20_000,
          env,
        },
      },
      {
        oxc,
        test: {
          name: 'pty',
          include: ['test/pty/**/*.test.ts'],
          isolate: false,
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 30_000,
          env,
        },
      },
      {
        oxc,
        test: {
          name: 'exhaustive',
          include: ['test/**/*.exhaustive.test.ts'],
          maxWorkers: 2,
          sequence: {groupOrder: 1},
          testTimeout: 300_000,
          hookTimeout: 60_000,
          env,
        },
      },
    ],
  },
});
