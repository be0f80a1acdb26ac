import {safeLine} from '../presentation/safe-line.ts';
import {accountNumber} from '../presentation/target-row.ts';
import {wrapWords} from '../presentation/wrap-words.ts';
import type {Overlay as OverlayState} from '../state/app-state.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

type Props = {overlay: Extract<OverlayState, {kind: 'quit'}>; size: {columns: number; rows: number}};

const cost =
  'Kept, it costs ≈ 0.00 USD while idle: nothing in it is paid by the hour. Used, about 0.01 USD for 1 000 requests (us-east-1 list prices: API Gateway, two Lambda calls, DynamoDB writes, log lines).';

/** Asks what becomes of a stack on AWS when the app ends. */
export function QuitOverlay({overlay, size}: Props) {
  const {stack, account, others} = overlay;
  const width = Math.min(84, size.columns);
  const choice = (key: string, words: string): Line => [span(`    ${key.padEnd(4)}`, 'key'), span(words)];
  const deployed = [
    span('  Deployed: '),
    span(safeLine(`stack ${stack.stack}, ${stack.region} (${stack.label})`), 'strong'),
  ];
  const owner = span(`account ${accountNumber(account)}`, 'muted');
  const rows: Line[] = [
    [],
    ...(width < 80 ? [deployed, [span('  '), owner]] : [[...deployed, span(' · ', 'muted'), owner]]),
    ...(others > 0 ? [[span(`  and ${others} more that you looked at in this run`, 'muted')]] : []),
    [],
    ...wrapWords(cost, width - 6, 4).map((line): Line => [span(`  ${line}`, 'muted')]),
    [],
    choice(
      '↵',
      width < 70
        ? 'keep it and quit; how to remove it is printed'
        : 'keep it and quit; the command that removes it is printed',
    ),
    choice('T', 'tear it down first, then quit'),
    choice('esc', 'stay'),
    [],
  ];
  return (
    <Overlay
      title="Quit?"
      right={[span('esc', 'key'), span(' stays')]}
      hint={[span('↵', 'key'), span(' keep and quit · '), span('T', 'key'), span(' tear down first')]}
      rows={rows}
      width={84}
      size={size}
    />
  );
}
