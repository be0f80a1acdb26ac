import {clockTime} from '../presentation/clock.ts';
import {safeLine} from '../presentation/safe-line.ts';
import {accountNumber, placeWords, targetRow} from '../presentation/target-row.ts';
import type {AppState, TargetRow} from '../state/app-state.ts';
import {framed} from '../ui/border.ts';
import {header} from '../ui/header.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';

/** Where shall the demo run: this machine first, then the AWS profiles, with what exists in each. */
export function menuLines(state: AppState, size: {columns: number; rows: number}): Line[] {
  const {columns} = size;
  const roomy = columns >= 100 && size.rows >= 30;
  const height = size.rows - 2;
  const selectedHeight = roomy ? 9 : 5;
  const top = header(
    'lifecycle-tui',
    [[span('watch Lambda execution environments live and die', 'muted')]],
    [[span(clockTime(state.now), 'muted')], [span(`node ${process.version}`, 'muted')]],
    columns,
  );
  const targets = framed({
    width: columns,
    height: height - selectedHeight,
    title: 'Where shall the demo run?',
    right: checked(state),
    focused: true,
    rows: targetRows(state, roomy, height - selectedHeight - 2),
  });
  const row = state.menu.targets[state.menu.selected];
  const selected = framed({
    width: columns,
    height: selectedHeight,
    title: 'Selected',
    focused: false,
    rows: row ? selectedRows(row, state, roomy) : [],
  });
  return [top, ...targets, ...selected];
}

function checked({menu}: AppState): Line {
  if (menu.checking) return [span('◌ looking for targets…', 'init')];
  const seconds = ((menu.checkedInMs ?? 0) / 1_000).toFixed(1);
  return [
    span(`${menu.targets.length} target${menu.targets.length === 1 ? '' : 's'}, checked in ${seconds} s`, 'muted'),
  ];
}

/** Headings between the kinds; scrolled so that the selected one is among them. */
function targetRows(state: AppState, roomy: boolean, height: number): Line[] {
  const {targets, selected} = state.menu;
  const rows: Line[] = roomy
    ? [[], [span(`     ${'TARGET'.padEnd(18)}${'WHERE'.padEnd(33)}WHAT EXISTS THERE`, 'muted')], []]
    : [];
  let selectedAt = 0;
  let group = '';
  for (const [index, row] of targets.entries()) {
    const kind = row.place.kind === 'aws' ? 'AWS' : 'Local';
    if (kind !== group) {
      if (roomy && group !== '') rows.push([]);
      rows.push([span(`   ${kind}`, 'strong'), ...accounts(kind, targets)]);
      group = kind;
    }
    if (index === selected) selectedAt = rows.length;
    rows.push(targetRow(row, index === selected, state.local !== undefined, !roomy));
  }
  if (!targets.some(({place}) => place.kind === 'aws') && !state.menu.checking) {
    rows.push(
      ...(roomy ? [[]] : []),
      [span('   AWS', 'strong')],
      [span('     no profiles found: aws configure sso', 'muted')],
    );
  }
  return rows.slice(Math.max(0, selectedAt - height + 2));
}

function accounts(kind: string, targets: readonly TargetRow[]): Line {
  if (kind !== 'AWS') return [];
  const numbers = new Set(
    targets.flatMap(({place, check}) =>
      place.kind === 'aws' && check.state === 'known' ? [check.status.account] : [],
    ),
  );
  return numbers.size === 1 ? [span(`   account ${accountNumber([...numbers][0]!)}`, 'muted')] : [];
}

function selectedRows(row: TargetRow, state: AppState, roomy: boolean): Line[] {
  const {name, where} = placeWords(row.place, row.stack?.region);
  const heading: Line = [
    span(`  ${name}`, 'strong'),
    span(` · ${where}`),
    span(` · stack ${safeLine(state.stackName)}`, 'muted'),
  ];
  const lines = [heading, ...explained(row, state)];
  return roomy ? [[], ...lines] : lines;
}

function explained({place, check, stack}: TargetRow, state: AppState): Line[] {
  const say = (text: string): Line => [span(`  ${text}`, 'muted')];
  switch (check.state) {
    case 'unreachable': {
      const {title, details, solution, next} = check.problem;
      return [
        [span(`  ${title}`, 'late')],
        ...(details ? [say(details)] : []),
        ...(solution ? [say(solution)] : []),
        ...(next ? [[span('  Next: ', 'muted'), span(next, 'strong')]] : []),
      ];
    }
    case 'known': {
      const present = check.status.resources.filter(resource => resource.state === 'present');
      const names = present.map(resource => safeLine(resource.name)).join(' · ');
      const account = say(`account ${accountNumber(check.status.account)}`);
      const url = check.status.apiUrl === undefined ? [] : [say(safeLine(check.status.apiUrl))];
      return [
        ...url,
        names === '' ? say('nothing deployed: enter deploys it and opens the dashboard') : say(names),
        account,
      ];
    }
    case 'checking':
      return [say('looking what exists there…')];
    case 'idle':
      if (place.kind !== 'local' || state.local) return [say(stack ? safeLine(stack.region) : '')];
      return [
        say('An AWS of its own in a child process: real extension, real invocations, no account, no network.'),
        say('Environments live about 20 s when idle, so the whole life is seen in a minute.'),
      ];
  }
}
