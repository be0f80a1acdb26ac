import {loadSharedConfigFiles} from '@smithy/core/config';
import {type CredentialKind, credentialKind} from './credential-kind.ts';

type Profile = {name: string; region?: string; credentials?: CredentialKind};

/** The profiles of the AWS config and credentials files, by name; of each only its region and how it signs in are given out. */
export async function listProfiles(): Promise<Profile[]> {
  const {configFile, credentialsFile} = await loadSharedConfigFiles({ignoreCache: true});
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)].filter(isProfile));
  const sections = Object.fromEntries([...names].map(name => [name, {...credentialsFile[name], ...configFile[name]}]));
  return Promise.all(
    [...names].sort(byName).map(async name => {
      const region = configFile[name]?.region ?? credentialsFile[name]?.region;
      const credentials = await credentialKind(name, sections);
      return {name, ...(region !== undefined && {region}), ...(credentials && {credentials})};
    }),
  );
}

/** `[sso-session x]` and `[services x]` come out of the same file as `sso-session.x` and `services.x`. */
function isProfile(section: string): boolean {
  return !/^(sso-session|services)\./.test(section);
}

function byName(a: string, b: string): number {
  if (a === 'default' || b === 'default') return a === 'default' ? -1 : 1;
  return a < b ? -1 : 1;
}
