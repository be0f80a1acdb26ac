import {loadSharedConfigFiles} from '@smithy/core/config';

/** The profiles of the AWS config and credentials files, by name; of each only its region is given out. */
export async function listProfiles(): Promise<{name: string; region?: string}[]> {
  const {configFile, credentialsFile} = await loadSharedConfigFiles({ignoreCache: true});
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)].filter(isProfile));
  return [...names].sort(byName).map(name => {
    const region = configFile[name]?.region ?? credentialsFile[name]?.region;
    return {name, ...(region !== undefined && {region})};
  });
}

/** `[sso-session x]` and `[services x]` come out of the same file as `sso-session.x` and `services.x`. */
function isProfile(section: string): boolean {
  return !/^(sso-session|services)\./.test(section);
}

function byName(a: string, b: string): number {
  if (a === 'default' || b === 'default') return a === 'default' ? -1 : 1;
  return a < b ? -1 : 1;
}
