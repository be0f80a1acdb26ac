import {clockTime} from '../presentation/clock.ts';
import {safeLine} from '../presentation/safe-line.ts';
import {targetDetails} from '../presentation/target-details.ts';
import {accountNumber, credentialWords, placeWords, targetColumns, targetRow} from '../presentation/target-row.ts';
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
  const {rows, hidden} = targetRows(state, roomy, height - selectedHeight - 2);
  const targets = framed({
    width: columns,
    height: height - selectedHeight,
    title: 'Where shall the demo run?',
    right: checked(state),
    hint: hidden,
    focused: true,
    rows,
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
  if (menu.checking) {
    const open = menu.targets.filter(({check}) => check.state === 'checking').length;
    return [span(open === 0 ? '◌ looking for targets…' : `◌ asking ${open} of ${menu.targets.length}…`, 'init')];
  }
  const seconds = ((menu.checkedInMs ?? 0) / 1_000).toFixed(1);
  return [
    span(`${menu.targets.length} target${menu.targets.length === 1 ? '' : 's'}, checked in ${seconds} s`, 'muted'),
  ];
}

type Row = {line: Line; target?: number};

/** Headings between the kinds; scrolled so that the selected one is among them, with counts of what is not. */
function targetRows(state: AppState, roomy: boolean, height: number): {rows: Line[]; hidden: Line} {
  const columns = targetColumns(state.size.columns - 2);
  const heading: Line[] = roomy
    ? [[], [span(`     ${'TARGET'.padEnd(16)}${'WHERE'.padEnd(columns.where)}WHAT EXISTS THERE`, 'muted')], []]
    : [];
  const rows = listRows(state, roomy);
  const room = height - heading.length;
  const at = rows.findIndex(({target}) => target === state.menu.selected);
  const from = Math.min(Math.max(0, at - Math.floor(room / 2)), Math.max(0, rows.length - room));
  const shown = rows.slice(from, from + room);
  const targets = (some: readonly Row[]) => some.filter(({target}) => target !== undefined).length;
  const above = targets(rows.slice(0, from));
  const below = targets(rows.slice(from + room));
  const words = [above > 0 ? `${above} more ↑` : '', below > 0 ? `${below} more ↓` : ''].filter(Boolean);
  return {rows: [...heading, ...shown.map(({line}) => line)], hidden: words.length > 0 ? [span(words.join('  '))] : []};
}

function listRows(state: AppState, roomy: boolean): Row[] {
  const {now, local, menu} = state;
  const {targets, selected, lastSession} = menu;
  const rows: Row[] = [];
  const gap: Row[] = roomy ? [{line: []}] : [];
  let group = '';
  for (const [index, row] of targets.entries()) {
    const kind = row.place.kind === 'aws' ? 'AWS' : 'Local';
    if (kind !== group) {
      rows.push(...(group === '' ? [] : gap), {line: [span(`   ${kind}`, 'strong'), ...accounts(kind, targets)]});
      group = kind;
    }
    const options = {
      ...{now, running: local !== undefined, lastSession, compact: !roomy, current: index === selected},
      width: state.size.columns - 2,
    };
    rows.push({line: targetRow(row, options), target: index});
  }
  if (!targets.some(({place}) => place.kind === 'aws')) rows.push(...gap, ...noneOnAws(state));
  return rows;
}

function noneOnAws({menu}: AppState): Row[] {
  const title = {line: [span('   AWS', 'strong')]};
  const {problem} = menu;
  if (problem) {
    const {title: what, solution, next} = problem;
    const more = next === undefined ? solution : `run: ${next}`;
    return [title, {line: [span(`     ✕ ${what}${more === undefined ? '' : ` · ${more}`}`, 'late')]}];
  }
  if (menu.checking) return [title, {line: [span('     ◌ reading your profiles…', 'init')]}];
  return [title, {line: [span('     no profiles found: aws configure sso', 'muted')]}];
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
  const credentials = credentialWords(row.place, state.now);
  const heading: Line = [
    span(`  ${name}`, 'strong'),
    span(` · ${where}`),
    span(`${credentials === '' ? '' : ` · ${credentials}`} · stack ${safeLine(state.stackName)}`, 'muted'),
  ];
  const lines = [heading, ...targetDetails(row, state)];
  return roomy ? [[], ...lines] : lines;
}
