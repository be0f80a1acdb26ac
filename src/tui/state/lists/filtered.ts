import type {Rows} from '../../../operate/rows.ts';
import type {KeptMatches} from '../../ui/kept-matches.ts';
import {createKeptMatches} from '../../ui/kept-matches.ts';
import type {Filter} from '../../ui/matches.ts';
import {readFilter} from '../../ui/matches.ts';

/** The filter and the search of a list, which are looked at in every frame, and what was typed before. */
const mostKept = 3;

/** Which rows are wanted at all, whatever was typed; the same name is the same test. */
type Others<Row> = {name: string; test(row: Row): boolean};
type Kept<Row> = {filter: Filter; others: string; matches: KeptMatches<Row>};

/**
 * The rows that what was typed lets through: any of a row's texts matches. Only what is new is looked at again, and of
 * plain text that is typed on only the rows that were left.
 */
export function filtered<Row>(textsOf: (row: Row) => readonly string[]) {
  let kept: Kept<Row>[] = [];

  function add(filter: Filter, {name, test}: Others<Row>): Kept<Row> {
    const wanted = (row: Row) => test(row) && filter.shows(textsOf(row));
    const wider = kept.find(one => one.others === name && isWider(one.filter, filter));
    const matches = wider ? wider.matches.narrowed(wanted) : createKeptMatches(wanted);
    const added = {filter, others: name, matches};
    kept = [added, ...kept].slice(0, mostKept);
    return added;
  }

  return (rows: Rows<Row>, typed: string, others?: Others<Row>): Rows<Row> => {
    const filter = readFilter(typed);
    if (filter.empty && !others) return rows;
    const asked = others ?? {name: '', test: () => true};
    const known = kept.find(one => one.filter.typed === typed && one.others === asked.name);
    return (known ?? add(filter, asked)).matches.of(rows);
  };
}

/** What has a text in it has each part of that text in it. */
const isWider = ({text}: Filter, filter: Filter): boolean => text !== undefined && filter.text?.includes(text) === true;

/** Lists are never mutated, so the order of the same one is kept. */
export function reordered<Row>(order: (rows: Rows<Row>) => readonly Row[]) {
  const known = new WeakMap<Rows<Row>, readonly Row[]>();
  return (rows: Rows<Row>): readonly Row[] => {
    let ordered = known.get(rows);
    if (!ordered) {
      ordered = order(rows);
      known.set(rows, ordered);
    }
    return ordered;
  };
}
