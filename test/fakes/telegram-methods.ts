import type { ApiMethods, ChatMember, Update, UserFromGetMe, WebhookInfo } from '@grammyjs/types';

import { enterChat, placeOf } from './telegram-access.ts';
import { readText } from './telegram-content.ts';
import {
  deleteMessage,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  editMessageText,
} from './telegram-edit.ts';
import type { Hub, Method } from './telegram-hub.ts';
import { badRequest, conflict } from './telegram-refused.ts';
import { readRich } from './telegram-rich.ts';
import type { ParamsOf } from './telegram-schema.ts';
import { sendMediaGroup, sendMessage, sendPhoto, sendRichMessage } from './telegram-send.ts';
import { toFullChat, toMember } from './telegram-serial.ts';
import { type Content, type Draft, isAdministrator } from './telegram-world.ts';

/** A press of a button wants its answer in so many milliseconds. */
const QUERY_MS = 15_000;
const LONGEST_ANSWER = 200;
const LONGEST_POLL_SECONDS = 50;

type Methods = { [Name in keyof ApiMethods<string>]?: Method<ParamsOf<Name>> };

/** What the fake can do, by the names of methods; `getUpdates` is told when its poller goes. */
export const methods = {
  getMe: ({ world, readsAll }): UserFromGetMe => ({
    ...world.bot,
    is_bot: true,
    username: world.bot.username ?? '',
    can_join_groups: true,
    can_read_all_group_messages: readsAll,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  }),
  setWebhook: ({ webhook }, params) => {
    webhook.set(params);
    return true;
  },
  deleteWebhook: ({ webhook }, params) => {
    webhook.delete(params);
    return true;
  },
  getWebhookInfo: ({ webhook }): WebhookInfo => webhook.info,
  sendMessage,
  sendPhoto,
  sendMediaGroup,
  sendRichMessage,
  editMessageText,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  deleteMessage,
  sendChatAction: (hub, params) => {
    const chat = enterChat(params, hub.world);
    const { thread } = placeOf(params, chat);
    hub.actions.push({ chat, thread, action: params.action });
    return true;
  },
  sendMessageDraft: (hub, params) =>
    keepDraft(hub, params, () =>
      params.text ? { kind: 'text', ...readText(params, 'text', hub.world) } : null,
    ),
  sendRichMessageDraft: (hub, params, uploads) =>
    keepDraft(hub, params, (chat) =>
      readRich(hub, { message: params.rich_message, uploads, chat, isDraft: true }),
    ),
  answerCallbackQuery,
  setMyCommands: ({ commands }, params) => commands.set(params),
  getMyCommands: ({ commands }, params) => commands.get(params),
  deleteMyCommands: ({ commands }, params) => commands.delete(params),
  getChat: ({ world }, params) => toFullChat(enterChat(params, world)),
  getChatMember: ({ world }, params): ChatMember => {
    const chat = enterChat(params, world);
    const user = world.users.get(params.user_id);
    if (!user) throw badRequest('PARTICIPANT_ID_INVALID');
    return toMember(world.membershipIn(chat, user));
  },
  getChatAdministrators: ({ world }, params) => {
    const chat = enterChat(params, world);
    if (chat.kind === 'private')
      throw badRequest('there are no administrators in the private chat');
    const administrators = [...chat.members.values()].filter(isAdministrator);
    const isOther = (bot: boolean, id: number) => bot && id !== world.bot.id;
    return administrators.filter(({ user }) => !isOther(user.is_bot, user.id)).map(toMember);
  },
  getFile: ({ files }, params) => files.fileOf(params.file_id),
} satisfies Methods;

/** Waits for updates as long as the poller does. @param speed how much faster than real it waits */
export function getUpdates(
  { updates, webhook }: Hub,
  params: ParamsOf<'getUpdates'>,
  { signal, speed }: { readonly signal: AbortSignal; readonly speed: number },
): Promise<Update[]> {
  if (webhook.isSet) {
    throw conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  const { offset = 0, limit = 100, timeout = 0 } = params;
  updates.allow(params.allowed_updates);
  const seconds = Math.min(Math.max(timeout, 0), LONGEST_POLL_SECONDS);
  const isLimit = limit >= 1 && limit <= 100;
  return updates.poll(
    { offset, limit: isLimit ? limit : 100, wait: (seconds * 1000) / speed },
    signal,
  );
}

function answerCallbackQuery(hub: Hub, params: ParamsOf<'answerCallbackQuery'>): true {
  const { callback_query_id: id, text = '', show_alert: isAlert = false, url = null } = params;
  const query = hub.queries.get(id);
  if (!query || hub.now() - query.at > QUERY_MS) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  if (text.length > LONGEST_ANSWER) throw badRequest('MESSAGE_TOO_LONG');
  if (url !== null) throw badRequest('URL_INVALID'); // for games and t.me links only
  hub.answers.push({ id, data: query.data, text, isAlert, url });
  return true;
}

type DraftParams = {
  readonly chat_id: number;
  readonly draft_id: number;
  readonly message_thread_id?: number;
  readonly can_stop?: boolean;
};

function keepDraft(
  hub: Hub,
  params: DraftParams,
  read: (chat: Draft['chat']) => Content | null,
): true {
  const chat = enterChat(params, hub.world);
  if (chat.kind !== 'private') throw badRequest('TEXTDRAFT_PEER_INVALID');
  if (params.draft_id === 0) throw badRequest('draft identifier must be non-zero');
  const { thread } = placeOf(params, chat);
  const content = read(chat);
  hub.draftFlood.count(chat.id, 1, false);
  hub.drafts.push({
    chat,
    id: params.draft_id,
    thread,
    text: content?.text ?? '',
    content,
    canStop: params.can_stop === true,
    at: hub.now(),
    after: chat.lastId,
  });
  return true;
}
