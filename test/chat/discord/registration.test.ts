import { describe, expect, it } from 'vitest';

import { commands } from '../../../commands/index.ts';
import {
  isRegistered,
  namedOptions,
  register,
  registrationsOf,
} from '../../../src/chat/discord/registration.ts';
import { startDiscord } from '../../fakes/discord.ts';
import { connect } from '../../fakes/discord-client.ts';

const registered = registrationsOf(commands);
const named = (name: string) => registered.find((each) => each.name === name);

describe('what is registered with Discord', () => {
  it('is every command by its name, in English and Chinese', () => {
    expect(registered.map(({ name }) => name)).toEqual(commands.map(({ name }) => name));
    expect(named('digest')).toMatchObject({
      description: 'Show a digest: the newest, or of a day',
      description_localizations: {
        'zh-CN': '查看日报：最新一期，或某一天的',
        'zh-TW': '查看日报：最新一期，或某一天的',
      },
    });
  });

  it('has options under the names of the help, completed where there is something to offer', () => {
    expect(named('digest')?.options).toMatchObject([
      { name: 'day', required: false, autocomplete: true },
      { name: 'topic', required: false, autocomplete: true },
    ]);
    expect(named('ask')?.options).toMatchObject([
      { name: 'question', required: true, autocomplete: false },
    ]);
    expect(named('help')?.options).toEqual([]);
  });

  it('asks first for what must be given', () => {
    expect(named('subscribe')?.options).toMatchObject([
      { name: 'topic', required: true },
      { name: 'hour', required: false },
      { name: 'language', required: false },
    ]);
  });

  it('falls back to the name in the program where the help has no word', () => {
    const section = commands.find(({ name }) => name === 'section');
    expect(section && namedOptions(section).map(({ name }) => name)).toEqual(['written']);
  });

  it('shows the commands of owners to administrators only', () => {
    expect(named('allow')?.default_member_permissions).toBe('8');
    expect(named('subscribe')?.default_member_permissions).toBeNull();
    expect(named('ask')?.default_member_permissions).toBeNull();
  });

  it('is the same in whatever order Discord tells it, and with what it adds', () => {
    const there = registered.toReversed().map((each, index) => ({
      ...each,
      id: String(index),
      version: '1',
      nsfw: false,
      contexts: each.contexts?.toReversed(),
    }));
    expect(isRegistered(registered, there)).toBe(true);
    expect(isRegistered(registered, there.slice(1))).toBe(false);
    expect(isRegistered(registered, [{ ...there[0], description: 'Other' }])).toBe(false);
    expect(isRegistered(registered, 'nonsense')).toBe(false);
  });
});

describe('registering', () => {
  it('writes once, and again only when something changed', async () => {
    const discord = await startDiscord();
    const { rest, application } = await connect(discord);
    const go = (some = commands) => register(rest, application.id, some);
    expect(await go()).toBe('registered');
    expect(discord.commands()).toHaveLength(commands.length);
    expect(await go()).toBe('unchanged');
    expect(await go(commands.slice(1))).toBe('registered');
    expect(discord.commands()).toHaveLength(commands.length - 1);
    const writes = discord.requests.filter(({ route }) => route.startsWith('PUT'));
    expect(writes).toHaveLength(2);
    expect(discord.refused).toEqual([]);
  });
});
