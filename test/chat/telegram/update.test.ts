import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readUpdate } from '../../../src/chat/telegram/update.ts';

const SELF = { id: 42, username: 'chorus_demo_bot' };
const KIM = { id: 7, is_bot: false, first_name: 'Kim', last_name: 'Demo' };
const PRIVATE = { id: 7, type: 'private' };
const GROUP = { id: -100_200, type: 'supergroup', title: 'A team' };

/** What a message is to us, in short: the words, or null. */
function wordsOf(message: object, chat: object = GROUP): string | null {
  const incoming = readUpdate({ message: { message_id: 5, from: KIM, chat, ...message } }, SELF);
  if (incoming?.kind !== 'heard' || incoming.heard.said.kind !== 'words') return null;
  return incoming.heard.said.words;
}

/** A text with the mentions in it, as Telegram marks them. */
function mentioning(text: string) {
  const entities = [...text.matchAll(/@\w+/g)].map(({ index, 0: { length } }) => {
    return { type: 'mention', offset: index, length };
  });
  return { text, entities };
}

it('takes a command that was copied from a message of ours', () => {
  expect(wordsOf({ text: '/\u2060digest 2026-\u206011-26' })).not.toBeNull();
});

it('takes no words of others for the speaker’s own, and ours without their marks', () => {
  const say = (fields: object) =>
    readUpdate(
      {
        update_id: 1,
        message: {
          message_id: 5,
          date: 1,
          chat: { id: 7, type: 'private', first_name: 'Ada' },
          from: { id: 7, is_bot: false, first_name: 'Ada' },
          text: '/deny telegram:7002',
          ...fields,
        },
      },
      { id: 99, username: 'chorus_demo_bot' },
    );
  expect(say({})?.kind).toBe('heard');
  expect(
    say({ forward_origin: { type: 'hidden_user', sender_user_name: 'M', date: 1 } }),
  ).toBeNull();
  expect(say({ via_bot: { id: 3, is_bot: true, first_name: 'B' } })).toBeNull();
});

describe('a message', () => {
  it('in a private chat is heard whatever it says, with who said it', () => {
    const message = { message_id: 5, from: KIM, chat: PRIVATE, text: 'and Lumen?' };
    expect(readUpdate({ update_id: 1, message }, SELF)).toEqual({
      kind: 'heard',
      heard: {
        channel: { platform: 'telegram', chat: '7', thread: null },
        title: 'Kim Demo',
        isPrivate: true,
        speaker: '7',
        said: { kind: 'words', words: 'and Lumen?' },
        messageId: '5',
        isEdit: false,
        repliesTo: null,
      },
      messageId: '5',
      answerIn: { platform: 'telegram', chat: '7', thread: null },
      query: null,
    });
  });

  it('in a group is heard when it is a command for everybody or for us', () => {
    expect(wordsOf({ text: '/digest yesterday' })).toBe('/digest yesterday');
    expect(wordsOf({ text: '/digest@Chorus_Demo_Bot' })).toBe('/digest@Chorus_Demo_Bot');
    expect(wordsOf({ text: '/digest@other_demo_bot' })).toBeNull();
    expect(wordsOf({ text: 'see /digest' })).toBeNull();
    expect(wordsOf({ text: 'good morning' })).toBeNull();
  });

  it('in a group is heard when it answers us, not when it answers others', () => {
    const reply = (id: number) => ({ message_id: 4, from: { id, is_bot: id === 42 } });
    expect(wordsOf({ text: 'why?', reply_to_message: reply(42) })).toBe('why?');
    expect(wordsOf({ text: 'why?', reply_to_message: reply(8) })).toBeNull();
    const topic = { ...reply(42), forum_topic_created: { name: 'News' } };
    expect(wordsOf({ text: 'why?', reply_to_message: topic })).toBeNull();
    const other = { text: '/help@other_demo_bot', reply_to_message: reply(42) };
    expect(wordsOf(other)).toBeNull();
  });

  it('in a group is heard when it mentions us, without the mention', () => {
    expect(wordsOf(mentioning('@chorus_demo_bot what is new?'))).toBe('what is new?');
    expect(wordsOf(mentioning('what, @chorus_demo_bot , is new?'))).toBe('what, , is new?');
    expect(wordsOf(mentioning('@other_demo_bot what is new?'))).toBeNull();
    const byName = { type: 'text_mention', offset: 0, length: 6, user: { id: 42 } };
    expect(wordsOf({ text: 'Chorus, hello', entities: [byName] })).toBe(', hello');
  });

  it('belongs to a topic only where Telegram says that it is one', () => {
    const threadOf = (fields: object) => {
      const message = { message_id: 5, from: KIM, chat: GROUP, text: '/help', ...fields };
      const incoming = readUpdate({ message }, SELF);
      return incoming?.kind === 'heard' ? incoming.heard.channel.thread : undefined;
    };
    expect(threadOf({ message_thread_id: 3, is_topic_message: true })).toBe('3');
    expect(threadOf({ message_thread_id: 3 })).toBeNull();
  });

  it('is heard again when it is edited, as one that was said before', () => {
    const edited_message = { message_id: 5, from: KIM, chat: PRIVATE, text: 'and Lumen 7?' };
    expect(readUpdate({ update_id: 1, edited_message }, SELF)).toMatchObject({
      heard: { said: { words: 'and Lumen 7?' }, messageId: '5', isEdit: true },
    });
    const chatter = { ...edited_message, chat: GROUP };
    expect(readUpdate({ update_id: 1, edited_message: chatter }, SELF)).toBeNull();
  });

  it('is not heard from other bots or from channels', () => {
    const bot = { id: 9, is_bot: true, first_name: 'Other' };
    expect(wordsOf({ text: '/help', from: bot })).toBeNull();
    const channel = { id: -100_300, type: 'channel', title: 'News' };
    expect(wordsOf({ text: '/help', sender_chat: channel })).toBeNull();
    expect(wordsOf({ text: '/help', is_automatic_forward: true })).toBeNull();
    const message = { message_id: 5, chat: channel, text: '/help' };
    expect(readUpdate({ channel_post: message }, SELF)).toBeNull();
  });

  it('of an administrator who hides is spoken by the group', () => {
    const hidden = { id: 1_087_968_824, is_bot: true, first_name: 'Group' };
    const message = { message_id: 5, from: hidden, sender_chat: GROUP, chat: GROUP, text: '/help' };
    expect(readUpdate({ message }, SELF)).toMatchObject({ heard: { speaker: '-100200' } });
  });
});

