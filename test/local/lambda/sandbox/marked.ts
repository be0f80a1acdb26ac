import {existsSync, readdirSync, readFileSync} from 'node:fs';

/** Processes with `mark` in their environment or arguments; a zombie has neither. */
export function marked(mark: string): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && name !== String(process.pid))
    .flatMap(name => {
      try {
        const texts = ['environ', 'cmdline'].map(file => readFileSync(`/proc/${name}/${file}`, 'latin1'));
        return texts.some(text => text.includes(mark)) ? [`${name} ${texts[1]!.replaceAll('\0', ' ')}`] : [];
      } catch {
        return [];
      }
    });
}
