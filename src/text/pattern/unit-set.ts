/** A set of UTF-16 code units. */
export type UnitSet = (unit: number) => boolean;

const digit: UnitSet = unit => unit >= 0x30 && unit <= 0x39;
const space: UnitSet = unit => /\s/.test(String.fromCharCode(unit));

/** Letters, digits and `_` of ASCII, as in `\w` and `\b`. */
export const word: UnitSet = unit =>
  digit(unit) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a) || unit === 0x5f;

/** What `.` takes: anything but the end of a line. */
export const anyUnit: UnitSet = unit => unit !== 0x0a && unit !== 0x0d && unit !== 0x2028 && unit !== 0x2029;

export const not =
  (set: UnitSet): UnitSet =>
  unit =>
    !set(unit);

export const either =
  (sets: readonly UnitSet[]): UnitSet =>
  unit =>
    sets.some(set => set(unit));

/** The sets that a letter after `\` stands for. */
export const classes: Readonly<Record<string, UnitSet>> = {
  d: digit,
  D: not(digit),
  s: space,
  S: not(space),
  w: word,
  W: not(word),
};

/** The units from `first` to `last`. */
export const range =
  (first: number, last: number): UnitSet =>
  unit =>
    unit >= first && unit <= last;

/** The same, whatever their case. */
export function rangeInAnyCase(first: number, last: number): UnitSet {
  return unit => variants(unit).some(variant => variant >= first && variant <= last);
}

/** The unit and those that differ from it by case only, as JavaScript's flag `i` has it. */
function variants(unit: number): number[] {
  const folded = foldCase(unit);
  const character = String.fromCharCode(unit);
  const others = [character.toLowerCase(), character.toUpperCase(), character.toUpperCase().toLowerCase()];
  const candidates = others.filter(other => other.length === 1).map(other => other.charCodeAt(0));
  return [unit, ...candidates.filter(candidate => foldCase(candidate) === folded)];
}

function foldCase(unit: number): number {
  const upper = String.fromCharCode(unit).toUpperCase();
  if (upper.length !== 1) return unit;
  const folded = upper.charCodeAt(0);
  return unit >= 128 && folded < 128 ? unit : folded;
}
