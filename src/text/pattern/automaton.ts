import type {Instruction, Program} from './program.ts';
import {type UnitSet, word} from './unit-set.ts';

/** What stands before a place in a text, as far as assertions ask. */
type Before = 'start' | 'word' | 'other';

/** All places the program is at together, after some text. */
type State = {
  places: readonly number[];
  before: Before;
  /** The text so far, without its last unit, ends in a match. */
  matched: boolean;
  /** By class of the next unit. */
  next: (State | undefined)[];
  matchedAtEnd?: boolean;
};

export type Automaton = {
  /** Whether the text has a match anywhere. One step per unit of the text. */
  test(text: string): boolean;
  /** The end of the longest match that starts at `from`, −1 for none. `steps` counts down and ends the search at 0. */
  matchEnd(text: string, from: number, steps: {left: number}): number;
};

/** States that are remembered; beyond that they are worked out anew. */
const remembered = 2_000;

/**
 * Runs a program over texts. It is at all its places at once, so a unit of the text is looked at once, whatever the
 * pattern: time is the text's length times the program's at the very worst, and one look-up per unit as a rule.
 */
export function createAutomaton({code, start}: Program): Automaton {
  const sets = [...new Set(code.flatMap(one => (one.kind === 'unit' ? [one.set] : [])))];
  const asksWords = code.some(one => one.kind === 'assert' && (one.what === 'word' || one.what === 'not-word'));
  const {classOf, exampleOf} = unitClasses(asksWords ? [...sets, word] : sets);
  const visited = new Uint32Array(code.length);
  const searching = new Map<string, State>();
  const anchored = new Map<string, State>();
  let visit = 0;

  /** The units to take next and whether the match is complete, from `places` with this before and after. */
  function reach(places: readonly number[], before: Before, after: 'word' | 'other' | 'end') {
    const units: Extract<Instruction, {kind: 'unit'}>[] = [];
    const open = [...places];
    let matched = false;
    visit += 1;
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (visited[place] === visit) continue;
      visited[place] = visit;
      const one = code[place]!;
      if (one.kind === 'matched') matched = true;
      else if (one.kind === 'split') open.push(...one.ways);
      else if (one.kind === 'unit') units.push(one);
      else if (holds(one.what, before, after)) open.push(one.next);
    }
    return {units, matched};
  }

  function stateOf(known: Map<string, State>, places: readonly number[], before: Before, matched: boolean): State {
    const key = `${before}${matched}${places.join()}`;
    let state = known.get(key);
    if (!state) {
      if (known.size >= remembered) known.clear();
      state = {places, before, matched, next: []};
      known.set(key, state);
    }
    return state;
  }

  function step(known: Map<string, State>, state: State, unitClass: number): State {
    const example = exampleOf(unitClass);
    const kind = asksWords && word(example) ? 'word' : 'other';
    const {units, matched} = reach(state.places, state.before, kind);
    const places = new Set(units.filter(({set}) => set(example)).map(({next}) => next));
    if (known === searching) places.add(start);
    const sorted = [...places].sort((a, b) => a - b);
    const next = stateOf(known, sorted, kind, matched);
    state.next[unitClass] = next;
    return next;
  }

  const endsMatched = (state: State): boolean => {
    state.matchedAtEnd ??= reach(state.places, state.before, 'end').matched;
    return state.matchedAtEnd;
  };

  return {
    test(text) {
      let state = stateOf(searching, [start], 'start', false);
      for (let index = 0; index < text.length; index++) {
        const unitClass = classOf(text.charCodeAt(index));
        state = state.next[unitClass] ?? step(searching, state, unitClass);
        if (state.matched) return true;
      }
      return endsMatched(state);
    },
    matchEnd(text, from, steps) {
      const before = from === 0 ? 'start' : asksWords && word(text.charCodeAt(from - 1)) ? 'word' : 'other';
      let state = stateOf(anchored, [start], before, false);
      let end = -1;
      for (let index = from; index < text.length; index++) {
        if (state.places.length === 0 || steps.left <= 0) return end;
        steps.left -= 1;
        const unitClass = classOf(text.charCodeAt(index));
        state = state.next[unitClass] ?? step(anchored, state, unitClass);
        if (state.matched) end = index;
      }
      return endsMatched(state) ? text.length : end;
    },
  };
}

function holds(what: string, before: Before, after: 'word' | 'other' | 'end'): boolean {
  if (what === 'start') return before === 'start';
  if (what === 'end') return after === 'end';
  return ((before === 'word') !== (after === 'word')) === (what === 'word');
}

/** Units that no set tells apart are one class, numbered from 1. */
function unitClasses(sets: readonly UnitSet[]) {
  const known = new Uint16Array(65_536);
  const byMembership = new Map<string, number>();
  const examples = [0];
  return {
    exampleOf: (unitClass: number) => examples[unitClass]!,
    classOf(unit: number): number {
      const found = known[unit]!;
      if (found !== 0) return found;
      const membership = sets.map(set => (set(unit) ? '1' : '0')).join('');
      let unitClass = byMembership.get(membership);
      if (unitClass === undefined) {
        unitClass = examples.push(unit) - 1;
        byMembership.set(membership, unitClass);
      }
      known[unit] = unitClass;
      return unitClass;
    },
  };
}
