import type {ResourceState} from '../../provision/context.ts';
import type {StackStatus} from '../../provision/status.ts';
import type {AppState, TargetRow} from '../state/app-state.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {safeLine} from './safe-line.ts';
import {accountNumber} from './target-row.ts';

const say = (text: string): Line => [span(`  ${text}`, 'muted')];
const cost = '≈ 0.00 USD idle · about 0.01 USD for 1 000 requests';

/** What is known of the target under the cursor, the most important first: small screens show three lines. */
export function targetDetails({place, check}: TargetRow, state: AppState): Line[] {
  switch (check.state) {
    case 'unreachable': {
      const {title, details, solution, next} = check.problem;
      return [
        [span(`  ${title}`, 'late')],
        ...(next ? [[span('  Next: ', 'muted'), span(next, 'strong')]] : []),
        ...(solution ? [say(solution)] : []),
        ...(details ? [say(details)] : []),
      ];
    }
    case 'known':
      return [...statusLines(check.status), say(accountLine(check.status, place.kind === 'aws'))];
    case 'checking':
      return [say('looking what exists there…')];
    case 'idle':
      if (place.kind !== 'local' || state.local) return [];
      return [
        say('An AWS of its own in a child process: real extension, real invocations, no account, no network.'),
        say('Environments live about 20 s when idle, so the whole life is seen in a minute.'),
      ];
  }
}

const accountLine = ({account, state}: StackStatus, onAws: boolean) =>
  `account ${accountNumber(account)}${onAws && state !== 'foreign' ? `   ${cost}` : ''}`;

function statusLines({state, resources, apiUrl}: StackStatus): Line[] {
  const those = (wanted: ResourceState['state']) => resources.filter(one => one.state === wanted);
  const titles = (rows: readonly ResourceState[]) => rows.map(({title}) => safeLine(title)).join(', ');
  const url = apiUrl === undefined ? [] : [say(safeLine(apiUrl))];
  switch (state) {
    case 'absent':
      return [say('nothing deployed: enter deploys it and opens the dashboard')];
    case 'foreign':
      return [
        ...those('foreign').map(
          ({title, name, drift}): Line => [
            span('  not ours: ', 'late'),
            span(safeLine(`${title} ${name}${drift === undefined ? '' : `, ${drift}`}`)),
          ],
        ),
        say('Nothing of it is touched. Names of your own: lifecycle-tui --stack NAME'),
      ];
    case 'partial':
      return [
        [span('  missing: ', 'soon'), span(titles(those('absent')))],
        ...changes(resources),
        say(`there: ${titles(those('present'))}`),
      ];
    case 'deployed':
      return [
        ...changes(resources),
        ...url,
        say(
          those('present')
            .map(({name}) => safeLine(name))
            .join(' · '),
        ),
      ];
  }
}

/** What is not as a deployment would make it. */
function changes(resources: readonly ResourceState[]): Line[] {
  return resources
    .filter(({state, drift}) => state === 'present' && drift !== undefined)
    .map(({title, drift}) => [
      span('  changed: ', 'soon'),
      span(safeLine(`${title}: ${drift}`)),
      span(' · D repairs', 'muted'),
    ]);
}
