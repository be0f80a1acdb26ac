import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {expect, test} from 'vitest';

const source = resolve(import.meta.dirname, '../../src');

/** Which rooms a room may import; arrows run downward only. */
const table: Record<string, readonly string[]> = {
  cli: ['tui', 'operate', 'provision', 'aws', 'lifecycle', 'text'],
  tui: ['operate', 'provision', 'lifecycle', 'text'],
  operate: ['aws', 'lifecycle', 'text'],
  provision: ['aws', 'assets', 'lifecycle'],
  aws: [],
  assets: [],
  extension: ['lifecycle'],
  functions: ['lifecycle'],
  lifecycle: [],
  text: [],
  local: [],
};

/** Single files that may do more, with the reason. */
const exceptions: Record<string, readonly string[]> = {
  // The only place that runs the embedded AWS in this process, and only when called.
  'cli/commands/local.ts': ['local'],
};

/** Rooms of which a room may import types only. */
const typesOnly: Record<string, readonly string[]> = {tui: ['aws']};

type Import = {file: string; from: string; target: string; typeOnly: boolean; dynamic: boolean};

const files = readdirSync(source, {recursive: true, encoding: 'utf8'}).filter(file => /\.tsx?$/.test(file));
const imports = files.flatMap(readImports);

function readImports(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8');
  const statements = text.matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s+)?([^'"();]*?from\s+)?['"]([^'"]+)['"]/g);
  const calls = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g);
  return [
    ...[...statements].map(match => ({
      file,
      from: file.split('/')[0]!,
      target: match[3]!,
      typeOnly: match[1] !== undefined || allNamedAreTypes(match[2] ?? ''),
      dynamic: false,
    })),
    ...[...calls].map(match => ({file, from: file.split('/')[0]!, target: match[1]!, typeOnly: false, dynamic: true})),
  ];
}

function allNamedAreTypes(clause: string): boolean {
  const names = /^\{([^}]*)\}/
    .exec(clause.trim())?.[1]
    ?.split(',')
    .filter(name => name.trim() !== '');
  return names !== undefined && names.length > 0 && names.every(name => name.trim().startsWith('type '));
}

function roomOf({file, target}: Import): string | undefined {
  if (!target.startsWith('.') || target.includes('/node_modules/')) return undefined;
  return relative(source, resolve(source, dirname(file), target)).split('/')[0];
}

test('the table names every room', () => {
  const rooms = new Set(files.map(file => file.split('/')[0]!));
  expect(Object.keys(table).sort()).toEqual(expect.arrayContaining([...rooms].sort()));
});

test('imports were found', () => {
  expect(imports.length).toBeGreaterThan(files.length / 2);
});

test('every import runs downward', () => {
  const wrong = imports.filter(one => {
    const room = roomOf(one);
    if (room === undefined || room === one.from) return false;
    if (table[one.from]?.includes(room) || exceptions[one.file]?.includes(room)) return false;
    return !(one.typeOnly && typesOnly[one.from]?.includes(room));
  });
  expect(wrong.map(one => `${one.file} imports ${one.target}`)).toEqual([]);
});

test('commands are loaded only when called', () => {
  const eager = imports.filter(one => /\/commands\/[^/]+$/.test(one.target) && !one.dynamic && !one.typeOnly);
  expect(eager.map(one => `${one.file} imports ${one.target}`)).toEqual([]);
});

test('screens never import the SDK', () => {
  const wrong = imports.filter(one => one.from === 'tui' && !one.typeOnly && /^@(aws-sdk|smithy)\//.test(one.target));
  expect(wrong.map(one => `${one.file} imports ${one.target}`)).toEqual([]);
});

test('no file has a name that says nothing', () => {
  const vague = files.filter(file => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.tsx?$)/.test(file));
  expect(vague).toEqual([]);
});

test('file names are kebab-case', () => {
  const wrong = files.filter(
    file => !file.split('/').every(part => /^[a-z0-9]+(-[a-z0-9]+)*(\.d)?(\.tsx?)?$/.test(part)),
  );
  expect(wrong).toEqual([]);
});
