import type {
  Chat,
  ChatAdministratorRights,
  ChatMember,
  Message,
  MessageEntity,
  RichBlock,
} from '@grammyjs/types';

import type { Entity } from './telegram-entity.ts';
import { photoSizesOf } from './telegram-files.ts';
import { mentionedIn } from './telegram-link.ts';
import type { Content, FakeChat, Membership, StoredMessage, World } from './telegram-world.ts';

// What is kept, in the forms that the Bot API tells it.

export function toChat({ id, kind, title, username, person, isForum }: FakeChat): Chat {
  const named = username ? { username } : {};
  if (kind === 'private') {
    const { first_name = '', last_name, username: own } = person ?? {};
    const names = { ...(last_name ? { last_name } : {}), ...(own ? { username: own } : {}) };
    return { id, type: kind, first_name, ...names };
  }
  if (kind === 'group') return { id, type: kind, title };
  if (kind === 'channel') return { id, type: kind, title, ...named };
  return { id, type: kind, title, ...named, ...(isForum ? { is_forum: true } : {}) };
}

export function toMessage(message: StoredMessage, world: World): Message {
  const { replyTo } = message;
  const told = withoutReply(message, world);
  if (!replyTo) return told;
  const reply = withoutReply(replyTo, world) as NonNullable<Message['reply_to_message']>;
  return { ...told, reply_to_message: reply };
}

function withoutReply(message: StoredMessage, world: World): Message {
  const { id, chat, from, date, thread, editDate, keyboard, mediaGroup } = message;
  return {
    message_id: id,
    ...(from ? { from } : { sender_chat: toChat(chat) }),
    chat: toChat(chat),
    date,
    ...(editDate === null ? {} : { edit_date: editDate }),
    ...(thread === null ? {} : { message_thread_id: thread, is_topic_message: true }),
    ...(mediaGroup === null ? {} : { media_group_id: mediaGroup }),
    ...toContent(message.content, world),
    ...(keyboard ? { reply_markup: { inline_keyboard: keyboard as never } } : {}),
  };
}

function toContent(content: Content, world: World): Partial<Message> {
  const entities = content.entities.map((entity) => toEntity(entity, world));
  if (content.kind === 'service') return content.fields;
  if (content.kind === 'rich') {
    const direction = content.isRightToLeft ? { is_rtl: true } : {};
    return { rich_message: { blocks: content.blocks as RichBlock[], ...direction } };
  }
  if (content.kind === 'text') {
    return { text: content.text, ...(entities.length > 0 ? { entities } : {}) };
  }
  return {
    photo: photoSizesOf(content.file),
    ...(content.text ? { caption: content.text } : {}),
    ...(entities.length > 0 ? { caption_entities: entities } : {}),
    ...(content.isCaptionAbove ? { show_caption_above_media: true } : {}),
  };
}

function toEntity(entity: Entity, world: World): MessageEntity {
  if (entity.type !== 'text_mention') return entity as MessageEntity;
  const { offset, length, url = '' } = entity;
  const user = world.users.get(mentionedIn(url) ?? 0) ?? world.bot;
  return { type: 'text_mention', offset, length, user };
}

export function toMember({ user, status, rights }: Membership): ChatMember {
  switch (status) {
    case 'creator':
      return { status, user, is_anonymous: false };
    case 'administrator':
      return { status, user, can_be_edited: false, ...toRights(rights) };
    case 'kicked':
      return { status, user, until_date: 0 };
    default:
      return { status, user };
  }
}

function toRights(rights: Membership['rights']): ChatAdministratorRights {
  const has = (right: Membership['rights'][number]) => rights.includes(right);
  return {
    is_anonymous: false,
    can_manage_chat: true,
    can_delete_messages: has('can_delete_messages'),
    can_manage_video_chats: has('can_manage_video_chats'),
    can_restrict_members: has('can_restrict_members'),
    can_promote_members: has('can_promote_members'),
    can_change_info: has('can_change_info'),
    can_invite_users: has('can_invite_users'),
    can_post_stories: has('can_post_stories'),
    can_edit_stories: has('can_edit_stories'),
    can_delete_stories: has('can_delete_stories'),
    can_post_messages: has('can_post_messages'),
    can_edit_messages: has('can_edit_messages'),
    can_pin_messages: has('can_pin_messages'),
    can_manage_topics: has('can_manage_topics'),
    can_send_welcome_messages: has('can_send_welcome_messages'),
  };
}

/** What `getChat` tells besides the chat itself, as far as the fake knows it. */
export function toFullChat(chat: FakeChat): object {
  const isGroup = chat.kind === 'group' || chat.kind === 'supergroup';
  const permissions = {
    can_send_messages: !chat.forbidden.has('text messages'),
    can_send_photos: !chat.forbidden.has('photos'),
  };
  return {
    ...toChat(chat),
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
    ...(isGroup ? { permissions } : {}),
  };
}
