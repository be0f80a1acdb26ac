import type {Resource} from '../model.ts';

export type Match = {resource: Resource; pathParameters: Record<string, string>};

/**
 * Finds the resource for a request path (still encoded): a literal part wins over `{x}`, that over `{proxy+}`, from left to
 * right. A slash at the end does not count. Parameters come decoded; undefined when nothing fits.
 */
export function matchResource(resources: readonly Resource[], path: string): Match | undefined {
  const parts = path.split('/').slice(1);
  if (parts.at(-1) === '') parts.pop();
  const root = resources.find(resource => resource.parentId === undefined);
  return root && descend(resources, root, parts, {});
}

function descend(
  resources: readonly Resource[],
  at: Resource,
  parts: readonly string[],
  pathParameters: Record<string, string>,
): Match | undefined {
  const [part, ...rest] = parts;
  // A resource without methods is a step on the way, not an end.
  if (part === undefined) return at.methods.size > 0 ? {resource: at, pathParameters} : undefined;
  const children = resources.filter(resource => resource.parentId === at.id);
  const literal = children.find(child => child.pathPart === decoded(part));
  const one = children.find(child => child.pathPart?.startsWith('{') && !child.pathPart.endsWith('+}'));
  const greedy = children.find(child => child.pathPart?.endsWith('+}'));
  return (
    (literal && descend(resources, literal, rest, pathParameters)) ??
    (one && part !== ''
      ? descend(resources, one, rest, {...pathParameters, [nameOf(one)]: decoded(part)})
      : undefined) ??
    (greedy && {resource: greedy, pathParameters: {...pathParameters, [nameOf(greedy)]: decoded(parts.join('/'))}})
  );
}

function nameOf({pathPart = ''}: Resource): string {
  return pathPart.replace(/^\{|\+?\}$/g, '');
}

/** Percent-decoded; as it is when the encoding is broken. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
