import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';

/** How a profile signs in, in a word or two, and until when if a file says so. Never a secret. */
export type CredentialKind = {
  kind: 'sso' | 'keys' | 'temporary keys' | 'role' | 'process' | 'web identity' | 'login';
  /** Epoch ms at which the login ends; missing where it is renewed without asking, or where nothing says it. */
  expiresAt?: number;
};

type Section = Readonly<Record<string, string | undefined>>;

/** Sections of the config file as the SDK's loader names them: `dev`, `sso-session.corp`. */
type Sections = Readonly<Record<string, Section | undefined>>;

/** Role chains longer than this are not followed. */
const longestChain = 4;

/** Reads it off the profile's settings; of the SSO login's cache file only the time at which it ends is looked at. */
export async function credentialKind(
  name: string,
  sections: Sections,
  loginEnd: typeof ssoLoginEnd = ssoLoginEnd,
): Promise<CredentialKind | undefined> {
  let section = sections[name];
  let isRole = false;
  for (let step = 0; section && step < longestChain; step++) {
    const own = await ownKind(section, loginEnd);
    if (own) return isRole ? {...own, kind: 'role'} : own;
    if (section.role_arn === undefined) return undefined;
    isRole = true;
    const source: string | undefined = section.source_profile;
    if (source === undefined || source === name) break;
    section = sections[source];
  }
  return isRole ? {kind: 'role'} : undefined;
}

async function ownKind(section: Section, loginEnd: typeof ssoLoginEnd): Promise<CredentialKind | undefined> {
  if (section.role_arn !== undefined) {
    return section.web_identity_token_file === undefined ? undefined : {kind: 'web identity'};
  }
  const login = section.sso_session ?? section.sso_start_url;
  if (login !== undefined) {
    const expiresAt = await loginEnd(login);
    return {kind: 'sso', ...(expiresAt !== undefined && {expiresAt})};
  }
  if (section.aws_access_key_id !== undefined) {
    return {kind: section.aws_session_token === undefined ? 'keys' : 'temporary keys'};
  }
  if (section.credential_process !== undefined) return {kind: 'process'};
  return section.login_session === undefined ? undefined : {kind: 'login'};
}

/** The kind of the keys in variables; `AWS_CREDENTIAL_EXPIRATION` is what `aws configure export-credentials` sets. */
export function environmentKind(environment: NodeJS.ProcessEnv): CredentialKind {
  const temporary = (environment.AWS_SESSION_TOKEN ?? '') !== '';
  const expiresAt = Date.parse(environment.AWS_CREDENTIAL_EXPIRATION ?? '');
  return {
    kind: temporary ? 'temporary keys' : 'keys',
    ...(temporary && !Number.isNaN(expiresAt) && {expiresAt}),
  };
}

/** When the login ends, as the aws CLI has noted it; a token that is renewed by itself has no end that is worth telling. */
async function ssoLoginEnd(login: string): Promise<number | undefined> {
  const file = join(homedir(), '.aws/sso/cache', `${createHash('sha1').update(login).digest('hex')}.json`);
  try {
    const {expiresAt, refreshToken} = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    const end = Date.parse(String(expiresAt));
    return refreshToken !== undefined || Number.isNaN(end) ? undefined : end;
  } catch {
    return undefined;
  }
}
