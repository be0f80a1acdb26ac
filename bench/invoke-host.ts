// The embedded AWS with one function, for a bench: `sandbox`, whether to freeze, and the code's file are its arguments.
// Says its endpoint, and ends with its standard input. Exits at once where the sandbox is not to be had.
import {mkdtempSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {CreateFunctionCommand, LambdaClient, waitUntilFunctionActiveV2} from '@aws-sdk/client-lambda';
import {ZipFile} from 'yazl';
import {startLocalAws} from '../src/local/start.ts';

const [sandbox, freeze, file] = process.argv.slice(2);
const programs = mkdtempSync(join(tmpdir(), 'bench-programs-'));
if (sandbox === 'portable') {
  // Without unshare there are no namespaces.
  for (const name of ['sh', 'grep', 'rm', 'cat', 'sleep']) symlinkSync(`/bin/${name}`, join(programs, name));
  process.env.PATH = programs;
}
const local = await startLocalAws({port: 0, settings: {freeze: freeze === 'true', idleMs: 600_000}});
const config = {
  endpoint: local.endpoint,
  region: 'us-east-1',
  credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
};
const [iam, lambda] = [new IAMClient(config), new LambdaClient(config)];
const trust = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};
const AssumeRolePolicyDocument = JSON.stringify({Version: '2012-10-17', Statement: [trust]});
const {Role} = await iam.send(new CreateRoleCommand({RoleName: 'bench', AssumeRolePolicyDocument}));
const zip = new ZipFile();
zip.addBuffer(readFileSync(file!), 'handler.js');
zip.end();
const chunks: Buffer[] = [];
for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) chunks.push(chunk);
await lambda.send(
  new CreateFunctionCommand({
    FunctionName: 'echo',
    Runtime: 'nodejs20.x',
    Role: Role?.Arn,
    Handler: 'handler.handler',
    Code: {ZipFile: Buffer.concat(chunks)},
  }),
);
await waitUntilFunctionActiveV2({client: lambda, maxWaitTime: 20, minDelay: 1, maxDelay: 1}, {FunctionName: 'echo'});
const close = async () => {
  await local.close();
  rmSync(programs, {recursive: true, force: true});
  process.exit();
};
process.stdin.on('end', close).resume();
if (local.sandbox === sandbox) console.log(local.endpoint);
else await close();
