/** A compiled path template such as `/functions/{Name}/tags/{Rest+}?list`. */
export type RestRoute = {
  method: string;
  segments: readonly Segment[];
  /** Query members the template itself demands. */
  fixedQuery: readonly (readonly [string, string])[];
  /** Higher wins when several fit. */
  weight: number;
};

type Segment = {kind: 'literal'; text: string} | {kind: 'label' | 'greedy'; name: string};

export function compileRoute(method: string, template: string): RestRoute {
  const [path = '', query = ''] = template.split('?');
  const segments = splitPath(path).map(segmentOf);
  const fixedQuery = [...new URLSearchParams(query)];
  const literals = segments.filter(segment => segment.kind === 'literal').length;
  return {method, segments, fixedQuery, weight: literals * 10 + fixedQuery.length};
}

function segmentOf(text: string): Segment {
  if (!text.startsWith('{')) return {kind: 'literal', text};
  return text.endsWith('+}') ? {kind: 'greedy', name: text.slice(1, -2)} : {kind: 'label', name: text.slice(1, -1)};
}

/** Path parts, still encoded, without a trailing slash's empty one. */
export function splitPath(path: string): string[] {
  const parts = path.split('/').slice(1);
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

/** The labels' decoded values, or undefined when the request is not for this route. Throws URIError on bad encoding. */
export function matchRoute(
  route: RestRoute,
  method: string,
  parts: readonly string[],
  query: URLSearchParams,
): Record<string, string> | undefined {
  if (route.method !== method) return;
  const hasGreedy = route.segments.at(-1)?.kind === 'greedy';
  if (hasGreedy ? parts.length < route.segments.length : parts.length !== route.segments.length) return;
  if (route.fixedQuery.some(([name, value]) => !query.has(name) || (value !== '' && query.get(name) !== value))) return;
  const labels: Record<string, string> = {};
  for (const [index, segment] of route.segments.entries()) {
    const part = parts[index] ?? '';
    if (segment.kind === 'literal') {
      if (part !== segment.text) return;
    } else {
      if (part === '') return;
      labels[segment.name] = decodeURIComponent(segment.kind === 'greedy' ? parts.slice(index).join('/') : part);
    }
  }
  return labels;
}
