import {readFileSync} from 'node:fs';

/** How often the memory of the processes is looked at, in ms. */
const sampleEveryMs = 1_000;

/** The most memory an environment's processes have held, over all its generations. */
export class PeakMemory {
  private sampledAt = -Infinity;
  private peakMb: number | undefined;

  /** In MB; nothing where the system does not tell. `pids`: what runs now. */
  of(pids: () => readonly number[]): number | undefined {
    const now = performance.now();
    if (now - this.sampledAt > sampleEveryMs) {
      this.sampledAt = now;
      this.peakMb = Math.max(peakMemoryMb(pids()), this.peakMb ?? 0) || undefined;
    }
    return this.peakMb;
  }
}

/** Peak resident memory of processes and their descendants, in MB; 0 where there is no `/proc`. */
function peakMemoryMb(pids: readonly number[]): number {
  return Math.ceil(pids.reduce((sum, pid) => sum + peakOf(pid), 0) / 1024);
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
