import dns from 'node:dns';
import {syncBuiltinESMExports} from 'node:module';

// Loaded into every node process of the portable sandbox before its own code: there, nothing but this names the sandbox.
const names = new Set(['sandbox', 'sandbox.localdomain']);
const known = (name: unknown) => (typeof name === 'string' && names.has(name.toLowerCase()) ? '127.0.0.1' : name);

/** The same function, with the properties `util.promisify` looks for, and our names for the loopback address. */
function withNames<Lookup extends object>(lookup: Lookup): Lookup {
  const patched = (name: unknown, ...rest: unknown[]) => Reflect.apply(lookup as never, dns, [known(name), ...rest]);
  return Object.defineProperties(patched as never, Object.getOwnPropertyDescriptors(lookup) as PropertyDescriptorMap);
}

dns.lookup = withNames(dns.lookup);
dns.promises.lookup = withNames(dns.promises.lookup);
syncBuiltinESMExports();
