import {CreateRoleRequest$, SimulatePrincipalPolicyRequest$, UntagRoleRequest$} from '@aws-sdk/client-iam';
import {NormalizedSchema} from '@smithy/core/schema';
import {expect, it} from 'vitest';
import {parseForm, readForm} from '../../../src/local/wire/form.ts';

const read = (schema: Parameters<typeof NormalizedSchema.of>[0], form: string) =>
  readForm(NormalizedSchema.of(schema), parseForm(form));

it.each([
  ['scalars', 'RoleName=a%20b&MaxSessionDuration=3600', {RoleName: 'a b', MaxSessionDuration: 3600}],
  ['unknown members', 'Action=x&Version=y&Nonsense.member.1=z', {}],
  ['a list of structures', 'Tags.member.1.Key=a&Tags.member.1.Value=b%26c', {Tags: [{Key: 'a', Value: 'b&c'}]}],
  [
    'an order by number, not by place',
    'Tags.member.10.Key=c&Tags.member.2.Key=b&Tags.member.1.Key=a',
    {
      Tags: [{Key: 'a'}, {Key: 'b'}, {Key: 'c'}],
    },
  ],
  ['an empty list', 'Tags=', {Tags: []}],
  ['an empty text', 'Description=', {Description: ''}],
  ['numbers that are none', 'Tags.member.x.Key=a&Tags.member.99999999.Key=a', {Tags: []}],
])('reads %s', (_, form, expected) => {
  expect(read(CreateRoleRequest$, form)).toEqual(expected);
});

it('reads lists of text, and lists in lists', () => {
  expect(read(UntagRoleRequest$, 'RoleName=r&TagKeys.member.1=a&TagKeys.member.2=')).toEqual({
    RoleName: 'r',
    TagKeys: ['a', ''],
  });
  const form = 'ContextEntries.member.1.ContextKeyName=k&ContextEntries.member.1.ContextKeyValues.member.1=v';
  expect(read(SimulatePrincipalPolicyRequest$, form)).toEqual({
    ContextEntries: [{ContextKeyName: 'k', ContextKeyValues: ['v']}],
  });
});

it('refuses a number that is none, and survives endless names', () => {
  expect(() => read(CreateRoleRequest$, 'MaxSessionDuration=x')).toThrow(
    expect.objectContaining({code: 'SerializationException'}),
  );
  expect(read(CreateRoleRequest$, `${'a.'.repeat(100_000)}=x&RoleName=r`)).toEqual({RoleName: 'r'});
});
