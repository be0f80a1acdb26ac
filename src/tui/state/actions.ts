/** What the bindings do, by their id; the argument is what the command palette was given, and fits. */
export type Actions = Readonly<Record<string, (argument?: string) => void>>;

/** The exit code of an app that was interrupted. */
export const interrupted = 130;

/** All actions as one table; an id that two orders claim is a mistake. */
export function joinActions(...tables: readonly Actions[]): Actions {
  const joined: Record<string, Actions[string]> = {};
  for (const [id, action] of tables.flatMap(table => Object.entries(table))) {
    if (joined[id]) throw new Error(`Two actions for ${id}`);
    joined[id] = action;
  }
  return joined;
}