describe('a press', () => {
  const press = (chat: object, fields: object = {}) =>
    readUpdate(
      {
        callback_query: {
          id: '900',
          from: KIM,
          data: 'part:3:A',
          message: { message_id: 5, date: 0, chat, ...fields },
        },
      },
      SELF,
    );

  it('asks in the chat and topic of its message, however old that is', () => {
    expect(press(GROUP, { message_thread_id: 3, is_topic_message: true })).toMatchObject({
      heard: {
        channel: { chat: '-100200', thread: '3' },
        speaker: '7',
        said: { kind: 'press', carried: 'part:3:A' },
        repliesTo: '5',
      },
      answerIn: { chat: '-100200', thread: '3' },
      query: '900',
    });
  });

  it('in a broadcast channel is answered to its reader alone', () => {
    expect(press({ id: -100_300, type: 'channel', title: 'News' })).toMatchObject({
      heard: { channel: { chat: '-100300' } },
      answerIn: { chat: '7', thread: null },
    });
  });
});

describe('other updates', () => {
  it('tell that the reader of a draft has had enough', () => {
    const stopped = { chat: PRIVATE, draft_id: 5 };
    expect(readUpdate({ stopped_message_generation: stopped }, SELF)).toEqual({
      kind: 'enough',
      channel: { platform: 'telegram', chat: '7', thread: null },
      draft: 5,
    });
  });

  it('tell that the bot was put out, and that it is back', () => {
    const standing = (status: string, chat: object) =>
      readUpdate({ my_chat_member: { chat, new_chat_member: { status } } }, SELF);
    expect(standing('kicked', PRIVATE)).toMatchObject({ paused: 'the bot was blocked' });
    expect(standing('left', GROUP)).toMatchObject({ paused: 'the bot was removed' });
    expect(standing('member', GROUP)).toEqual({
      kind: 'standing',
      channel: { platform: 'telegram', chat: '-100200', thread: null },
      paused: null,
    });
  });

  it('tell that a group has another id now', () => {
    const chat = { id: -5, type: 'group', title: 'A team' };
    const message = { message_id: 5, from: KIM, chat, migrate_to_chat_id: -100_200 };
    expect(readUpdate({ message }, SELF)).toMatchObject({ kind: 'moved', to: '-100200' });
  });

  it('never trip us up, whatever is in them', () => {
    const anything = fc.object({
      key: fc.constantFrom('message', 'chat', 'from', 'id', 'text', 'callback_query', 'data'),
      maxDepth: 4,
    });
    fc.assert(fc.property(anything, (update) => void readUpdate(update, SELF)));
    for (const update of [null, 5, 'x', [], { message: null }]) {
      expect(readUpdate(update, SELF)).toBeNull();
    }
  });
});
