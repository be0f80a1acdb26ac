import type {RawResponse} from '../wire/service.ts';
import {errorAnswer, jsonAnswer} from './json-answer.ts';
import {type Input, type Overlay, tableStatus} from './request-scope.ts';
import {notesOf, type TableNotes} from './table-notes.ts';

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const maxTags = 50;

const invalid = (message: string) => errorAnswer('ValidationException', message);

/** Tags as a request lists them, or what is wrong with them: keys 1 to 128, values up to 256 characters, none of `aws:`. */
export function readTags(value: unknown): Map<string, string> | string {
  if (!Array.isArray(value)) return 'Tags must be a list';
  const tags = new Map<string, string>();
  for (const {Key, Value} of value as Input[]) {
    if (typeof Key !== 'string' || typeof Value !== 'string') return 'A tag must have a Key and a Value';
    if (Key.length === 0 || Key.length > 128 || !allowed.test(Key)) return `The tag key is not valid: ${Key}`;
    if (Value.length > 256 || !allowed.test(Value)) return `The tag value is not valid: ${Value}`;
    if (Key.toLowerCase().startsWith('aws:')) return 'Tag keys starting with aws: are reserved for system use';
    if (tags.has(Key)) return `Duplicate tag key: ${Key}`;
    tags.set(Key, Value);
  }
  return tags.size > maxTags ? tooMany : tags;
}

const tooMany = `Too many tags: a table may have ${maxTags}`;

/** ListTagsOfResource, all tags on one page. */
export async function listTags(overlay: Overlay, input: Input): Promise<RawResponse> {
  const found = await taggedTable(overlay, input);
  if ('failure' in found) return found.failure;
  return jsonAnswer(200, {Tags: [...found.notes.tags].map(([Key, Value]) => ({Key, Value}))});
}

/** TagResource: adds tags, or sets the values of those that are there. */
export async function tagTable(overlay: Overlay, input: Input): Promise<RawResponse> {
  const tags = readTags(input.Tags);
  if (typeof tags === 'string') return invalid(tags);
  const found = await taggedTable(overlay, input);
  if ('failure' in found) return found.failure;
  const merged = new Map([...found.notes.tags, ...tags]);
  if (merged.size > maxTags) return invalid(tooMany);
  found.notes.tags = merged;
  return noBody;
}

/** UntagResource; keys that are not there are no error. */
export async function untagTable(overlay: Overlay, input: Input): Promise<RawResponse> {
  const keys = input.TagKeys;
  if (!Array.isArray(keys)) return invalid('TagKeys must be a list');
  const found = await taggedTable(overlay, input);
  if ('failure' in found) return found.failure;
  for (const key of keys) found.notes.tags.delete(String(key));
  return noBody;
}

const noBody: RawResponse = {status: 200, headers: {'content-type': 'application/x-amz-json-1.0'}, body: ''};

async function taggedTable(overlay: Overlay, input: Input): Promise<{notes: TableNotes} | {failure: RawResponse}> {
  const arn = input.ResourceArn;
  const name =
    typeof arn === 'string' ? /^arn:[\w-]+:dynamodb:[\w-]+:\d{12}:table\/([\w.-]+)$/.exec(arn)?.[1] : undefined;
  if (!name) return {failure: invalid(`Invalid TableArn: Invalid ResourceArn provided as input ${String(arn)}`)};
  const found = await tableStatus(overlay.engine, name);
  if (!('failure' in found)) return {notes: notesOf(overlay.tables, name)};
  // The misspelling is DynamoDB's.
  const message = `Requested resource not found: ResourcArn: ${String(arn)} not found`;
  return {failure: errorAnswer('ResourceNotFoundException', message)};
}
