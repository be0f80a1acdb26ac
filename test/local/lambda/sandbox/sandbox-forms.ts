import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createEnvironmentFactory} from '../../../../src/local/lambda/environment/create.ts';
import {defaultSettings} from '../../../../src/local/settings.ts';

type Form = 'portable' | 'namespaces';

/** Both forms of the sandbox, and why a test of one must be skipped here: for what is about the forms themselves. */
export async function sandboxForms(): Promise<{sandbox: Form; refusal: string | undefined}[]> {
  const refusal = await refusalOfNamespaces();
  if (refusal !== undefined) console.log(`skipped where namespaces are needed: ${refusal}`);
  return [
    {sandbox: 'portable', refusal: undefined},
    {sandbox: 'namespaces', refusal},
  ];
}

/**
 * The form for tests that one form is enough for: the one this machine takes by itself, or that of `LIFECYCLE_FORM`.
 * The exhaustive tier runs them in both.
 */
export async function sandboxForm(): Promise<Form> {
  const asked = process.env.LIFECYCLE_FORM;
  if (asked !== undefined && asked !== 'portable' && asked !== 'namespaces') {
    throw new Error(`LIFECYCLE_FORM is portable or namespaces, not ${asked}.`);
  }
  if (asked === 'portable') return 'portable';
  const refusal = await refusalOfNamespaces();
  if (refusal === undefined) return 'namespaces';
  if (asked) console.log(`portable instead of namespaces: ${refusal}`);
  return 'portable';
}

async function refusalOfNamespaces(): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-forms-'));
  const notices: string[] = [];
  const factory = await createEnvironmentFactory({
    settings: defaultSettings,
    folder,
    onNotice: text => notices.push(text),
  });
  await factory.close();
  await rm(folder, {recursive: true, force: true});
  return factory.sandbox === 'namespaces' ? undefined : notices.join(' ');
}
