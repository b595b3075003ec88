import {
  type APIEmbed,
  type APIMessageTopLevelComponent,
  type APIUser,
  GatewayDispatchEvents as Event,
  GatewayIntentBits as Intent,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';

import { stored, textOf } from './discord-component-tree.ts';
import { type Ping, pingsOf } from './discord-mentions.ts';
import { type Draft, storedName } from './discord-message-rules.ts';
import { messageView } from './discord-message-views.ts';
import { refuse } from './discord-refused.ts';
import type { Upload } from './discord-wire.ts';
import type { Channel, World } from './discord-world.ts';

/** How long a nonce is remembered: "some minutes", says Discord. */
const NONCE_MS = 5 * 60_000;

export type StoredFile = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly description: string | undefined;
  readonly url: string;
};

/** What a message shows, and showed before it was edited. */
export type Face = {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly files: readonly StoredFile[];
  readonly flags: number;
};

/** What an interaction made. */
type Origin = { readonly id: string; readonly type: number; readonly user: APIUser };

export type StoredMessage = {
  readonly id: string;
  readonly channel: Channel;
  readonly author: APIUser;
  readonly type: MessageType;
  readonly createdAt: number;
  editedAt: number | null;
  face: Face;
  readonly history: Face[];
  /** Who was called by it. */
  readonly pings: Ping[];
  /** Whom it names now: an edit calls nobody, but changes this. */
  mentions: readonly Ping[];
  readonly nonce: string | number | undefined;
  readonly reference: StoredMessage | undefined;
  readonly origin: Origin | undefined;
  thread: Channel | undefined;
};

export type Post = {
  readonly author: APIUser;
  readonly draft: Draft;
  readonly uploads?: readonly Upload[];
  readonly reference?: StoredMessage | undefined;
  readonly type?: MessageType;
  readonly flags?: number;
  readonly origin?: Origin;
};

const KEPT_FLAGS =
  MessageFlags.IsComponentsV2 | MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications;

/** The messages of all channels. What comes in has been checked. */
export class Messages {
  readonly #world: World;
  readonly #all = new Map<string, StoredMessage>();
  /** Where uploaded files are fetched from. */
  readonly #cdn: () => string;

  constructor(world: World, cdn: () => string) {
    this.#world = world;
    this.#cdn = cdn;
  }

  /** @returns the message made, or the earlier one where the draft enforces its nonce. */
  create(channel: Channel, post: Post): StoredMessage {
    const { author, draft, uploads = [], reference, type, origin } = post;
    const twin = this.#twin(channel, post);
    if (twin) return twin;
    const flags = (draft.flags ?? 0) & KEPT_FLAGS;
    const message: StoredMessage = {
      id: this.#world.ids.next(),
      channel,
      author,
      type: type ?? (reference ? MessageType.Reply : MessageType.Default),
      createdAt: this.#world.now(),
      editedAt: null,
      face: this.#face(channel, draft, { uploads, flags: flags | (post.flags ?? 0), kept: [] }),
      history: [],
      pings: [],
      mentions: [],
      nonce: draft.nonce,
      reference,
      origin,
      thread: undefined,
    };
    this.#all.set(message.id, message);
    this.#ping(message, draft);
    if (!isEphemeral(message)) this.#announce(Event.MessageCreate, message);
    return message;
  }

  /** Changes what the draft names; a reply that was awaited pings only now. */
  edit(message: StoredMessage, draft: Draft, uploads: readonly Upload[] = []): void {
    const before = message.face;
    const waited = (before.flags & MessageFlags.Loading) !== 0;
    const kept = keptFiles(before.files, draft);
    const flags = this.#flagsAfter(before.flags, draft);
    const whole = { ...asDraft(before), ...withoutUndefined(draft) };
    message.face = this.#face(message.channel, whole, { uploads, flags, kept });
    if (waited) this.#ping(message, draft);
    else {
      message.mentions = this.#mentioned(message, draft);
      message.history.push(before);
      message.editedAt = this.#world.now();
    }
    if (!isEphemeral(message)) this.#announce(Event.MessageUpdate, message);
  }

  remove(message: StoredMessage): void {
    this.#all.delete(message.id);
    if (isEphemeral(message)) return;
    const { id, channel } = message;
    const data = { id, channel_id: channel.id, guild_id: channel.guildId ?? undefined };
    const intent = intentOf(channel);
    this.#world.emit({ name: Event.MessageDelete, intent, data: () => data });
  }

