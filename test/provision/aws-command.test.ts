import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {awsCommand, shellWord} from '../../src/provision/aws-command.ts';

const zip = new Uint8Array([1]);
const files = new Map([[zip, '/a b/target.zip']]);
const placeholders = new Map([['unknownapi', 'API_ID']]);

test.each<[string, string, object, string]>([
  ['iam', 'GetRole', {RoleName: 'r'}, 'aws iam get-role --role-name r'],
  [
    'dynamodb',
    'UpdateTimeToLive',
    {TableName: 't', TimeToLiveSpecification: {Enabled: true}},
    `aws dynamodb update-time-to-live --table-name t --time-to-live-specification '{"Enabled":true}'`,
  ],
  [
    'apigateway',
    'CreateAuthorizer',
    {restApiId: 'unknownapi', authorizerResultTtlInSeconds: 0},
    'aws apigateway create-authorizer --rest-api-id "$API_ID" --authorizer-result-ttl-in-seconds 0',
  ],
  [
    'lambda',
    'CreateFunction',
    {Code: {ZipFile: zip}, Publish: false, Layers: []},
    "aws lambda create-function --zip-file 'fileb:///a b/target.zip' --no-publish --layers '[]'",
  ],
  [
    'lambda',
    'PublishLayerVersion',
    {Content: {ZipFile: zip}, Marker: undefined},
    "aws lambda publish-layer-version --zip-file 'fileb:///a b/target.zip'",
  ],
  [
    'lambda',
    'AddPermission',
    {StatementId: 'apigw-unknownapi', SourceArn: 'arn:x:unknownapi/*/GET/hello'},
    `aws lambda add-permission --statement-id apigw-"$API_ID" --source-arn arn:x:"$API_ID"'/*/GET/hello'`,
  ],
])('%s %s', (service, operation, input, command) => {
  expect(awsCommand({service, operation, input}, {files, placeholders})).toBe(command);
});

test.each(["it's", '$HOME `id` "x" \\', 'two\nlines', '*', '', '{"a":"unknownapi"}'])('sh reads %j as it is', text => {
  const script = `API_ID=unknownapi; printf %s ${shellWord(text, placeholders)}`;
  expect(execFileSync('sh', ['-c', script], {encoding: 'utf8'})).toBe(text);
});

test('bytes without a file are an error', () => {
  expect(() => awsCommand({service: 'lambda', operation: 'X', input: {ZipFile: zip}})).toThrow('ZipFile');
});
