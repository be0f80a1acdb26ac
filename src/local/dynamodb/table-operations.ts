import type {RawResponse} from '../wire/service.ts';
import {errorAnswer, errorName, jsonAnswer, parseAnswer} from './json-answer.ts';
import {ask, type Input, type Overlay, tableStatus} from './request-scope.ts';
import {notesOf} from './table-notes.ts';
import {readTags} from './tags.ts';
import {busy} from './time-to-live.ts';

const invalid = (message: string) => errorAnswer('ValidationException', message);

/** CreateTable: the engine makes the table; tags and deletion protection, which it drops, are kept here. */
export async function createTable(overlay: Overlay, input: Input): Promise<RawResponse> {
  const {Tags, DeletionProtectionEnabled = false, ...rest} = input;
  const tags = readTags(Tags ?? []);
  if (typeof tags === 'string') return invalid(tags);
  if (typeof DeletionProtectionEnabled !== 'boolean') return invalid('DeletionProtectionEnabled must be a boolean');
  const stream = rest.StreamSpecification as {StreamEnabled?: unknown} | undefined;
  if (stream?.StreamEnabled === true) return invalid('The embedded DynamoDB has no streams');
  const table = String(input.TableName);
  const indexed = Array.isArray(rest.GlobalSecondaryIndexes) || Array.isArray(rest.LocalSecondaryIndexes);
  if (indexed && underWay(overlay) >= overlay.indexedTablesAtOnce) return tooManyIndexed();
  const answer = await ask(overlay.engine, 'CreateTable', rest);
  if (errorName(answer) === 'ResourceInUseException') return inUse(overlay, table);
  if (answer.status !== 200) return answer;
  overlay.tables.set(table, {
    tags,
    deletionProtection: DeletionProtectionEnabled,
    ...(indexed && {indexesUntil: Date.now() + overlay.tableDelayMs}),
  });
  return withNotes(overlay, answer);
}

/**
 * UpdateTable: deletion protection is ours, the rest the engine's. Changes of indexes, which the engine would take and not make,
 * are refused.
 */
export async function updateTable(overlay: Overlay, input: Input): Promise<RawResponse> {
  const {DeletionProtectionEnabled, ...rest} = input;
  if (changesIndexes(rest.GlobalSecondaryIndexUpdates)) {
    return invalid(
      'The embedded DynamoDB makes indexes with their table only. Delete the table and create it with its indexes.',
    );
  }
  if (DeletionProtectionEnabled === undefined)
    return withNotes(overlay, await ask(overlay.engine, 'UpdateTable', rest));
  if (typeof DeletionProtectionEnabled !== 'boolean') return invalid('DeletionProtectionEnabled must be a boolean');
  const found = await tableStatus(overlay.engine, input.TableName);
  if ('failure' in found) return found.failure;
  const table = String(input.TableName);
  if (found.status === 'CREATING' || found.status === 'DELETING') return busy(table, found.status);
  if (Object.keys(rest).length > 1) {
    const answer = await ask(overlay.engine, 'UpdateTable', rest);
    if (answer.status !== 200) return answer;
  }
  notesOf(overlay.tables, table).deletionProtection = DeletionProtectionEnabled;
  const {Table} = parseAnswer(await ask(overlay.engine, 'DescribeTable', {TableName: table}));
  return withNotes(overlay, jsonAnswer(200, {TableDescription: Table}));
}

/** DeleteTable, refused while the table is protected or already on its way out. */
export async function deleteTable(overlay: Overlay, input: Input): Promise<RawResponse> {
  const found = await tableStatus(overlay.engine, input.TableName);
  if ('failure' in found) return found.failure;
  const table = String(input.TableName);
  if (found.status === 'CREATING' || found.status === 'DELETING') return busy(table, found.status);
  if (overlay.tables.get(table)?.deletionProtection) {
    return invalid(
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
  }
  const answer = await withNotes(overlay, await ask(overlay.engine, 'DeleteTable', {TableName: table}));
  if (answer.status === 200) overlay.tables.delete(table);
  return answer;
}

/** DescribeTable with what the engine does not know added. */
export async function describeTable(overlay: Overlay, input: Input): Promise<RawResponse> {
  return withNotes(overlay, await ask(overlay.engine, 'DescribeTable', input));
}

/** DescribeContinuousBackups: no point-in-time recovery here. */
export async function describeContinuousBackups(overlay: Overlay, input: Input): Promise<RawResponse> {
  const found = await tableStatus(overlay.engine, input.TableName);
  if ('failure' in found) {
    if (errorName(found.failure) !== 'ResourceNotFoundException') return found.failure;
    return errorAnswer('TableNotFoundException', `Table not found: ${String(input.TableName)}`);
  }
  return jsonAnswer(200, {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {PointInTimeRecoveryStatus: 'DISABLED'},
    },
  });
}

/** DescribeLimits: a new account's quotas. */
export function describeLimits(): RawResponse {
  return jsonAnswer(200, {
    AccountMaxReadCapacityUnits: 80_000,
    AccountMaxWriteCapacityUnits: 80_000,
    TableMaxReadCapacityUnits: 40_000,
    TableMaxWriteCapacityUnits: 40_000,
  });
}

function changesIndexes(updates: unknown): boolean {
  const list: unknown[] = Array.isArray(updates) ? updates : [];
  return list.some(
    update => update !== null && typeof update === 'object' && ('Create' in update || 'Delete' in update),
  );
}

/** How many tables are being made with indexes. */
function underWay({tables}: Overlay, now = Date.now()): number {
  return [...tables.values()].filter(({indexesUntil = 0}) => indexesUntil > now).length;
}

const tooManyIndexed = () =>
  errorAnswer(
    'LimitExceededException',
    'Subscriber limit exceeded: There is a limit to the number of indexed tables that can be created simultaneously. Wait until the others are ACTIVE.',
  );

async function inUse(overlay: Overlay, table: string): Promise<RawResponse> {
  const found = await tableStatus(overlay.engine, table);
  if ('status' in found && found.status === 'DELETING') return busy(table, 'DELETING');
  return errorAnswer('ResourceInUseException', `Table already exists: ${table}`);
}

function withNotes(overlay: Overlay, answer: RawResponse): RawResponse {
  if (answer.status !== 200) return answer;
  const body = parseAnswer(answer);
  for (const member of ['Table', 'TableDescription']) {
    const description = body[member] as Input | undefined;
    if (!description) continue;
    const notes = overlay.tables.get(String(description.TableName));
    description.DeletionProtectionEnabled = notes?.deletionProtection ?? false;
    setArns(description, overlay);
  }
  return jsonAnswer(200, body);
}

/** The engine knows one region and account only. */
function setArns(description: Input, {region, account}: Overlay): void {
  const arn = `arn:aws:dynamodb:${region}:${account}:table/${String(description.TableName)}`;
  description.TableArn = arn;
  for (const indexes of [description.GlobalSecondaryIndexes, description.LocalSecondaryIndexes]) {
    if (!Array.isArray(indexes)) continue;
    for (const index of indexes as Input[]) index.IndexArn = `${arn}/index/${String(index.IndexName)}`;
  }
}
