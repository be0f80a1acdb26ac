import {type ChildProcess, spawn} from 'node:child_process';

// Reads "+group" and "-group" until the last holder of the pipe has gone, then ends what is still listed, and
// whatever carries the token in its environment (daemons in other sessions), and removes the folder.
const script = `
while read -r l; do
  case $l in
    +*) p="$p \${l#+} " ;;
    -*) case $p in *" \${l#-} "*) p="\${p%% \${l#-} *} \${p#* \${l#-} }" ;; esac ;;
  esac
done
for n in $p; do kill -KILL "-$n"; done
i=0
while [ $i -lt 50 ]; do
  i=$((i + 1))
  f=$(grep -lsF "$1" /proc/[0-9]*/environ)
  [ -n "$f" ] || break
  for e in $f; do e=\${e#/proc/}; kill -KILL "\${e%/environ}"; done
done
rm -rf -- "$2"
`;

/** One per host process: it outlives a host that dies without a word, and then ends all it left. */
export type Watchdog = {
  /** The pipe that children register themselves in (`echo "+$$"`), before they become what they shall be. */
  readonly pipe: NonNullable<ChildProcess['stdin']>;
  /** A group has ended: its number may be used again by others. */
  forget(group: number): void;
  /** Ends what is left and the watchdog itself. */
  close(): Promise<void>;
};

/** `token` is looked for in `/proc/<pid>/environ` (Linux), `folder` is removed at the end. */
export function startWatchdog(token: string, folder: string): Watchdog {
  let closing = false;
  let child = start();

  function start(): ChildProcess {
    const started = spawn('sh', ['-c', script, 'lifecycle-watchdog', token, folder], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      cwd: '/',
      env: {PATH: process.env.PATH ?? '/usr/bin:/bin'},
    });
    started.stdin!.on('error', () => {});
    started.on('error', () => {});
    started.on('exit', () => {
      if (!closing) child = start();
    });
    return started;
  }

  return {
    get pipe() {
      return child.stdin!;
    },
    forget: group => {
      if (child.stdin!.writable) child.stdin!.write(`-${group}\n`);
    },
    close: () =>
      new Promise(resolve => {
        closing = true;
        child.on('exit', () => resolve());
        child.stdin!.end();
      }),
  };
}
