import { Input } from 'telegraf';
import { expect, it } from 'vitest';

import { png, startWithClient } from './telegram-client.ts';
import { openBotSchema, type Told } from './telegram-schema.ts';

/** A fake that must speak as the types of the Bot API say. */
async function startChecked() {
  const started = await startWithClient({ limits: 'off', readsAll: true });
  const schema = await openBotSchema();
  const check = (told: Told, value: unknown) => expect(schema.mismatchOf(told, value)).toBeNull();
  return { ...started, check };
}

const KINDS = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'chat_member',
  'channel_post',
];
const PHOTO = { type: 'photo', media: 'attach://a' };

it('tells updates of the types of the Bot API', async () => {
  const { telegram, kim, chat, call, check } = await startChecked();
  await call('getUpdates', { allowed_updates: [...KINDS, 'stopped_message_generation'] });
  const group = telegram.addGroup({ members: [kim] });
  const forum = telegram.addSupergroup({ isForum: true, members: [kim], username: 'forum_demo' });
  const channel = telegram.addChannel({ members: [kim] });
  const thread = telegram.addTopic(forum, 'AI');
  const first = telegram.say(kim, chat, '/ask@chorus_demo_bot why #ai $AI https://example.com');
  telegram.say(kim, chat, 'because', { replyTo: first });
  telegram.edit(kim, first, '/ask how #ai $AI https://example.com');
  telegram.say(kim, forum, 'a topic', { thread });
  telegram.say(kim, channel, 'a post');
  const keyboard = { inline_keyboard: [[{ text: 'x', callback_data: 'x' }]] };
  await call('sendMessage', { chat_id: chat.id, text: 'x', reply_markup: keyboard });
  const [sent] = telegram.sent(chat);
  if (sent) telegram.press(kim, sent, 'x');
  await call('sendMessageDraft', { chat_id: chat.id, draft_id: 5, text: 'x', can_stop: true });
  telegram.stopDraft(kim, 5);
  telegram.promote(telegram.bot, forum, kim, ['can_delete_messages']);
  telegram.leave(kim, forum);
  telegram.join(kim, forum);
  telegram.kick(telegram.bot, forum, kim);
  telegram.migrate(group, kim);
  telegram.block(kim);
  telegram.unblock(kim);
  const updates = (await call('getUpdates', {})) as object[];
  for (const update of updates) check('update', update);
  const kinds = new Set(updates.flatMap((update) => Object.keys(update)));
  expect([...kinds].toSorted()).toEqual(
    [...KINDS, 'stopped_message_generation', 'update_id'].toSorted(),
  );
});

it('answers with the types of the Bot API', async () => {
  const { telegram, kim, chat, call, check } = await startChecked();
  const group = telegram.addSupergroup({ members: [kim], administrators: [telegram.addUser()] });
  const at = { chat_id: chat.id };
  const a = Input.fromBuffer(png(3, 3));
  const text = '<b>a</b> <a href="https://example.com">b</a> <a href="tg://user?id=7001">c</a> /d';
  const sent = (await call('sendMessage', { ...at, text, parse_mode: 'HTML' })) as {
    message_id: number;
  };
  check('message', sent);
  const reply_parameters = { message_id: sent.message_id };
  check('message', await call('sendMessage', { ...at, text: 'reply', reply_parameters }));
  check(
    'message',
    await call('sendPhoto', { ...at, photo: a, caption: '<i>a</i>', parse_mode: 'HTML' }),
  );
  check(
    'messages',
    await call('sendMediaGroup', { ...at, media: JSON.stringify([PHOTO, PHOTO]), a }),
  );
  const html = `<h1>A</h1><p>b <i>c</i> <a href="#n">n</a></p><ol><li>d</li></ol><hr/>
    <table><tr><th>e</th><td align="right">f</td></tr></table><pre><code class="language-ts">g</code></pre>
    <details><summary>h</summary><aside>i<cite>j</cite></aside></details>
    <figure><img src="tg://photo?id=a" tg-spoiler/><figcaption>k</figcaption></figure>
    <blockquote expandable>l</blockquote><footer>m</footer><tg-reference name="n">o</tg-reference>
    <tg-button-row><tg-button type="callback_data" data="p">p</tg-button></tg-button-row>
    <tg-map lat="1" long="2" zoom="14"/><tg-math-block>q</tg-math-block><a name="r"></a>`;
  const rich_message = JSON.stringify({ html, media: [{ id: 'a', media: PHOTO }] });
  check('message', await call('sendRichMessage', { ...at, rich_message, a }));
  check('message', await call('editMessageText', { ...at, ...reply_parameters, text: 'edited' }));
  check('me', await call('getMe', {}));
  check('webhook', await call('getWebhookInfo', {}));
  check('chat', await call('getChat', at));
  check('chat', await call('getChat', { chat_id: group.id }));
  check('member', await call('getChatMember', { chat_id: group.id, user_id: kim.id }));
  check('members', await call('getChatAdministrators', { chat_id: group.id }));
  const photo = telegram.sent(chat).find(({ kind }) => kind === 'photo');
  expect(photo?.photos).toEqual([png(3, 3)]);
  check('file', await call('getFile', { file_id: 'AgACFakePhoto-1' }));
});
