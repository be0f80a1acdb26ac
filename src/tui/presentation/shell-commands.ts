import type {ApiMessage} from '../../lifecycle/message.ts';
import {awsCommand, kebab, shellWord} from '../../provision/aws-command.ts';

/** Where calls go. */
type Place = {region: string; profile?: string; endpoint?: string};
/** Text for the clipboard, and what it is in words. */
type Copyable = {text: string; what: string};

/**
 * A curl command, quoted for sh, that sends a request again, as slow as it was. The token is the shell's to fill in: it
 * is never in the text.
 */
export function curlCommand(apiUrl: string, sleepMs = 0): string {
  const url = new URL(apiUrl);
  if (sleepMs > 0) url.searchParams.set('sleepMs', String(sleepMs));
  return `curl -sS -i -H "Authorization: Bearer $LIFECYCLE_AUTH_TOKEN" ${shellWord(url.href)}`;
}

/** The aws CLI's direct Invoke, as slow as it was; the answer goes to the screen. */
export function invokeCommand(functionName: string, place: Place, sleepMs = 0): string {
  const input = {FunctionName: functionName, CliBinaryFormat: 'raw-in-base64-out', Payload: JSON.stringify({sleepMs})};
  return `${awsCommand({service: 'lambda', operation: 'Invoke', input})}${placeOptions(place)} /dev/stdout`;
}

type Call = Pick<ApiMessage, 'service' | 'operation' | 'input' | 'without'>;

/** The aws CLI's command of a call, to where it went, and what to call that: secrets, bytes and what is long are not kept. */
export function awsCommandOf({service, operation, input = {}, without = []}: Call, place: Place): Copyable {
  const text = awsCommand({service: service.toLowerCase(), operation, input}) + placeOptions(place);
  const left = without.map(name => `--${kebab(name)}`).join(' ');
  return {text, what: left === '' ? 'the aws command' : `the aws command, without its ${left}`};
}

function placeOptions({region, profile, endpoint}: Place): string {
  const options = {region, profile, 'endpoint-url': endpoint};
  const words = Object.entries(options).map(([name, value]) =>
    value === undefined ? '' : ` --${name} ${shellWord(value)}`,
  );
  return words.join('');
}
