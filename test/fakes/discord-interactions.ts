import { randomBytes } from 'node:crypto';

import {
  type APIApplicationCommandOptionChoice,
  type APIInteractionResponse,
  type APIUser,
  GatewayDispatchEvents as Event,
  InteractionResponseType as Response,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';

import { checkLength } from './discord-complaints.ts';
import { checkDraft, type Draft, isEmpty } from './discord-message-rules.ts';
import {
  asDraft,
  keptFiles,
  type Messages,
  type StoredMessage,
  withoutUndefined,
} from './discord-messages.ts';
import { type Complaint, refuse, throwComplaints } from './discord-refused.ts';
import type { Upload } from './discord-wire.ts';
import type { Channel, World } from './discord-world.ts';

/** How long a bot may take to acknowledge, and how long it may speak after that. */
const TO_ACKNOWLEDGE_MS = 3000;
const TO_SPEAK_MS = 15 * 60_000;

const KINDS = {
  [Response.Pong]: 'pong',
  [Response.ChannelMessageWithSource]: 'reply',
  [Response.DeferredChannelMessageWithSource]: 'deferred reply',
  [Response.DeferredMessageUpdate]: 'deferred update',
  [Response.UpdateMessage]: 'update',
  [Response.ApplicationCommandAutocompleteResult]: 'choices',
  [Response.Modal]: 'modal',
  [Response.PremiumRequired]: 'premium',
  [Response.LaunchActivity]: 'activity',
} as const satisfies Record<Response, string>;

const OF_COMMANDS = [
  Response.ChannelMessageWithSource,
  Response.DeferredChannelMessageWithSource,
  Response.Modal,
];
const ALLOWED: Partial<Record<InteractionType, readonly Response[]>> = {
  [InteractionType.ApplicationCommand]: OF_COMMANDS,
  [InteractionType.MessageComponent]: [
    ...OF_COMMANDS,
    Response.DeferredMessageUpdate,
    Response.UpdateMessage,
  ],
  [InteractionType.ApplicationCommandAutocomplete]: [Response.ApplicationCommandAutocompleteResult],
};

export type Acknowledgement = {
  readonly kind: (typeof KINDS)[Response];
  /** By the fake's clock. */
  readonly latencyMs: number;
  /** Of autocompletion. */
  readonly choices: readonly APIApplicationCommandOptionChoice[];
  readonly isEphemeral: boolean;
};

export type Interaction = {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly user: APIUser;
  readonly channel: Channel;
  readonly createdAt: number;
  /** The message with the component. */
  readonly source: StoredMessage | undefined;
  /** How often that message had been edited before. */
  readonly sourceEdits: number;
  /** Milliseconds after which the bot answered too late. */
  missedAfter: number | undefined;
  acknowledgement: Acknowledgement | undefined;
  /** What `@original` names. */
  original: StoredMessage | undefined;
};

export type NewInteraction = Pick<Interaction, 'type' | 'user' | 'channel'> & {
  readonly source?: StoredMessage;
  /** The rest of the event. */
  readonly payload: object;
};

/** What people have begun, and what the bot answers to it. Bodies come checked by their types. */
export class Interactions {
  readonly all: Interaction[] = [];
  readonly #world: World;
  readonly #messages: Messages;

  constructor(world: World, messages: Messages) {
    this.#world = world;
    this.#messages = messages;
  }

  begin({ type, user, channel, source, payload }: NewInteraction): Interaction {
    const interaction: Interaction = {
      id: this.#world.ids.next(),
      token: randomBytes(24).toString('base64url'),
      type,
      user,
      channel,
      createdAt: this.#world.now(),
      source,
      sourceEdits: source?.history.length ?? 0,
      missedAfter: undefined,
      acknowledgement: undefined,
      original: undefined,
    };
    this.all.push(interaction);
    const { id, token } = interaction;
    const own = { id, token, type, version: 1, application_id: this.#world.bot.id };
    const data = { ...payload, ...own };
    this.#world.emit({ name: Event.InteractionCreate, intent: 0, data: () => data });
    return interaction;
  }

  /** @throws Refused where it is unknown, too late or not the first. */
  acknowledge(
    id: string,
    token: string,
    response: APIInteractionResponse,
    uploads: readonly Upload[],
  ): Interaction {
    const interaction = this.all.find((each) => each.id === id && each.token === token);
    const latencyMs = this.#world.now() - (interaction?.createdAt ?? 0);
    if (!interaction) throw refuse(10062);
    if (interaction.acknowledgement) throw refuse(40060);
    if (latencyMs > TO_ACKNOWLEDGE_MS) {
      interaction.missedAfter = latencyMs;
      throw refuse(10062);
    }
    checkKind(interaction, response);
    interaction.original = this.#respond(interaction, response, uploads);
    interaction.acknowledgement = {
      kind: KINDS[response.type],
      latencyMs,
      choices:
        'data' in response && 'choices' in response.data ? (response.data.choices ?? []) : [],
      isEphemeral: (flagsOf(response) & MessageFlags.Ephemeral) !== 0,
    };
    return interaction;
  }

  /** @throws Refused where the token is not one, or no longer. */
  withToken(token: string): Interaction {
    const interaction = this.all.find((each) => each.token === token);
    if (!interaction) throw refuse(10015);
    if (this.#world.now() - interaction.createdAt > TO_SPEAK_MS) throw refuse(50027);
    if (!interaction.acknowledgement) throw refuse(10015);
    return interaction;
  }

  /** A message of an interaction, by its id or as `@original`. */
  message(interaction: Interaction, id: string): StoredMessage {
    const found = id === '@original' ? interaction.original : this.#messages.find(id);
    const isOwn = found === interaction.original || found?.origin?.id === interaction.id;
    if (!found || !isOwn || !this.#messages.find(found.id)) throw refuse(10008);
    return found;
  }

  /** One more message; straight after a deferral it takes the place of what is awaited. */
  followUp(interaction: Interaction, draft: Draft, uploads: readonly Upload[]): StoredMessage {
    const { original } = interaction;
    if (original && (original.face.flags & MessageFlags.Loading) !== 0) {
      this.edit(original, draft, uploads);
      return original;
    }
    return this.#create(interaction, draft, { uploads, at: [] });
  }

  edit(
    message: StoredMessage,
    draft: Draft,
    uploads: readonly Upload[],
    at: Complaint['path'] = [],
  ) {
    editMessage(this.#messages, message, { draft, uploads, at });
  }

  /** Messages that the interaction has made or changed. */
  messagesOf(interaction: Interaction): StoredMessage[] {
    const made = this.#messages.all.filter(({ origin }) => origin?.id === interaction.id);
    const { original } = interaction;
    return original && !made.includes(original) ? [original, ...made] : made;
  }

  #respond(
    interaction: Interaction,
    response: APIInteractionResponse,
    uploads: readonly Upload[],
  ): StoredMessage | undefined {
    switch (response.type) {
      case Response.ChannelMessageWithSource:
        return this.#create(interaction, response.data as Draft, { uploads, at: ['data'] });
      case Response.DeferredChannelMessageWithSource:
        return this.#messages.create(interaction.channel, {
          ...ofBot(this.#world, interaction),
          draft: {},
          flags: MessageFlags.Loading | (flagsOf(response) & MessageFlags.Ephemeral),
        });
      case Response.UpdateMessage:
        if (interaction.source) {
          this.edit(interaction.source, (response.data ?? {}) as Draft, uploads, ['data']);
        }
        return interaction.source;
      case Response.DeferredMessageUpdate:
        return interaction.source;
      default:
        return undefined;
    }
  }

  #create(
    interaction: Interaction,
    draft: Draft,
    { uploads, at }: { uploads: readonly Upload[]; at: Complaint['path'] },
  ): StoredMessage {
    const flags = draft.flags ?? 0;
    const circumstances = { flags, uploads, kept: [], at };
    checkDraft(draft, circumstances);
    if (isEmpty(draft, circumstances)) throw refuse(50006);
    return this.#messages.create(interaction.channel, {
      ...ofBot(this.#world, interaction),
      draft,
      uploads,
      flags: flags & MessageFlags.Ephemeral,
    });
  }
}

export type Edit = {
  readonly draft: Draft;
  readonly uploads: readonly Upload[];
  readonly at?: Complaint['path'];
};

/** Checks what the message would be after an edit, and makes it so. @throws Refused */
export function editMessage(
  messages: Messages,
  message: StoredMessage,
  { draft, uploads, at = [] }: Edit,
): void {
  const { face } = message;
  const kept = keptFiles(face.files, draft);
  const flags = face.flags | (draft.flags ?? 0);
  const circumstances = { flags, uploads, kept, at };
  const said = withoutUndefined(draft);
  // What is not named stays: old text beside new Components V2 is refused too.
  const whole = { ...asDraft(face), ...said };
  checkDraft({ ...whole, components: said.components ?? [] }, circumstances);
  if (isEmpty(whole, circumstances)) throw refuse(50006);
  messages.edit(message, said, uploads);
}

function ofBot(world: World, { id, type, user }: Interaction) {
  const isCommand = type === InteractionType.ApplicationCommand;
  return {
    author: world.bot,
    type: isCommand ? MessageType.ChatInputCommand : MessageType.Default,
    origin: { id, type, user },
  };
}

function flagsOf(response: APIInteractionResponse): number {
  const data: unknown = 'data' in response ? response.data : undefined;
  return (Object(data) as { flags?: number }).flags ?? 0;
}

function checkKind({ type }: Interaction, response: APIInteractionResponse): void {
  const allowed = ALLOWED[type] ?? [];
  if (!allowed.includes(response.type)) {
    const message = `Value must be one of {${allowed.join(', ')}}.`;
    throwComplaints([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message }]);
  }
  if (response.type !== Response.ApplicationCommandAutocompleteResult) return;
  const at = ['data', 'choices'];
  const { choices = [] } = response.data;
  throwComplaints([
    ...checkLength(at, choices, [0, 25]),
    ...choices.flatMap(({ name, value }, index) => [
      ...checkLength([...at, index, 'name'], name, [1, 100]),
      ...(typeof value === 'string' ? checkLength([...at, index, 'value'], value, [1, 100]) : []),
    ]),
  ]);
}
