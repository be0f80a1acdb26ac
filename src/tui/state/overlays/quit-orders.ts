import type {Stack} from '../../backend/backend.ts';
import type {AppState, Overlay, TargetRow} from '../app-state.ts';
import type {Context} from '../context.ts';

type QuitOverlay = Extract<Overlay, {kind: 'quit'}>;

/** Leaving: what stays on AWS is asked about, what ends with this machine's is not. */
export function createQuitOrders(context: Context, leave: (code: number) => void, tearDown: (row: TargetRow) => void) {
  const {store} = context;

  function quit() {
    const {readOnly, dashboard} = store.get();
    const staying = deployedHere(store.get().menu.targets).filter(({place}) => place.kind === 'aws');
    // The one on the screen is the one that is meant.
    const row = staying.find(({stack}) => stack === dashboard?.stack) ?? staying[0];
    if (readOnly || !row?.stack || row.check.state !== 'known') return leave(0);
    const {account} = row.check.status;
    store.set({overlay: {kind: 'quit', stack: row.stack, account, others: staying.length - 1}});
  }

  return {
    press({stack}: QuitOverlay, key: string) {
      const row = store.get().menu.targets.find(one => one.stack === stack);
      if (key === 'enter' || key === 'q') leave(0);
      else if (key === 'T' && row) tearDown(row);
    },
    paste: undefined,
    actions: {quit},
  };
}

/** Targets that were deployed or looked at in this run and are deployed, as far as is known. */
const deployedHere = (targets: readonly TargetRow[]) =>
  targets.filter(
    ({opened, check, stack}) =>
      opened &&
      stack &&
      check.state === 'known' &&
      (check.status.state === 'deployed' || check.status.state === 'partial'),
  );

/** What to say on the normal screen after leaving: events that were kept, stacks that stay and the command that removes each. */
export function whatStays({menu, progress}: AppState): string[] {
  const {kept} = progress ?? {};
  const stacks = deployedHere(menu.targets).filter(({place}) => place.kind !== 'local');
  return [
    ...(kept ? [`${kept.items} events kept in ${kept.file}`] : []),
    ...stacks.map(({stack}) => `The stack stays ${whereWords(stack!)}: ${teardownCommand(stack!)}`),
  ];
}

const whereWords = ({endpoint, region}: Stack) => (endpoint === undefined ? `in ${region}` : `at ${endpoint}`);

function teardownCommand({endpoint, profile, region, stack}: Stack): string {
  const options = [
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...(endpoint === undefined ? ['--region', region] : ['--endpoint-url', endpoint]),
    ...(stack === 'default' ? [] : ['--stack', stack]),
  ];
  return ['lifecycle-tui', 'teardown', ...options].join(' ');
}
