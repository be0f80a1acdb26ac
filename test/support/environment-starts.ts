import {copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Reporter, TestSpecification, Vitest} from 'vitest/node';

/** Two processes or more each: what the fast tier may cost a machine of two cores. */
const limit = 200;

/**
 * Counts the execution environments that tests and their child processes start. A whole run of the fast tier ends with
 * `environment starts: N of at most N`, and fails above the limit. With `LIFECYCLE_STARTS` set any run says who started
 * how many.
 */
export default class EnvironmentStarts implements Reporter {
  private readonly folder = mkdtempSync(join(tmpdir(), 'environment-starts-'));
  private vitest: Vitest | undefined;
  private isWhole = false;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
    const preload = join(this.folder, 'count-starts.cjs');
    copyFileSync(fileURLToPath(new URL('count-starts.cjs', import.meta.url)), preload);
    process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --require="${preload}"`.trim();
    process.once('exit', () => this.close());
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    const {projects, config} = this.vitest!;
    const names = projects.map(({name}) => name).sort();
    const all = await this.vitest!.globTestSpecifications();
    this.isWhole = `${names}` === 'pty,unit' && !config.testNamePattern && specifications.length === all.length;
  }

  private close(): void {
    const file = join(this.folder, 'starts');
    const starts = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
    rmSync(this.folder, {recursive: true});
    const isTooMany = this.isWhole && starts.length > limit;
    if (isTooMany || (process.env.LIFECYCLE_STARTS && starts.length > 0)) process.stdout.write(`\n${table(starts)}\n`);
    if (!this.isWhole) return;
    process.stdout.write(`\nenvironment starts: ${starts.length} of at most ${limit}\n`);
    if (isTooMany) process.exitCode = 1;
  }
}

/** How many each test file and each command started, most first. */
function table(starts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const start of starts) counts.set(start, (counts.get(start) ?? 0) + 1);
  const rows = [...counts].sort(([, one], [, other]) => other - one);
  return rows
    .map(([who, count]) => `${String(count).padStart(5)}  ${who.startsWith('/') ? relative('', who) : who}`)
    .join('\n');
}
