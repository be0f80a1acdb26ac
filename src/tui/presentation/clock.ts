/** Wall clock of this machine, `12:04:31`, or with tenths, `12:04:31.2`. */
export function clockTime(at: number | string, fraction: 0 | 1 | 3 = 0): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '--:--:--';
  const two = (value: number) => String(value).padStart(2, '0');
  const whole = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  if (fraction === 0) return whole;
  return `${whole}.${String(date.getMilliseconds()).padStart(3, '0').slice(0, fraction)}`;
}

/** A moment in full, UTC: `2026-11-20T12:04:31.000Z`; `no time` for a number that is none, which a service may well send. */
export function fullTime(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? 'no time' : date.toISOString();
}

/** A running time that keeps its width: `7s`, `52s`, `6m 41s`, `1h 02m`. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, '0')}s`;
  return `${Math.floor(seconds / 3_600)}h ${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}m`;
}

/** What is left, always with minutes so that a column of them lines up: `0m 52s`. */
export function left(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, '0')}s`;
}

/** Whole numbers with thin groups: `2 314`. */
export const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ' ');

/** Milliseconds as a measured time: `9 ms`, `1.21 s`, `12.3 s`, `5m 07s`. */
export function took(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms >= 99_950) return age(Math.round(ms / 1_000) * 1_000);
  return ms < 9_995 ? `${(ms / 1_000).toFixed(2)} s` : `${(ms / 1_000).toFixed(1)} s`;
}

/** A running time in three cells: `52s`, `6m`, `59m`, `2h`, `3d`. */
export function shortAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