  /** @throws Refused where the channel has no such message. */
  get(channel: Channel, id: string): StoredMessage {
    const message = this.find(id);
    if (message?.channel !== channel) throw refuse(10008);
    return message;
  }

  find(id: string): StoredMessage | undefined {
    return this.#all.get(id);
  }

  /** From the oldest to the newest; without those that only one person sees. */
  in(channel: Channel): StoredMessage[] {
    return this.all.filter((each) => each.channel === channel && !isEphemeral(each));
  }

  get all(): StoredMessage[] {
    return [...this.#all.values()];
  }

  /** Shows what a link leads to, which is no edit. */
  unfurl(message: StoredMessage, embed: APIEmbed): void {
    message.face = { ...message.face, embeds: [...message.face.embeds, embed] };
    this.announceChange(message);
  }

  /** Tells of a message that changed though nobody edited it: it got a thread, or shows a link. */
  announceChange(message: StoredMessage): void {
    this.#announce(Event.MessageUpdate, message);
  }

  #announce(name: Event, message: StoredMessage): void {
    const intent = intentOf(message.channel);
    this.#world.emit({
      name,
      intent,
      data: (intents) => messageView(this.#world, message, { intents, isEvent: true }),
    });
  }

  #twin(channel: Channel, { author, draft }: Post): StoredMessage | undefined {
    const { nonce, enforce_nonce } = draft as Draft & { enforce_nonce?: boolean };
    if (nonce === undefined || !enforce_nonce) return undefined;
    const since = this.#world.now() - NONCE_MS;
    return this.in(channel).find(
      (each) =>
        each.author === author && String(each.nonce) === String(nonce) && each.createdAt >= since,
    );
  }

  #ping(message: StoredMessage, draft: Draft): void {
    message.mentions = this.#mentioned(message, draft);
    message.pings.push(...message.mentions);
  }

  #mentioned({ author, channel, reference, face }: StoredMessage, draft: Draft): Ping[] {
    return pingsOf(this.#world, {
      authorId: author.id,
      channel,
      text: [face.content, ...textOf(face.components)].join('\n'),
      allowed: draft.allowed_mentions,
      repliedTo: reference?.author.id,
    });
  }

  #face(
    channel: Channel,
    draft: Draft,
    rest: { uploads: readonly Upload[]; flags: number; kept: readonly StoredFile[] },
  ): Face {
    const added = rest.uploads.map((upload) => this.#file(channel, upload, draft));
    const files = [...rest.kept, ...added];
    const addressOf = (name: string) => files.find((each) => each.name === name)?.url ?? name;
    return {
      content: (draft.content ?? '').trim(),
      embeds: (draft.embeds ?? []).map((embed) => ({ ...embed, type: 'rich' }) as APIEmbed),
      components: stored(draft.components ?? [], addressOf),
      files,
      flags: rest.flags,
    };
  }

  #file(channel: Channel, upload: Upload, draft: Draft): StoredFile {
    const about = draft.attachments?.find(({ id }) => String(id) === upload.id);
    const id = this.#world.ids.next();
    const name = storedName(about?.filename ?? upload.name);
    const url = `${this.#cdn()}/attachments/${channel.id}/${id}/${name}`;
    const { type, bytes } = upload;
    return { id, name, type, bytes, description: about?.description ?? undefined, url };
  }

  #flagsAfter(before: number, { flags }: Draft): number {
    const lasting = before & ~(MessageFlags.Loading | MessageFlags.SuppressEmbeds);
    return lasting | ((flags ?? before) & KEPT_FLAGS);
  }
}

/** The files that stay: those that the draft names, or all where it names none. */
export function keptFiles(files: readonly StoredFile[], { attachments }: Draft): StoredFile[] {
  if (!attachments) return [...files];
  return files.filter((file) => attachments.some(({ id }) => String(id) === file.id));
}

export function isEphemeral({ face }: StoredMessage): boolean {
  return (face.flags & MessageFlags.Ephemeral) !== 0;
}

export function asDraft({ content, embeds, components }: Face): Draft {
  return { content, embeds, components };
}

function intentOf({ guildId }: Channel): number {
  return guildId === null ? Intent.DirectMessages : Intent.GuildMessages;
}

export function withoutUndefined(draft: Draft): Draft {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
}
