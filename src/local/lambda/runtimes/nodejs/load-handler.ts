import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {basename, dirname, join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {RuntimeError} from './error-object.ts';

// biome-ignore lint/suspicious/noExplicitAny: a handler takes and gives whatever its function agreed on with its callers
export type LambdaHandler = (event: any, context: object, callback: (error: unknown, result?: any) => void) => any;
type Exports = Record<string, unknown>;

/**
 * Loads `folder/file.export` (`app/index.handler`, nested exports with dots): `.js` by the nearest package.json,
 * then `.mjs`, then `.cjs`, then a module of that name.
 * Throws `Runtime.MalformedHandlerName`, `Runtime.ImportModuleError`, `Runtime.UserCodeSyntaxError` or
 * `Runtime.HandlerNotFound`; what the module itself throws is passed on.
 */
export async function loadHandler(root: string, handlerName: string): Promise<LambdaHandler> {
  if (handlerName.includes('..')) {
    throw new RuntimeError(
      'Runtime.MalformedHandlerName',
      `'${handlerName}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const file = basename(handlerName);
  const dot = file.indexOf('.');
  if (dot <= 0) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const exports = await loadModule(root, join(dirname(handlerName), file.slice(0, dot)));
  const path = file.slice(dot + 1).split('.');
  const handler = find(exports, path) ?? find(exports.default, path);
  if (handler === undefined) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is not a function`);
  }
  return handler as LambdaHandler;
}

function find(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((parent, name) => (parent as Exports | undefined)?.[name], value);
}

async function loadModule(root: string, name: string): Promise<Exports> {
  const path = resolve(root, name);
  const require = createRequire(join(root, 'index.js'));
  try {
    if (existsSync(path) && !existsSync(`${path}.js`) && name.includes('.')) return require(path) as Exports;
    if (existsSync(`${path}.js`)) {
      const module = isModulePackage(dirname(path));
      return module ? await load(`${path}.js`) : (require(`${path}.js`) as Exports);
    }
    if (existsSync(`${path}.mjs`)) return await load(`${path}.mjs`);
    if (existsSync(`${path}.cjs`)) return require(`${path}.cjs`) as Exports;
    return require(require.resolve(name, {paths: [root]})) as Exports;
  } catch (error) {
    throw readable(error, name);
  }
}

function load(path: string): Promise<Exports> {
  return import(pathToFileURL(path).href) as Promise<Exports>;
}

/** Whether `.js` files in `folder` are ES modules. */
function isModulePackage(folder: string): boolean {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as {type?: string}).type === 'module';
  const parent = dirname(folder);
  return parent !== folder && isModulePackage(parent);
}

function readable(error: unknown, name: string): unknown {
  if (error instanceof SyntaxError) return new RuntimeError('Runtime.UserCodeSyntaxError', String(error));
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return error;
  const message = String(error).replace(/^Error: Cannot find module '\.\//, `Error: Cannot find module '`);
  return new RuntimeError('Runtime.ImportModuleError', message || `Error: Cannot find module '${name}'`);
}
