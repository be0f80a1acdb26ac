import {readFileSync} from 'node:fs';

/** Peak resident memory of processes and their descendants, in MB; nothing where there is no `/proc`. */
export function peakMemoryMb(pids: readonly number[]): number | undefined {
  const kilobytes = pids.reduce((sum, pid) => sum + peakOf(pid), 0);
  return kilobytes === 0 ? undefined : Math.ceil(kilobytes / 1024);
}

function peakOf(pid: number): number {
  try {
    const own = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? '0';
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
    const theirs = children === '' ? [] : children.split(' ').map(Number);
    return theirs.reduce((sum, child) => sum + peakOf(child), Number(own));
  } catch {
    return 0;
  }
}
