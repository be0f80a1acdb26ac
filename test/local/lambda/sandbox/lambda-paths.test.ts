import {describe, expect, test} from 'vitest';
import {isPlainPath, namesPaths, rewritePaths} from '../../../../src/local/lambda/sandbox/lambda-paths.ts';
import {refusalText} from '../../../../src/local/lambda/sandbox/refusal.ts';

const folders = {opt: '/here/o', task: '/here/t'};

test.each([
  ['#!/opt/bin/tool -x', '#!/here/o/bin/tool -x'],
  ['cat "/opt/config"', 'cat "/here/o/config"'],
  ["cd /opt; ls '/opt'", "cd /here/o; ls '/here/o'"],
  ['PATH=$PATH:/opt/bin:/opt', 'PATH=$PATH:/here/o/bin:/here/o'],
  ['exec node /var/task/index.js >/opt/x', 'exec node /here/t/index.js >/here/o/x'],
  ['/usr/local/opt/x ./opt/x ../opt/x ~/opt/x', '/usr/local/opt/x ./opt/x ../opt/x ~/opt/x'],
  ['/optional /opt-2/x /opt.d /var/tasks', '/optional /opt-2/x /opt.d /var/tasks'],
  ['$ROOT/opt/x "$\x7bROOT}/opt/x"', '$ROOT/opt/x "$\x7bROOT}/opt/x"'],
  ['/tmp/x stays', '/tmp/x stays'],
])('rewritePaths %s', (text, expected) => expect(rewritePaths(text, folders)).toBe(expected));

test.each([
  ['\0\u0001/opt/config\0', true],
  ['"/var/task/x"', true],
  ['installs to /opt/', false],
  ['/usr/opt/x', false],
])('namesPaths %j', (text, expected) => expect(namesPaths(text)).toBe(expected));

test.each([
  ['/tmp/lifecycle-local-x1/a_b', true],
  ['/tmp/with blank', false],
  ["/tmp/o'clock", false],
  ['/tmp/$HOME', false],
])('isPlainPath %s', (path, expected) => expect(isPlainPath(path)).toBe(expected));

describe('refusalText says what to do', () => {
  test.each([
    ['unshare: unshare failed: No space left on device', /user.max_user_namespaces/],
    ['unshare: write failed /proc/self/uid_map: Operation not permitted', /apparmor_restrict_unprivileged_userns=0/],
    ['mount: /opt: permission denied.', /apparmor_restrict/],
    ['unshare: unshare failed: Operation not permitted', /seccomp=unconfined/],
    ["unshare: unrecognized option '--kill-child'", /util-linux/],
    ['spawn setpriv ENOENT', /util-linux/],
    ['something else\nof two lines', /^something else of two lines$/],
  ])('%s', (said, expected) => expect(refusalText(said)).toMatch(expected));
});
