import {afterAll, vi} from 'vitest';

// Files share their workers: timers that one leaves faked would let the next ones wait for ever.
afterAll(() => {
  if (!vi.isFakeTimers()) return;
  vi.useRealTimers();
  throw new Error('this file leaves fake timers behind');
});
