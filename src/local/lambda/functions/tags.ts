import type {
  ListTagsCommandInput,
  ListTagsCommandOutput,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-lambda';
import type {RequestContext} from '../../wire/service.ts';
import {invalidParameter} from './errors.ts';
import {readReference} from './names.ts';
import type {FunctionStore} from './store.ts';

type Tags = Readonly<Record<string, string>>;
const mostTags = 50;
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Throws InvalidParameterValueException on tags that AWS refuses. */
export function checkTags(tags: Tags): void {
  const entries = Object.entries(tags);
  if (entries.length > mostTags) throw invalidParameter(`The number of tags exceeds the limit of ${mostTags}.`);
  for (const [key, value] of entries) {
    if (key.toLowerCase().startsWith('aws:')) throw invalidParameter('System tags cannot be added/updated/removed.');
    const fits = key.length >= 1 && key.length <= 128 && value.length <= 256;
    if (!fits || !tagText.test(key + value)) throw invalidParameter('The tag key or value is not valid.');
  }
}

/** TagResource, UntagResource and ListTags, for functions. */
export function createTagHandlers(store: FunctionStore) {
  const find = (input: {Resource: string | undefined}, context: RequestContext) =>
    store.get(readReference(input.Resource, context));
  return {
    tagResource(input: TagResourceCommandInput, context: RequestContext): object {
      const found = find(input, context);
      const tags = {...found.tags, ...input.Tags};
      checkTags(tags);
      found.tags = tags;
      return {};
    },
    untagResource(input: UntagResourceCommandInput, context: RequestContext): object {
      const found = find(input, context);
      const left = Object.entries(found.tags).filter(([key]) => !input.TagKeys?.includes(key));
      found.tags = Object.fromEntries(left);
      return {};
    },
    listTags(input: ListTagsCommandInput, context: RequestContext): Omit<ListTagsCommandOutput, '$metadata'> {
      return {Tags: {...find(input, context).tags}};
    },
  };
}
