import {eventually, type lambdaBench, type Plan} from './lambda-bench.ts';

/** A bootstrap or an extension that does nothing by itself: the test speaks for it over real HTTP. */
export const still = '#!/bin/sh\necho "api $AWS_LAMBDA_RUNTIME_API"\nexec sleep 1000\n';

export type ApiAnswer = {status: number; headers: Headers; text: string; errorType?: string; errorMessage?: string};

/** Starts an environment whose runtime and extensions are still, and calls its APIs for them. */
export async function speakFor(
  bench: Awaited<ReturnType<typeof lambdaBench>>,
  layers: Record<string, string>,
  spec: Plan['spec'] = {},
) {
  const started = await bench.prepare({
    code: {'bootstrap!': still},
    layers,
    spec: {runtime: 'provided.al2023', ...spec},
  });
  const init = started.environment.init();
  await eventually(() => started.lines.some(line => line.startsWith('api ')), 'a process tells the address');
  const api = started.lines.find(line => line.startsWith('api '))!.slice('api '.length);
  const call = async (
    method: string,
    path: string,
    more: {headers?: Record<string, string>; body?: string} = {},
  ): Promise<ApiAnswer> => {
    const answer = await fetch(`http://${api}${path}`, {method, ...more});
    const text = await answer.text();
    const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, string>) : undefined;
    return {...json, status: answer.status, headers: answer.headers, text};
  };
  return {...started, init, call};
}
