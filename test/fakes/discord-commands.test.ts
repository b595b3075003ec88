import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ask } from './discord-asked.ts';
import { checkCommands } from './discord-command-rules.ts';
import { startDiscord } from './discord.ts';

const long = (length: number) => 'a'.repeat(length);

describe('commands that Discord refuses', () => {
  const command = (fields: object = {}) => ({ name: 'ask', description: 'a', ...fields });
  const options = (...list: object[]) => command({ options: list });
  const words = (fields: object = {}) => ({ type: 3, name: 'a', description: 'a', ...fields });
  const sub = (fields: object = {}) => ({ type: 1, name: 'a', description: 'a', ...fields });

  async function registered(...commands: object[]): Promise<string[]> {
    const discord = await startDiscord();
    const path = `/applications/${discord.world.bot.id}/commands`;
    return ask(discord, 'PUT', path, commands);
  }

  it('are none of these', async () => {
    const full = options(
      words({ required: true, choices: [{ name: 'a', value: 'a' }] }),
      words({ name: '问题', autocomplete: true, name_localizations: { 'zh-CN': '问' } }),
      { type: 4, name: 'n', description: 'a', min_value: 1, max_value: 5 },
    );
    const nested = command({
      name: 'report',
      contexts: [0, 1],
      options: [{ ...sub(), type: 2, options: [sub({ options: [words()] })] }],
    });
    expect(await registered(full, nested, { type: 3, name: 'Ask about' })).toEqual(['fine']);
  });

  it.each<[string, object, string]>([
    ['a name in capitals', command({ name: 'Ask' }), '0.name APPLICATION_COMMAND_INVALID_NAME'],
    ['a name with a space', command({ name: 'a b' }), '0.name APPLICATION_COMMAND_INVALID_NAME'],
    [
      'a name of 33 characters',
      command({ name: long(33) }),
      '0.name APPLICATION_COMMAND_INVALID_NAME',
    ],
    ['no description', { name: 'ask' }, '0.description BASE_TYPE_REQUIRED'],
    [
      'a description of 101 characters',
      command({ description: long(101) }),
      '0.description BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an unknown language',
      command({ name_localizations: { zh: '问' } }),
      '0.name_localizations.zh FAKE_UNKNOWN_FIELD',
    ],
    [
      'a bad name in another language',
      command({ name_localizations: { fr: 'De Quoi' } }),
      '0.name_localizations.fr APPLICATION_COMMAND_INVALID_NAME',
    ],
    [
      '26 options',
      options(...Array.from({ length: 26 }, (_, at) => words({ name: `${at}` }))),
      '0.options BASE_TYPE_MAX_LENGTH',
    ],
    [
      'an option twice',
      options(words(), words()),
      '0.options.1 APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
    ],
    [
      'a required option after an optional one',
      options(words(), words({ name: 'b', required: true })),
      '0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      '26 choices',
      options(
        words({
          choices: Array.from({ length: 26 }, (_, at) => ({ name: `${at}`, value: `${at}` })),
        }),
      ),
      '0.options.0.choices BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a subcommand beside an option',
      options(sub(), words({ name: 'b' })),
      '0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ],
    ['an option of no kind', options(words({ type: 40 })), '0.options.0 UNION_TYPE_CHOICES'],
    [
      'more than 8000 characters',
      options(
        ...Array.from({ length: 25 }, (_, at) =>
          words({
            name: `a${at}`,
            choices: Array.from({ length: 4 }, (__, index) => ({
              name: `${index}${long(90)}`,
              value: 'a',
            })),
          }),
        ),
      ),
      '0 APPLICATION_COMMAND_TOO_LARGE',
    ],
  ])('have %s', async (_, body, complaint) => {
    expect(await registered(body)).toContain(complaint);
  });

  it('have one name twice', async () => {
    expect(await registered(command(), command())).toEqual([
      '1 APPLICATION_COMMANDS_DUPLICATE_NAME',
    ]);
  });

  it('are none that keep to the pattern, in any letters', () => {
    const letters = fc.stringMatching(/^[a-zé0-9_'-]{1,32}$/);
    const names = fc.oneof(letters, fc.constantFrom('问', 'спроси', 'पूछो', 'ถาม'));
    fc.assert(
      fc.property(names, (name) => {
        expect(checkCommands([{ name, description: 'a' }])).toEqual([]);
      }),
    );
  });
});
