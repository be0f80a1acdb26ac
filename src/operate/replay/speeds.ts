/** Times the recorded pace, as they are gone through. */
export const speeds: readonly number[] = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 100, 300, 1_000];

export const slowest = speeds[0]!;
export const fastest = speeds.at(-1)!;
