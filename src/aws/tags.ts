export type Tags = Record<string, string>;

export const managedTag = 'lifecycle-tui:managed';
export const stackTag = 'lifecycle-tui:stack';

/** Which arrangement of resources a stack has; to be raised when one can no longer be repaired into the next. */
const layoutVersion = '1';

/** The tags every resource of a stack is created with. Values keep to the characters that API Gateway and IAM accept. */
export function stackTags(stack: string, component: string): Tags {
  return {
    [managedTag]: 'true',
    [stackTag]: stack,
    'lifecycle-tui:component': component,
    'lifecycle-tui:version': layoutVersion,
  };
}

/** IAM and DynamoDB write tags as a list. */
export function toTagList(tags: Tags): {Key: string; Value: string}[] {
  return Object.entries(tags).map(([Key, Value]) => ({Key, Value}));
}

export function fromTagList(list: readonly {Key?: string | undefined; Value?: string | undefined}[] = []): Tags {
  return Object.fromEntries(list.map(({Key, Value}) => [Key ?? '', Value ?? '']));
}

/** A layer version has no tags; its Description (at most 256 characters) says whose it is. */
export function layerMarker(stack: string, sha256: string): string {
  return `lifecycle-tui stack=${stack} sha256=${Buffer.from(sha256, 'base64').toString('hex')}`;
}

/** The stack in a layer version's Description, if it is one of ours. */
export function layerStack(description: string | undefined): string | undefined {
  return /^lifecycle-tui stack=([a-z0-9-]+) sha256=[0-9a-f]+$/.exec(description ?? '')?.[1];
}
