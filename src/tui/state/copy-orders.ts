import {callMembers} from '../presentation/api-row.ts';
import {currentCall} from './api-calls.ts';
import type {Context} from './context.ts';
import {toast} from './context.ts';
import {currentRow} from './current-row.ts';

/** What goes to the clipboard, and the row in full. */
export function createCopyOrders(context: Context) {
  const {store} = context;

  function copy(text: string | undefined, what: string) {
    if (text === undefined) return;
    context.copy(text);
    toast(context, `Copied ${what}.`);
  }

  return {
    actions: {
      details() {
        const row = currentRow(store.get());
        if (row) store.set({overlay: {kind: 'details', ...row}});
      },
      callDetails() {
        const call = currentCall(store.get());
        if (call) store.set({overlay: {kind: 'details', title: 'API call', text: callMembers(call)}});
      },
      copy: () => copy(currentRow(store.get())?.copy, 'the line'),
      copyUrl: () => copy(store.get().dashboard?.apiUrl, 'the URL'),
    },
  };
}
