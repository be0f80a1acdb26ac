const patienceMs = 100;

/**
 * Stops as Ctrl-Z does, until the shell continues it. The whole group stops, so that a wrapper such as npx stops too and
 * the shell gets the terminal. Without a shell that could continue it the system does not stop it: then it goes on.
 */
export function stopUntilContinued(): Promise<void> {
  return new Promise(resolve => {
    const goOn = () => {
      process.off('SIGCONT', goOn);
      clearTimeout(timer);
      resolve();
    };
    // No timer runs while stopped; one that runs says that this is over, or never was.
    const timer = setTimeout(goOn, patienceMs);
    process.once('SIGCONT', goOn);
    process.kill(0, 'SIGTSTP');
  });
}
