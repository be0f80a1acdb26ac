import {safeLine} from '../presentation/safe-line.ts';
import {wayWords} from '../presentation/shutdown-ways.ts';
import {accountNumber} from '../presentation/target-row.ts';
import type {Overlay as OverlayState} from '../state/app-state.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

type Props = {overlay: Extract<OverlayState, {kind: 'ask'}>; size: {columns: number; rows: number}};

const texts = {
  deploy: {
    title: 'Deploy?',
    yes: 'deploy',
    lines: [
      'This creates or updates a role, a table, a layer, two functions, an API and two log groups.',
      'Idle it costs nothing; a thousand requests cost less than a cent. T takes it all down again.',
    ],
  },
};

function textsOf(overlay: Props['overlay']) {
  if (overlay.what === 'deploy') return texts.deploy;
  const {does, takes, costs} = wayWords[overlay.way];
  return {
    title: `Force SHUTDOWN by ${overlay.way}?`,
    yes: 'force SHUTDOWN',
    lines: [does, takes, costs, 'It is asked once per session.'],
  };
}

/** Asks before something is changed on AWS, and names the place. */
export function AskOverlay({overlay, size}: Props) {
  const {title, yes, lines} = textsOf(overlay);
  const {label, region, stack, functionName} = overlay.stack;
  const account = overlay.what === 'shutdown' && overlay.account !== undefined ? overlay.account : undefined;
  const rows: Line[] = [
    [],
    [
      span('  where   ', 'muted'),
      span(safeLine(`${label} · ${region}`), 'strong'),
      span(` · stack ${safeLine(stack)}`),
    ],
    ...(overlay.what === 'shutdown' ? [[span('  what    ', 'muted'), span(safeLine(functionName), 'strong')]] : []),
    ...(account === undefined ? [] : [[span('  account ', 'muted'), span(accountNumber(account), 'strong')]]),
    [],
    ...lines.flatMap(text => wrapped(text, Math.min(84, size.columns) - 6)).map((text): Line => [span(`  ${text}`)]),
    [],
  ];
  return (
    <Overlay
      title={title}
      right={[span('esc', 'key'), span(' cancels')]}
      hint={[span('↵', 'key'), span(` ${yes}`)]}
      rows={rows}
      width={84}
      size={size}
    />
  );
}

/** Breaks own words, plain ASCII, at spaces. */
function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
