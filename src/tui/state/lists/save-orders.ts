import {parse} from 'node:path';
import {count} from '../../presentation/clock.ts';
import type {Context} from '../context.ts';
import {toast} from '../context.ts';
import {paneRows} from './pane-rows.ts';

/** Writes what the focused pane shows to a file in the current folder. */
export function createSaveOrders(context: Context) {
  const {store} = context;

  /** `named`: the file, instead of a name of its own. */
  async function save(named?: string) {
    const {dashboard} = store.get();
    if (!dashboard) return;
    const {focus} = dashboard;
    const {lines} = paneRows(dashboard, 'saved');
    if (lines.length === 0) return toast(context, 'There is no row to save.', 'soon');
    const time = new Date(context.clock()).toISOString().replace(/[-:]|\.\d+/g, '');
    const {name, ext} = parse(named ?? `lifecycle-${focus}-${time}`);
    const extension = ext.slice(1) || (focus === 'logs' ? 'txt' : 'ndjson');
    try {
      const path = await context.save({name, extension, text: `${lines.join('\n')}\n`});
      toast(context, `Saved ${count(lines.length)} ${lines.length === 1 ? 'row' : 'rows'} to ${path}`);
    } catch (error) {
      toast(context, `Not saved: ${reason(error)}`, 'error');
    }
    if (!context.leaving()) store.flush();
  }

  return {actions: {save: (argument?: string) => void save(argument)}};
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this folder is not yours to write to. Start the app in one that is.',
  EPERM: 'this folder is not yours to write to. Start the app in one that is.',
  EROFS: 'this folder is on a disk that is read-only. Start the app in another one.',
  ENOSPC: 'the disk is full. Make room and press s again.',
  EDQUOT: 'your share of the disk is full. Make room and press s again.',
  ENOENT: 'this folder is gone. Start the app in another one.',
};

function reason(error: unknown): string {
  const {code = '', message = String(error)} = error as NodeJS.ErrnoException;
  return reasons[code] ? `${code}, ${reasons[code]}` : message;
}
