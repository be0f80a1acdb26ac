import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createEnvironmentFactory} from '../../../../src/local/lambda/environment/create.ts';
import {defaultSettings} from '../../../../src/local/settings.ts';

/** Both forms of the sandbox, and why a test of one must be skipped here. */
export async function sandboxForms(): Promise<{sandbox: 'portable' | 'namespaces'; refusal: string | undefined}[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-forms-'));
  const notices: string[] = [];
  const factory = await createEnvironmentFactory({
    settings: defaultSettings,
    folder,
    onNotice: text => notices.push(text),
  });
  await factory.close();
  await rm(folder, {recursive: true, force: true});
  const refusal = factory.sandbox === 'namespaces' ? undefined : notices.join(' ');
  if (refusal !== undefined) console.log(`skipped where namespaces are needed: ${refusal}`);
  return [
    {sandbox: 'portable', refusal: undefined},
    {sandbox: 'namespaces', refusal},
  ];
}
