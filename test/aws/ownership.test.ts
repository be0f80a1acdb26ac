import {describe, expect, it} from 'vitest';
import {ownership} from '../../src/aws/ownership.ts';
import {fromTagList, layerMarker, layerStack, stackTags, toTagList} from '../../src/aws/tags.ts';

describe('ownership', () => {
  it.each([
    [undefined, 'not made by lifecycle-tui'],
    [{}, 'not made by lifecycle-tui'],
    [{'lifecycle-tui:stack': 'alice'}, 'not made by lifecycle-tui'],
    [{'lifecycle-tui:managed': 'false', 'lifecycle-tui:stack': 'alice'}, 'not made by lifecycle-tui'],
    [{'lifecycle-tui:managed': 'true'}, 'an unnamed stack'],
    [stackTags('bob', 'table'), 'stack bob'],
  ])('%j is not of stack alice', (tags, owner) => {
    expect(ownership(tags, 'alice')).toMatchObject({ours: false, owner: expect.stringContaining(owner)});
  });

  it('knows its own tags, also as AWS lists them', () => {
    const tags = fromTagList(toTagList(stackTags('alice', 'role')));
    expect(ownership(tags, 'alice')).toEqual({ours: true});
  });

  it('uses only characters that every service takes in tags', () => {
    for (const [key, value] of Object.entries(stackTags('alice', 'logs-target'))) {
      expect(`${key}${value}`).toMatch(/^[A-Za-z0-9_.:/=+@-]+$/);
    }
  });
});

describe('layer versions', () => {
  const sha256 = Buffer.alloc(32, 7).toString('base64');

  it('say whose they are in a description of at most 256 characters', () => {
    const marker = layerMarker('a'.repeat(20), sha256);
    expect(marker.length).toBeLessThanOrEqual(256);
    expect(layerStack(marker)).toBe('a'.repeat(20));
  });

  it.each([undefined, '', 'lifecycle-tui', 'x lifecycle-tui stack=a sha256=00', 'lifecycle-tui stack=a sha256=zz'])(
    'are nobody’s with the description %j',
    description => {
      expect(layerStack(description)).toBeUndefined();
    },
  );
});
