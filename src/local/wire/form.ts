import type {NormalizedSchema} from '@smithy/core/schema';
import {textValue} from './text-value.ts';

/** A form's dotted names as a tree: `Tags.member.1.Key=x` is Tags → member → 1 → Key. */
type FormNode = {value?: string; children: Map<string, FormNode>};

/** Deeper names than any service models are ignored. */
const maxDepth = 20;

export function parseForm(text: string): FormNode {
  const root: FormNode = {children: new Map()};
  for (const [name, value] of new URLSearchParams(text)) {
    const parts = name.split('.', maxDepth);
    let node = root;
    for (const part of parts) {
      const child = node.children.get(part) ?? {children: new Map()};
      node.children.set(part, child);
      node = child;
    }
    node.value = value;
  }
  return root;
}

/** Reads a form by schema, as awsQuery lays it out. Throws SerializationException for a scalar that does not fit. */
export function readForm(schema: NormalizedSchema, node: FormNode): unknown {
  if (schema.isStructSchema()) return readStructure(schema, node);
  if (schema.isListSchema()) return readList(schema, node);
  if (schema.isMapSchema()) return readMap(schema, node);
  return node.value === undefined ? undefined : textValue(schema, node.value);
}

function readStructure(schema: NormalizedSchema, node: FormNode): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = node.children.get(member.getMergedTraits().xmlName ?? name);
    const value = child && readForm(member, child);
    if (value !== undefined) result[name] = value;
  }
  return result;
}

function readList(schema: NormalizedSchema, node: FormNode): unknown[] {
  const element = schema.getValueSchema();
  const flat = Boolean(schema.getMergedTraits().xmlFlattened);
  const items = flat ? node : node.children.get(element.getMergedTraits().xmlName ?? 'member');
  return numbered(items)
    .map(item => readForm(element, item))
    .filter(value => value !== undefined);
}

function readMap(schema: NormalizedSchema, node: FormNode): Record<string, unknown> {
  const element = schema.getValueSchema();
  const entries = schema.getMergedTraits().xmlFlattened ? node : node.children.get('entry');
  const pairs = numbered(entries).map(entry => {
    const key = entry.children.get('key')?.value ?? '';
    const value = entry.children.get('value');
    return [key, value && readForm(element, value)] as const;
  });
  return Object.fromEntries(pairs);
}

/** Children with numbers for names, in their order. */
function numbered(node: FormNode | undefined): FormNode[] {
  if (!node) return [];
  return [...node.children]
    .filter(([name]) => /^\d{1,6}$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}
