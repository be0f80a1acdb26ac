/** TTL as last set. `changedAt`: epoch ms. */
export type TimeToLive = {enabled: boolean; attribute: string; changedAt: number};

/** What DynamoDB knows of a table and the engine does not. */
export type TableNotes = {
  tags: Map<string, string>;
  deletionProtection: boolean;
  timeToLive?: TimeToLive;
  /** Epoch ms: until then the table is being made with its indexes. */
  indexesUntil?: number;
};

/** By table name. */
export type NotesByTable = Map<string, TableNotes>;

/** The table's notes, made when it has none yet. */
export function notesOf(tables: NotesByTable, table: string): TableNotes {
  const known = tables.get(table);
  if (known) return known;
  const fresh: TableNotes = {tags: new Map(), deletionProtection: false};
  tables.set(table, fresh);
  return fresh;
}
