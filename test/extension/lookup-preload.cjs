// Stands in for the system's resolver in an extension process: what a name leads to is read from a file at each lookup.
const dns = require('node:dns');
const {readFileSync} = require('node:fs');

const own = dns.lookup;
const failure = code => Object.assign(new Error(code), {code});

dns.lookup = (hostname, options, callback) => {
  const names = JSON.parse(readFileSync(process.env.LOOKUPS, 'utf8'));
  const leadsTo = names[hostname];
  if (leadsTo === undefined) return own(hostname, options, callback);
  if (leadsTo === 'hang') return;
  if (!/^\d/.test(leadsTo)) return setImmediate(callback, failure(leadsTo));
  setImmediate(() => (options.all ? callback(null, [{address: leadsTo, family: 4}]) : callback(null, leadsTo, 4)));
};
