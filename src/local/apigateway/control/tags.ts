import type {
  GetTagsCommandInput,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-api-gateway';
import type {RequestContext} from '../../wire/service.ts';
import {badRequest, notFound} from '../errors.ts';
import type {Apis} from '../model.ts';
import {findApi, findStage} from './find.ts';

const key = /^[A-Za-z0-9 _.:/=+\-@]{1,128}$/;
const value = /^[A-Za-z0-9 _.:/=+\-@]{0,256}$/;
const maxTags = 50;

/** Tags as a request gives them; BadRequestException unless ASCII, keys 1 to 128, values up to 256, at most 50, none of `aws:`. */
export function readTags(given: Record<string, string> | undefined): Map<string, string> {
  const tags = new Map(Object.entries(given ?? {}));
  for (const [name, text] of tags) {
    if (!key.test(name) || /^aws:/i.test(name)) throw badRequest(`Invalid tag key: ${name}`);
    if (!value.test(text)) throw badRequest(`Invalid tag value for the key ${name}`);
  }
  if (tags.size > maxTags) throw badRequest(`A resource may have at most ${maxTags} tags`);
  return tags;
}

export function getTags(apis: Apis, {resourceArn}: GetTagsCommandInput, context: RequestContext) {
  return {tags: Object.fromEntries(tagsOf(apis, resourceArn, context))};
}

export function tagResource(apis: Apis, input: TagResourceCommandInput, context: RequestContext) {
  const current = tagsOf(apis, input.resourceArn, context);
  const added = readTags(input.tags);
  if (new Set([...current.keys(), ...added.keys()]).size > maxTags) {
    throw badRequest(`A resource may have at most ${maxTags} tags`);
  }
  for (const [name, text] of added) current.set(name, text);
  return {};
}

export function untagResource(apis: Apis, input: UntagResourceCommandInput, context: RequestContext) {
  const current = tagsOf(apis, input.resourceArn, context);
  for (const name of input.tagKeys ?? []) current.delete(name);
  return {};
}

/** `arn:aws:apigateway:us-east-1::/restapis/ID` and `…/restapis/ID/stages/NAME`. */
function tagsOf(apis: Apis, arn: string | undefined, context: RequestContext): Map<string, string> {
  const match = /^arn:[\w-]+:apigateway:([\w-]+)::\/restapis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn ?? '');
  if (!match) throw badRequest('Invalid ARN specified in the request');
  const [, region, id, stage] = match;
  if (region !== context.region) throw notFound(`Invalid API identifier specified ${context.account}:${id}`);
  const api = findApi(apis, id, context);
  return stage === undefined ? api.tags : findStage(api, stage).tags;
}
