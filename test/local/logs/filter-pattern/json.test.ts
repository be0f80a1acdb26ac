import {describe, expect, it} from 'vitest';
import {parseFilterPattern} from '../../../../src/local/logs/filter-pattern/parse.ts';

const event = JSON.stringify({
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  user: {id: 1, email: 'John.Stiles@example.com'},
  users: [
    {id: 2, email: 'John.Doe@example.com'},
    {id: 3, email: 'Jane.Doe@example.com'},
  ],
  actions: ['GET', 'PUT', 'DELETE'],
  coordinates: [
    [0, 1, 2],
    [4, 5, 6],
  ],
  latency: 512.5,
  tiny: 0.001,
  status: '404',
  nothing: null,
  flag: true,
  off: false,
  literal: 'Ev*ent',
  'cluster.name': 'c',
  'a-b_c': 'x',
  text: 'say "hi" \\ %',
  one: [true],
});

describe('JSON patterns', () => {
  it.each([
    ['{ $.eventType = "UpdateTrail" }', true],
    ['{$.eventType=UpdateTrail}', true],
    ['{ $.eventType = "updatetrail" }', false],
    ['{ $.eventType != "UpdateTrail" }', false],
    ['{ $.sourceIPAddress != 123.123.* }', true],
    ['{ $.sourceIPAddress = 111.* }', true],
    ['{ $.eventType = *Trail }', true],
    ['{ $.eventType = "*date*" }', true],
    ['{ $.eventType = * }', true],
    ['{ $.latency = * }', true],
    ['{ $.absent = * }', false],
    ['{ $.absent != x }', false],
    ['{ $.users != 1 }', false],
    ['{ $.users = 1 }', false],
    ['{ $.user = * }', false],
    ['{ $.nothing = * }', false],
    ['{ $.literal = Ev*ent }', true],
    ['{ $.literal = E*t }', false],
    ['{ $.actions[0] = "GET" }', true],
    ['{ $.actions[3] = "GET" }', false],
    ['{ $.user[0] = 1 }', false],
    ['{ $.actions.length = 3 }', false],
    ['{ $.users[1].id = 3 }', true],
    ['{ $.coordinates[1][0] = 4 }', true],
    ["{ $.['cluster.name'] = c }", true],
    ['{ $["cluster.name"] = c }', true],
    ['{ $.a-b_c = x }', true],
    ['{ $.text = "say \\"hi\\" \\\\ %" }', true],
    ['{ $.nothing IS NULL }', true],
    ['{ $.absent IS NULL }', false],
    ['{ $.flag IS TRUE }', true],
    ['{ $.flag IS FALSE }', false],
    ['{ $.off IS FALSE }', true],
    ['{ $.one IS TRUE }', false],
    ['{ $.eventType IS TRUE }', false],
    ['{ $.absent NOT EXISTS }', true],
    ['{ $.users[5].id NOT EXISTS }', true],
    ['{ $.nothing NOT EXISTS }', false],
    ['{ $.latency >= 500 }', true],
    ['{ $.latency > +512.5 }', false],
    ['{ $.latency <= 512.5 }', true],
    ['{ $.latency < 10e3 }', true],
    ['{ $.latency = 5.125e2 }', true],
    ['{ $.tiny <= 1e-3 }', true],
    ['{ $.tiny > -1 }', true],
    ['{ $.latency != 500 }', true],
    ['{ $.status = 404 }', true],
    ['{ $.status > 400 }', false],
    ['{ $.user.id = "1" }', true],
    ['{ $.sourceIPAddress = %^1+\\.\\d{3}\\.% }', true],
    ['{ $.sourceIPAddress != %^1+\\.% }', false],
    ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', true],
    ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', false],
    ['{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }', true],
    [
      '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }',
      false,
    ],
    ['{ $.eventType = "U*" && ($.latency >= 3 || $.off IS TRUE) && $.z NOT EXISTS }', true],
    ['{(($.flag IS TRUE)&&($.off IS FALSE))}', true],
    ['{ $.constructor NOT EXISTS }', true],
  ])('%s: %s', (pattern, expected) => {
    expect(parseFilterPattern(pattern)(event)).toBe(expected);
  });

  it.each(['plain text', '', '[1]', '{"a":', '"x"', `text ${event}`])(
    'lets no line pass that is no object: %.20s',
    line => {
      expect(parseFilterPattern('{ $.absent NOT EXISTS }')(line)).toBe(false);
    },
  );

  it.each([
    '{}',
    '{ }',
    '{ $ = 1 }',
    '{ $. = 1 }',
    '{ $[0] = 1 }',
    '{ status = "401" }',
    '{ $.a }',
    '{ $.a = }',
    '{ $.a == 1 }',
    '{ $.a = b c }',
    '{ $.a = "open }',
    '{ $.a = @x }',
    '{ $.a = $b }',
    '{ $.a > x }',
    '{ $.a < "1" }',
    '{ $.a >= %1% }',
    '{ $.a[x] = 1 }',
    '{ $.a[-1] = 1 }',
    '{ $.a IS 1 }',
    '{ $.a IS NULLS }',
    '{ $.a EXISTS }',
    '{ ($.a = 1 }',
    '{ $.a = 1) }',
    '{ $.a = 1 && }',
    '{ || $.a = 1 }',
    '{ $.a = 1 & $.b = 2 }',
    '{ $.a = %(x)% }',
    '{ $.a = %x% || $.a = %y% || $.a = %z% }',
  ])('refuses %s', pattern => {
    expect(() => parseFilterPattern(pattern)).toThrow('Invalid filter pattern');
  });

  it('says what an open brace needs', () => {
    expect(() => parseFilterPattern('{ $.a = 1')).toThrow("If a filter pattern starts with '{' it must end with '}'");
  });
});
