import {type LookupAddress, lookup} from 'node:dns';
import {BlockList, type LookupFunction} from 'node:net';

const refused = new BlockList();

/** Private, loopback, link-local (metadata services), shared, benchmark, documentation, multicast and reserved ranges. */
const ranges4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Likewise, and the ranges that wrap an IPv4 address. */
const ranges6: readonly (readonly [string, number])[] = [
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];
for (const [address, prefix] of ranges4) refused.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of ranges6) refused.addSubnet(address, prefix, 'ipv6');

/** `address` is an IPv4 or IPv6 address; IPv4 mapped into IPv6 is judged as IPv4. */
export function isPrivateAddress(address: string): boolean {
  return refused.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

/** A lookup cannot be given up, and two that hang take all threads that node has for them: the table's would wait behind. */
let busy = false;

/**
 * A `lookup` for sockets that refuses names with any address in a private range. Checked on the very answer that is
 * connected to, so a name that changes its mind between check and use gains nothing. One at a time: another is refused
 * while the one before hangs.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  if (busy) return void setImmediate(callback, refusal('the lookup before still hangs'), []);
  busy = true;
  lookup(hostname, {...options, all: true}, (error, addresses) => {
    busy = false;
    const failure = error ?? judge(addresses);
    if (failure) return callback(failure, []);
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first?.address ?? '', first?.family);
  });
};

function judge(addresses: readonly LookupAddress[]): NodeJS.ErrnoException | undefined {
  if (addresses.length > 0 && !addresses.some(({address}) => isPrivateAddress(address))) return undefined;
  return refusal('private address');
}

/** `code` is what the log line says. */
function refusal(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), {code});
}
