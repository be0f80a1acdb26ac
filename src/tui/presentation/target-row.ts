import type {LastSession} from '../../operate/recording/last-session.ts';
import {padCells} from '../../text/cells.ts';
import type {Place} from '../backend/backend.ts';
import type {TargetRow} from '../state/app-state.ts';
import type {Line, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {about} from './ago.ts';
import {count} from './clock.ts';
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

/** `sso, 7 h left`, `sso expired`, `keys`; what nothing says is left out. */
export function credentialWords(place: Place, now: number): string {
  if (place.kind !== 'aws' || !place.credentials) return '';
  const {kind, expiresAt} = place.credentials;
  if (expiresAt === undefined) return kind;
  return expiresAt <= now ? `${kind} expired` : `${kind}, ${about(expiresAt - now)} left`;
}

/** `last session 2 h ago, 61 events`. */
function lastSessionWords(last: LastSession | undefined, now: number): string {
  if (!last) return '';
  const events =
    last.events === undefined ? '' : `, ${count(last.events)} ${last.events === 1 ? 'event' : 'events'} kept`;
  return `last session ${about(now - last.at)} ago${events}`;
}

type Finding = {mark: string; tone: Tone; state: string; more: readonly string[]};

export type TargetRowOptions = {
  now: number;
  current: boolean;
  /** Local runs. */
  running: boolean;
  lastSession?: LastSession | undefined;
  compact: boolean;
  /** Of the whole row. */
  width: number;
};

const isTight = (width: number) => width < 118;

/** The cells of the columns where there is room for them: below 120 the last one, which tells what to do, needs it more. */
export const targetColumns = (width: number) =>
  isTight(width) ? {region: 15, where: 29, state: 12} : {region: 15, where: 35, state: 13};

/** What is known of a target, in words. */
function finding(row: TargetRow, {running, lastSession, compact, now, width}: TargetRowOptions): Finding {
  const {check, place, warm} = row;
  switch (check.state) {
    case 'idle':
      return place.kind === 'local' && !running
        ? {
            mark: '▢',
            tone: 'plain',
            state: 'not started',
            more: [lastSessionWords(lastSession, now) || 'enter starts it'],
          }
        : {mark: '▢', tone: 'muted', state: '', more: []};
    case 'checking':
      return {mark: '◌', tone: 'init', state: 'looking…', more: []};
    case 'unreachable': {
      const {title, next, solution} = check.problem;
      return {mark: '✕', tone: 'late', state: 'unknown', more: [next ? `run: ${next}` : (solution ?? title)]};
    }
    case 'known': {
      const {state, resources} = check.status;
      const present = resources.filter(resource => resource.state === 'present').length;
      const drifted = resources.filter(resource => resource.drift !== undefined).length;
      const many = compact ? `${present}/${resources.length}` : `${present} of ${resources.length} resources`;
      if (state === 'deployed') {
        const changed = drifted > 0 ? [`${drifted} changed`] : [];
        return {mark: '▣', tone: 'ok', state, more: [many, ...warmWords(warm, compact || isTight(width)), ...changed]};
      }
      if (state === 'partial')
        return {
          mark: '▤',
          tone: 'soon',
          state,
          more: [many, compact || isTight(width) ? 'D completes' : 'D completes, T removes'],
        };
      if (state === 'foreign') return {mark: '✕', tone: 'late', state: 'occupied', more: ['a name is not ours']};
      return {mark: '▢', tone: 'plain', state: 'empty', more: ['nothing to clean up']};
    }
  }
}

function warmWords(warm: number | undefined, compact: boolean): string[] {
  if (warm === undefined) return [];
  if (compact) return [`${warm} warm`];
  return [warm === 1 ? '1 environment warm' : `${warm} environments warm`];
}

/** One target as one row of the menu. */
export function targetRow(row: TargetRow, options: TargetRowOptions): Line {
  const {current, compact, now} = options;
  const {name, where} = placeWords(row.place, row.stack?.region);
  const credentials = credentialWords(row.place, now);
  const {mark, tone, state, more} = finding(row, options);
  const columns = targetColumns(options.width);
  const place: Line = compact
    ? [span(padCells(where.replace(', no account', ''), 14), 'muted')]
    : credentials === ''
      ? [span(padCells(where, columns.where), 'muted')]
      : [
          span(padCells(where, columns.region), 'muted'),
          span(
            padCells(credentials, columns.where - columns.region),
            credentials.endsWith('expired') ? 'late' : 'muted',
          ),
        ];
  const words = compact && credentials !== '' && row.check.state === 'known' ? [...more, credentials] : more;
  return [
    span(current ? ' ▸ ' : '   ', 'accent'),
    span(`${mark} `, tone),
    span(padCells(name, compact ? 14 : 16), current ? 'strong' : 'plain'),
    ...place,
    span(padCells(state, compact ? 12 : columns.state), tone),
    span(words.join(' · '), 'muted'),
  ];
}
