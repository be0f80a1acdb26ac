import {type FileHandle, rm} from 'node:fs/promises';
import {type AttributeValue, type DynamoDBClient, ScanCommand} from '@aws-sdk/client-dynamodb';
import {safeJson} from '../../text/safe-json.ts';
import {openNewFile} from '../new-file.ts';

export type SaveEventsOptions = {
  dynamodb: DynamoDBClient;
  table: string;
  /** Wanted name; `-2`, `-3` … is put before `.ndjson` where it is taken. */
  file: string;
  signal?: AbortSignal;
  /** Hears after every page how many items have been written. */
  onProgress?: (items: number) => void;
};

/**
 * Writes every item of the table, page by page, as NDJSON into a new file that only its owner may read. Nothing is
 * overwritten. Resolves once all is on the disk; when it fails there is no file, and it throws what went wrong.
 */
export async function saveEvents(options: SaveEventsOptions): Promise<{file: string; items: number}> {
  const {file, handle} = await openNewFile(options.file);
  try {
    const items = await writeAll(handle, options);
    await handle.sync();
    await handle.close();
    return {file, items};
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(file, {force: true});
    throw error;
  }
}

async function writeAll(handle: FileHandle, {dynamodb, table, signal, onProgress}: SaveEventsOptions): Promise<number> {
  let items = 0;
  let start: Record<string, AttributeValue> | undefined;
  do {
    signal?.throwIfAborted();
    const page = await dynamodb.send(
      new ScanCommand({TableName: table, ConsistentRead: true, ...(start && {ExclusiveStartKey: start})}),
      signal && {abortSignal: signal},
    );
    const lines = (page.Items ?? []).map(item => `${safeJson(plainItem(item))}\n`);
    await handle.appendFile(lines.join(''));
    items += lines.length;
    onProgress?.(items);
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

const plainItem = (item: Record<string, AttributeValue>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));

/** Whatever anybody has written there: a number that a double cannot hold stays text, bytes become base64. */
function plainValue(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return plainNumber(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL) return null;
  if (value.M) return plainItem(value.M);
  if (value.L) return value.L.map(plainValue);
  if (value.SS) return value.SS;
  if (value.NS) return value.NS.map(plainNumber);
  if (value.B) return base64(value.B);
  return value.BS?.map(base64) ?? null;
}

const plainNumber = (text: string) => (String(Number(text)) === text ? Number(text) : text);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
