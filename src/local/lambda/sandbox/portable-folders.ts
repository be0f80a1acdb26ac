import {constants} from 'node:fs';
import {cp, open, readFile, writeFile} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {filesBelow} from './files-below.ts';
import {FolderNotices} from './folder-notices.ts';
import {isPlainPath, isScript, rewritePaths} from './lambda-paths.ts';

type Folders = {task: string; opt: string};

/**
 * What stands for `/var/task` and `/opt` where nothing can be mounted. Scripts that name those paths are rewritten in a
 * copy below `folder`, made once per pair; what cannot be helped is told through `onNotice`, once per file.
 */
export class PortableFolders {
  readonly #folder: string;
  readonly #onNotice: (text: string) => void;
  readonly #notices: FolderNotices;
  readonly #provided = new Map<string, Promise<Folders>>();

  constructor(folder: string, onNotice: (text: string) => void) {
    this.#folder = folder;
    this.#onNotice = onNotice;
    this.#notices = new FolderNotices(onNotice);
  }

  provide(given: Folders): Promise<Folders> {
    const key = `${given.task}\0${given.opt}`;
    const provided = this.#provided.get(key) ?? this.#make(given, `${this.#folder}/rewritten-${this.#provided.size}`);
    this.#provided.set(key, provided);
    provided.catch(() => this.#provided.delete(key));
    return provided;
  }

  async #make(given: Folders, folder: string): Promise<Folders> {
    const [task, opt] = await Promise.all([scriptsOf(given.task), scriptsOf(given.opt)]);
    const folders = {
      task: task.length > 0 ? `${folder}/task` : given.task,
      opt: opt.length > 0 ? `${folder}/opt` : given.opt,
    };
    const rewritten = new Set([...task, ...opt]);
    void this.#notices.look(given, rewritten).catch(() => {});
    if (rewritten.size === 0) return given;
    if (!isPlainPath(folders.opt) || !isPlainPath(folders.task)) {
      const [first] = rewritten;
      this.#onNotice(
        `${first?.split('/').at(-1)} names /opt or /var/task and cannot be rewritten for ${folder}: set TMPDIR to a path without blanks.`,
      );
      return given;
    }
    const copies = [
      {from: given.task, to: folders.task, scripts: task},
      {from: given.opt, to: folders.opt, scripts: opt},
    ].filter(({from, to}) => from !== to);
    for (const {from, to, scripts} of copies) {
      await cp(from, to, {recursive: true, mode: constants.COPYFILE_FICLONE});
      for (const script of scripts) {
        const text = await readFile(script, 'latin1');
        await writeFile(join(to, relative(from, script)), rewritePaths(text, folders), 'latin1');
      }
    }
    return folders;
  }
}

/** How many files are looked at together: all of a large layer would be more than a process may open. */
const atOnce = 64;

/** The scripts below `folder` that name a path which is somewhere else here. */
async function scriptsOf(folder: string): Promise<string[]> {
  const files = await filesBelow(folder);
  const found: string[] = [];
  for (let at = 0; at < files.length; at += atOnce) {
    const some = files.slice(at, at + atOnce);
    const wanted = await Promise.all(some.map(needsRewriting));
    found.push(...some.filter((_, index) => wanted[index]));
  }
  return found;
}

async function needsRewriting(path: string): Promise<boolean> {
  if (!(await beginsAsScript(path))) return false;
  const text = await readFile(path, 'latin1');
  return rewritePaths(text, {opt: '', task: ''}) !== text;
}

async function beginsAsScript(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    return isScript((await file.read(Buffer.alloc(2), 0, 2, 0)).buffer);
  } finally {
    await file.close();
  }
}
