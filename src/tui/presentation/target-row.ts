import {padCells} from '../../text/cells.ts';
import type {TargetRow} from '../state/app-state.ts';
import type {Place} from '../state/backend.ts';
import type {Line, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {safeLine} from './safe-line.ts';

/** `123456789012` as AWS's own console groups it. */
export const accountNumber = (account: string): string =>
  safeLine(account).replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');

/** What a target is called, and where it is. */
export function placeWords(place: Place, stackRegion: string | undefined): {name: string; where: string} {
  if (place.kind === 'local') return {name: 'this machine', where: 'embedded AWS, no account'};
  if (place.kind === 'endpoint') return {name: 'endpoint', where: safeLine(place.url)};
  const region = stackRegion ?? place.region;
  return {name: safeLine(place.profile ?? 'environment'), where: safeLine(region ?? '')};
}

type Finding = {mark: string; tone: Tone; state: string; more: string};

/** What is known of a target, in words; `running` is for Local. */
function finding({check, place}: TargetRow, running: boolean): Finding {
  switch (check.state) {
    case 'idle':
      return place.kind === 'local' && !running
        ? {mark: '▢', tone: 'plain', state: 'not started', more: 'starts when you press enter'}
        : {mark: '▢', tone: 'muted', state: '', more: ''};
    case 'checking':
      return {mark: '◌', tone: 'init', state: 'looking…', more: ''};
    case 'unreachable': {
      const {title, next, solution} = check.problem;
      return {mark: '✕', tone: 'late', state: 'unknown', more: next ? `run: ${next}` : (solution ?? title)};
    }
    case 'known': {
      const {state, resources} = check.status;
      const present = resources.filter(resource => resource.state === 'present').length;
      const drifted = resources.filter(resource => resource.drift !== undefined).length;
      const many = `${present} of ${resources.length} resources`;
      if (state === 'deployed')
        return {mark: '▣', tone: 'ok', state, more: drifted > 0 ? `${many} · ${drifted} changed` : many};
      if (state === 'partial') return {mark: '▤', tone: 'soon', state, more: `${many} · D completes`};
      if (state === 'foreign')
        return {mark: '✕', tone: 'late', state: 'occupied', more: 'a name is taken by something not ours'};
      return {mark: '▢', tone: 'plain', state: 'empty', more: 'nothing to clean up'};
    }
  }
}

/** One target as one row of the menu. */
export function targetRow(row: TargetRow, current: boolean, running: boolean, compact: boolean): Line {
  const {name, where} = placeWords(row.place, row.stack?.region);
  const shortWhere = where.replace(', no account', '');
  const {mark, tone, state, more} = finding(row, running);
  return [
    span(current ? ' ▸ ' : '   ', 'accent'),
    span(`${mark} `, tone),
    span(padCells(name, compact ? 14 : 18), current ? 'strong' : 'plain'),
    span(padCells(compact ? shortWhere : where, compact ? 14 : 33), 'muted'),
    span(padCells(state, compact ? 12 : 14), tone),
    span(more, 'muted'),
  ];
}
