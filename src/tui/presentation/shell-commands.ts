import type {ApiMessage} from '../../lifecycle/message.ts';
import {awsCommand, shellWord} from '../../provision/aws-command.ts';

/** Where calls go. */
type Place = {region: string; profile?: string; endpoint?: string};

/**
 * A curl command, quoted for sh, that sends a request again, as slow as it was. The token is the shell's to fill in: it
 * is never in the text.
 */
export function curlCommand(apiUrl: string, {sleepMs}: {sleepMs?: number | undefined}): string {
  const url = new URL(apiUrl);
  if (sleepMs) url.searchParams.set('sleepMs', String(sleepMs));
  return `curl -sS -i -H "Authorization: Bearer $LIFECYCLE_AUTH_TOKEN" ${shellWord(url.href)}`;
}

/** The aws CLI's name of a call, with where it went; its input is not kept. */
export function awsCommandOf({service, operation}: Pick<ApiMessage, 'service' | 'operation'>, place: Place): string {
  const {region, profile, endpoint} = place;
  const words = [
    awsCommand({service: service.toLowerCase(), operation, input: {}}),
    `--region ${shellWord(region)}`,
    ...(profile === undefined ? [] : [`--profile ${shellWord(profile)}`]),
    ...(endpoint === undefined ? [] : [`--endpoint-url ${shellWord(endpoint)}`]),
  ];
  return words.join(' ');
}
