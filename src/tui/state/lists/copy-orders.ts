import {safeJson} from '../../../text/safe-json.ts';
import {callJson} from '../../presentation/api-row.ts';
import {count} from '../../presentation/clock.ts';
import {safeLine} from '../../presentation/safe-line.ts';
import {awsCommandOf} from '../../presentation/shell-commands.ts';
import type {Context} from '../context.ts';
import {toast} from '../context.ts';
import {callPlace, currentCall} from '../overlays/api-calls.ts';
import {paneRows} from './pane-rows.ts';
import {currentTexts} from './row-texts.ts';

/** A pane is copied up to this many characters, its newest rows. */
const mostCopied = 1_000_000;

/** What goes to the clipboard, and the row in full. */
export function createCopyOrders(context: Context) {
  const {store} = context;
  const current = () => {
    const {dashboard} = store.get();
    return dashboard && currentTexts(dashboard);
  };

  /** What to do where nobody says that it arrived: only panes are saved. */
  function otherwise(): string {
    const {screen, overlay} = store.get();
    const saves = screen === 'dashboard' && !overlay;
    return saves ? '; if it is not there: s saves to a file.' : '; terminals do not say whether they took it.';
  }

  /** Returns at once; a toast says later how it went. */
  function copy(text: string | undefined, what: string, unsure = otherwise()) {
    if (text === undefined) return;
    context
      .copy(text)
      .then(copied => {
        if (context.leaving()) return;
        if ('failed' in copied) toast(context, `Not copied: ${copied.failed}. s saves to a file.`, 'error');
        else toast(context, `Copied ${what} ${copied.way}${copied.sure ? '.' : unsure}`);
        store.flush();
      })
      .catch(() => toast(context, 'Not copied. s saves to a file.', 'error'));
  }

  function copyPane() {
    const {dashboard} = store.get();
    if (!dashboard) return;
    const {lines, all} = paneRows(dashboard, 'line', mostCopied);
    if (all === 0) return toast(context, 'There is no row to copy.', 'soon');
    const rows =
      lines.length === all ? `${count(all)} rows` : `the newest ${count(lines.length)} of ${count(all)} rows`;
    copy(`${lines.join('\n')}\n`, rows);
  }

  return {
    copy,
    actions: {
      details() {
        const row = current();
        const json = row?.json();
        if (row && json !== undefined) {
          const text = json.split('\n').map(safeLine);
          store.set({overlay: {kind: 'details', title: row.title, text, top: 0, json, as: row.as()}});
        }
      },
      callDetails() {
        const call = currentCall(store.get());
        if (!call) return;
        const as = awsCommandOf(call, callPlace(store.get()));
        const details = {title: 'API call', text: callJson(call), top: 0, json: safeJson(call, 2), as};
        store.set({overlay: {kind: 'details', ...details}});
      },
      copy: () => copy(current()?.line(), 'the line'),
      copyPane,
      copyAs() {
        const as = current()?.as();
        copy(as?.text, as?.what ?? '');
      },
      copyUrl() {
        const {apiUrl = ''} = store.get().dashboard ?? {};
        // Short enough to be selected where the clipboard cannot be reached.
        copy(apiUrl, safeLine(apiUrl), '.');
      },
    },
  };
}
