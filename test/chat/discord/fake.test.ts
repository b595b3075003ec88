import { describe, expect, it } from 'vitest';

import { findSignals, readDiscord } from '../../fakes/discord-markdown.ts';

/** Merged by look, because the reader takes plain text one character at a time. */
function looksOf(source: string): [string, string][] {
  const merged: [string, string][] = [];
  for (const { text, looks } of readDiscord(source)) {
    const look = looks.join(' ');
    const last = merged.at(-1);
    if (last?.[0] === look) last[1] += text;
    else merged.push([look, text]);
  }
  return merged.filter(([, text]) => text.trim() !== '');
}

describe('the model of Discord', () => {
  it.each<[string, [string, string][]]>([
    [
      'a **b** *c* _d_',
      [
        ['', 'a '],
        ['bold', 'b'],
        ['italic', 'c'],
        ['italic', 'd'],
      ],
    ],
    ['***both***', [['italic bold', 'both']]],
    [
      '*foo **bar* baz**',
      [
        ['italic', 'foo **bar'],
        ['', ' baz**'],
      ],
    ],
    [
      '**foo *bar** baz*',
      [
        ['bold', 'foo *bar'],
        ['', ' baz*'],
      ],
    ],
    ['* a', [['item', 'a']]],
    ['a * b*', [['', 'a * b*']]],
    [
      'snake_case_',
      [
        ['', 'snake'],
        ['italic', 'case'],
      ],
    ],
    ['snake_case_here', [['', 'snake_case_here']]],
    [
      '__u__ ~~s~~ ||p||',
      [
        ['underline', 'u'],
        ['strike', 's'],
        ['spoiler', 'p'],
      ],
    ],
    [String.raw`\*a\* \_b\_ \\`, [['', String.raw`*a* _b_ \ `.trim()]]],
    [String.raw`\foo`, [['', String.raw`\foo`]]],
    [
      '`\\` ``a`b``',
      [
        ['code', '\\'],
        ['code', 'a`b'],
      ],
    ],
    [
      '# a #\nb',
      [
        ['heading', 'a'],
        ['', 'b'],
      ],
    ],
    ['a\n # b', [['', 'a\n # b']]],
    [
      '*# a*b',
      [
        ['italic heading', 'a'],
        ['', 'b'],
      ],
    ],
    ['-# a', [['small', 'a']]],
    [
      '> a\n> b\nc',
      [
        ['quote', 'a\nb'],
        ['', 'c'],
      ],
    ],
    ['> > a', [['quote', '> a']]],
    ['a > b', [['', 'a > b']]],
    [
      '- a\n  - b\n- c',
      [
        ['item', 'a'],
        ['item item', 'b'],
        ['item', 'c'],
      ],
    ],
    [
      '1. a\n   b\nc',
      [
        ['item', 'a\nb'],
        ['', 'c'],
      ],
    ],
    ['- # a', [['item', '# a']]],
    ['- > a', [['item quote', 'a']]],
    [
      '<@1> <#2> <@&3> @here',
      [
        ['mention', '<@1>'],
        ['mention', '<#2>'],
        ['mention', '<@&3>'],
        ['mention', '@here'],
      ],
    ],
    [
      '<t:1:R> </ask:1> <id:customize>',
      [
        ['time', '<t:1:R>'],
        ['command', '</ask:1>'],
        ['mention', '<id:customize>'],
      ],
    ],
    [
      '<a:b:1> :smile:',
      [
        ['emoji', '<a:b:1>'],
        ['emoji', ':smile:'],
      ],
    ],
    [
      'https://example.com/a_b_.',
      [
        ['link https://example.com/a_b_', 'https://example.com/a_b_'],
        ['', '.'],
      ],
    ],
    ['<https://example.com>', [['link https://example.com', 'https://example.com']]],
    ['[[1]](<https://example.com/a_(b)>)', [['link https://example.com/a_(b)', '[1]']]],
    ['[*a*](https://example.com)', [['link https://example.com italic', 'a']]],
    [
      String.raw`[\*a\*](https://example.com)`,
      [
        ['link https://example.com', '\\'],
        ['link https://example.com italic', 'a\\'],
      ],
    ],
  ])('reads %s', (source, looks) => {
    expect(looksOf(source).map(([look, text]) => [look, text.trim()])).toEqual(
      looks.map(([look, text]) => [look, text.trim()]),
    );
  });

  it.each([
    '[https://example.org](<https://example.com>)',
    '[😀](<https://example.com>)',
    '[a](<steam://b>)',
  ])('shows %s as it is written', (source) => expect(looksOf(source)).toEqual([['', source]]));

  it('finds what acts whatever stands around it', () => {
    expect(findSignals(String.raw`\@everyone \<@12> discord.gg/abc`)).toHaveLength(3);
    expect(findSignals(`@\u2060everyone <https://example.com>`)).toEqual([]);
  });
});
