import {buffer} from 'node:stream/consumers';
import {promisify} from 'node:util';
import {fromBuffer} from 'yauzl';

/** The one file in a zip. */
export async function onlyFile(bytes) {
  const zip = await promisify(fromBuffer)(bytes, {lazyEntries: true});
  const entry = new Promise(resolve => zip.once('entry', resolve));
  zip.readEntry();
  return buffer(await promisify(zip.openReadStream.bind(zip))(await entry));
}
