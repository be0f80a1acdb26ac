import {mkdir, readdir, readFile, readlink, symlink, writeFile} from 'node:fs/promises';

/** What the runtime and the code get below `/var`; a host's own folders of these names give way. */
const ours = ['task', 'lang', 'runtime'];

/**
 * Makes the private folders of an environment and the table of its mounts; resolves to the table's path.
 * `/var` is replaced as a whole, because `/var/task` exists on no ordinary host: its other children are bound again.
 */
export async function provideMounts(request: {
  folder: string;
  codeFolder: string;
  layersFolder: string;
  runtimeFolder: string;
  /** The loopback address that `sandbox.localdomain` names. */
  host: string;
}): Promise<string> {
  const {folder} = request;
  await Promise.all(
    ['tmp', 'var/task', 'var/runtime', 'var/lang/bin'].map(name => mkdir(`${folder}/${name}`, {recursive: true})),
  );
  const lines = (await provideVar(`${folder}/var`)).map(name => [`/var/${name}`, `${folder}/var/${name}`, 'rbind']);
  await writeFile(`${folder}/var/lang/bin/node`, '');
  const hosts = await readFile('/etc/hosts', 'utf8').catch(() => '127.0.0.1 localhost\n');
  await writeFile(`${folder}/hosts`, `${hosts.trimEnd()}\n${request.host} sandbox.localdomain sandbox\n`);
  // The flags are named because a read-only bind of a source that has them fails without. /tmp comes last: the
  // folders may lie below it.
  lines.push(
    [process.execPath, `${folder}/var/lang/bin/node`, 'bind'],
    [request.runtimeFolder, `${folder}/var/runtime`, 'bind,ro,nosuid,nodev'],
    [request.codeFolder, `${folder}/var/task`, 'bind,ro,nosuid,nodev'],
    [`${folder}/var`, '/var', 'rbind'],
    [request.layersFolder, '/opt', 'bind,ro,nosuid,nodev'],
    [`${folder}/hosts`, '/etc/hosts', 'bind'],
    [`${folder}/tmp`, '/tmp', 'bind'],
  );
  const fstab = `${folder}/fstab`;
  const blank = (path: string) => path.replaceAll('\\', '\\134').replaceAll(' ', '\\040').replaceAll('\t', '\\011');
  const table = lines.map(([from, to, kind]) => `${blank(from!)} ${blank(to!)} none ${kind} 0 0\n`).join('');
  await writeFile(fstab, table);
  return fstab;
}

/** Copies links and makes mount points for the folders in `/var`, whose names it resolves to. */
async function provideVar(target: string): Promise<string[]> {
  const entries = (await readdir('/var', {withFileTypes: true})).filter(entry => !ours.includes(entry.name));
  const folders = entries.filter(entry => entry.isDirectory()).map(entry => entry.name);
  const links = entries.filter(entry => entry.isSymbolicLink());
  await Promise.all([
    ...folders.map(name => mkdir(`${target}/${name}`)),
    ...links.map(async ({name}) => symlink(await readlink(`/var/${name}`), `${target}/${name}`)),
  ]);
  return folders;
}
