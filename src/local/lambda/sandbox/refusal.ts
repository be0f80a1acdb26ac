/** What a refusal of namespaces means, and what can be done about it. */
const remedies: readonly (readonly [pattern: RegExp, remedy: string])[] = [
  [/No space left on device/, 'user namespaces are switched off; sudo sysctl user.max_user_namespaces=10000'],
  [
    /uid_map|gid_map|setgroups|mount.*(?:denied|permitted)/i,
    'AppArmor forbids them; sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0',
  ],
  [
    /unshare failed: Operation not permitted/,
    'forbidden, as in most containers; docker run --security-opt seccomp=unconfined',
  ],
  [/ENOENT|unrecognized option|invalid option|not found/, 'a newer util-linux is needed; apt or apk add util-linux'],
];

/** One line for the user: what the system said, and the way out where one is known. */
export function refusalText(problem: string): string {
  const said = problem.replace(/\s+/g, ' ').slice(0, 160);
  const remedy = remedies.find(([pattern]) => pattern.test(said))?.[1];
  return remedy ? `${said}: ${remedy}` : said;
}
