import {grouped, type Values} from './members.ts';

/**
 * The cookies in `name=value` texts: one each (the `cookies` of payload format 2.0), or several with `;` between (the
 * Cookie header). Values as they were sent, without quotes; what has no name is left out.
 */
export function readCookies(texts: readonly string[] = []): Values {
  return grouped(
    texts
      .flatMap(text => text.split(';'))
      .map(pair => {
        const at = pair.indexOf('=');
        return [
          pair.slice(0, Math.max(0, at)).trim(),
          pair
            .slice(at + 1)
            .trim()
            .replace(/^"(.*)"$/, '$1'),
        ] as const;
      })
      .filter(([name]) => name !== ''),
  );
}
