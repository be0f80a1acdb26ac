import {createHash} from 'node:crypto';
import {readFile, stat} from 'node:fs/promises';
import {relative} from 'node:path';
import {filesBelow} from './files-below.ts';
import {namesPaths} from './lambda-paths.ts';

/** Larger files are not looked through: what is that large is data. */
const largestFile = 67_108_864;
const javascript = /\.[cm]?jsx?$/;

/** Tells what a layer or code counts on that the portable sandbox does not have; every file once, whatever uses it. */
export class FolderNotices {
  readonly #onNotice: (text: string) => void;
  readonly #told = new Set<string>();

  constructor(onNotice: (text: string) => void) {
    this.#onNotice = onNotice;
  }

  /** `rewritten`: paths of the scripts that have been seen to. */
  async look(folders: {task: string; opt: string}, rewritten: ReadonlySet<string>): Promise<void> {
    const named: string[] = [];
    const listening: string[] = [];
    for (const [place, folder] of [
      ['/opt', folders.opt],
      ['/var/task', folders.task],
    ] as const) {
      for (const path of await filesBelow(folder)) {
        if ((await stat(path)).size > largestFile) continue;
        const text = await readFile(path, 'latin1');
        const name = `${place}/${relative(folder, path)}`;
        if (!rewritten.has(path) && namesPaths(text) && this.#isNew(name, text)) named.push(name);
        const ours = place === '/opt' && text.includes('sandbox.localdomain') && !isForNode(path, text);
        if (ours && this.#isNew(`listens ${name}`, text)) listening.push(name);
      }
    }
    if (named.length > 0) {
      this.#onNotice(`${list(named)} counts on /opt/… or /var/task/…, which are elsewhere in this sandbox (portable).`);
    }
    if (listening.length > 0 && !(await isInHosts())) {
      this.#onNotice(
        `${list(listening)} names sandbox.localdomain, which only node finds here: add the line "127.0.0.1 sandbox.localdomain sandbox" to /etc/hosts. Two environments cannot listen on the same port in this sandbox (portable).`,
      );
    }
  }

  #isNew(name: string, text: string): boolean {
    const key = `${name} ${createHash('sha1').update(text).digest('hex')}`;
    if (this.#told.has(key)) return false;
    this.#told.add(key);
    return true;
  }
}

const list = ([first, ...more]: string[]) => (more.length > 0 ? `${first} (and ${more.length} more)` : String(first));

const isForNode = (path: string, text: string) => javascript.test(path) || /^#!.*\bnode\b/.test(text);

async function isInHosts(): Promise<boolean> {
  const hosts = await readFile('/etc/hosts', 'latin1').catch(() => '');
  return /^[^#\n]*\ssandbox\.localdomain\b/m.test(hosts);
}
