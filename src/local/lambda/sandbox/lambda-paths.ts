/** Where a path of Lambda's stands in a text: at its begin, and not as a part of a longer name. */
const places = /(?<![\w.\-/}~]|\$\w*)(\/opt|\/var\/task)(?![\w.-])/g;
/** The same in bytes of any kind, but only where something below the folder is named. */
const names = /(?<![\w.\-/}~])\/(?:opt|var\/task)\/\w/;

/** A script, as the system sees it. */
export const isScript = (bytes: Uint8Array): boolean => bytes[0] === 0x23 && bytes[1] === 0x21;

/** `text` with Lambda's `/opt` and `/var/task` at the folders they have here. */
export function rewritePaths(text: string, folders: {opt: string; task: string}): string {
  return text.replace(places, (_, place: string) => (place === '/opt' ? folders.opt : folders.task));
}

/** Whether a text or a binary (read as Latin 1) names something below `/opt` or `/var/task`. */
export const namesPaths = (text: string): boolean => names.test(text);

/** A path that a shell, a shebang line and a variable take without quotes. */
export const isPlainPath = (path: string): boolean => /^[\w./+@%:,-]+$/.test(path);
