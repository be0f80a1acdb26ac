/** A body that must not reach the engine. */
export type Refusal = {refused: string};

const serialization = 'Unable to parse the request: ';

/**
 * Makes a request body safe for the engine, as DynamoDB itself reads one: a null member of a structure counts as absent,
 * a null in a list, a body that is no JSON object and a key like `__proto__` are refused (SerializationException).
 */
export function guardBody(text: string): {body: string} | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {refused: `${serialization}not JSON`};
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {refused: `${serialization}not a JSON object`};
  }
  if (text.includes('"__proto__"') || text.includes('\\u')) {
    if (hasKey(value, '__proto__')) return {refused: `${serialization}reserved member name`};
  }
  if (!text.includes('null')) return {body: text};
  return withoutNulls(value) ? {body: JSON.stringify(value)} : {refused: `${serialization}null in a list`};
}

function hasKey(value: unknown, key: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).includes(key) || Object.values(value).some(member => hasKey(member, key));
}

/** Drops null members in place; false when a list holds one. */
function withoutNulls(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(member => member !== null && withoutNulls(member));
  const members = value as Record<string, unknown>;
  return Object.keys(members).every(key => {
    if (members[key] !== null) return withoutNulls(members[key]);
    delete members[key];
    return true;
  });
}
