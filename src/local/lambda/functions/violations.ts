import {ServiceError} from '../../wire/service.ts';

/** Collects constraint violations and raises them in one ValidationException, worded as AWS words them. */
export class Violations {
  readonly #found: string[] = [];

  /** `value` undefined: a value that must not be repeated. */
  add(value: string | number | undefined, member: string, constraint: string): this {
    const shown = value === undefined ? 'Value' : `Value '${value}'`;
    this.#found.push(`${shown} at '${member}' failed to satisfy constraint: ${constraint}`);
    return this;
  }

  /** Adds only when the value is there and does not match the whole pattern. */
  pattern(value: string | undefined, member: string, pattern: RegExp): this {
    if (value === undefined || new RegExp(`^(?:${pattern.source})$`, pattern.flags).test(value)) return this;
    return this.add(value, member, `Member must satisfy regular expression pattern: ${pattern.source}`);
  }

  range(value: number | undefined, member: string, [least, most]: readonly [number, number]): this {
    if (value === undefined) return this;
    if (value < least) return this.add(value, member, `Member must have value greater than or equal to ${least}`);
    if (value > most) return this.add(value, member, `Member must have value less than or equal to ${most}`);
    return this;
  }

  length(value: string | undefined, member: string, most: number): this {
    if (value === undefined || value.length <= most) return this;
    return this.add(value, member, `Member must have length less than or equal to ${most}`);
  }

  oneOf(value: string | undefined, member: string, allowed: readonly string[]): this {
    if (value === undefined || allowed.includes(value)) return this;
    return this.add(value, member, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
  }

  /** Throws when anything was found. */
  raise(): void {
    if (this.#found.length > 0) this.fail();
  }

  fail(): never {
    const count = this.#found.length;
    const title = `${count} validation error${count === 1 ? '' : 's'} detected`;
    throw new ServiceError('ValidationException', `${title}: ${this.#found.join('; ')}`, 400);
  }
}
