import type {RequestContext, SchemaService} from './service.ts';

type Operations = SchemaService['operations'];

/** One store for each key: the account, or the account with its region. Each is made when it is first asked for. */
export class Apart<Store> {
  readonly #make: (key: string) => Store;
  readonly #stores = new Map<string, Store>();

  constructor(make: (key: string) => Store) {
    this.#make = make;
  }

  of(key: string): Store {
    const store = this.#stores.get(key) ?? this.#make(key);
    this.#stores.set(key, store);
    return store;
  }

  all(): Store[] {
    return [...this.#stores.values()];
  }
}

export const regionKey = ({account, region}: Pick<RequestContext, 'account' | 'region'>): string =>
  `${account}/${region}`;

/** The operations of a service, each on the caller's own store. `operationsOn` always gives the same ones in the same order. */
export function operationsApart<Store extends object>(
  stores: Apart<Store>,
  keyOf: (context: RequestContext) => string,
  operationsOn: (store: Store) => Operations,
): Operations {
  const made = new WeakMap<Store, Operations>();
  const operationsOf = (store: Store): Operations => {
    const known = made.get(store) ?? operationsOn(store);
    made.set(store, known);
    return known;
  };
  return operationsOf(stores.of('')).map(([schema], index) => [
    schema,
    (input, context) => operationsOf(stores.of(keyOf(context)))[index]![1](input, context),
  ]);
}
