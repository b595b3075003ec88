import {
  type APIMessageTopLevelComponent,
  REST,
  Routes,
  type RESTPostAPIChannelThreadsJSONBody,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import { z } from 'zod';

import { sendErrorOf } from './failures.ts';
import { asEdit, type Payload, toRequest } from './payloads.ts';
import { makeRequest } from './requesting.ts';

/** Where Discord is reached: at its own address when none is given. */
export type Access = { readonly token: string; readonly apiRoot: string | null };

/** What is asked of Discord without its gateway. All of it throws {@link SendError}s. */
export type Api = {
  /** Posts a message, once for a nonce (some minutes long), and answers its id. */
  post(channelId: string, payload: Payload, nonce: string): Promise<string>;
  edit(channelId: string, messageId: string, payload: Payload): Promise<void>;
  /** Changes nothing of a message but its components. */
  restyle(
    channelId: string,
    messageId: string,
    components: readonly APIMessageTopLevelComponent[],
  ): Promise<void>;
  remove(channelId: string, messageId: string): Promise<void>;
  /** Shows for ten seconds, or until something is posted, that something is being written. */
  showTyping(channelId: string): Promise<void>;
  /** Opens a thread under a message. */
  openThread(channelId: string, messageId: string, name: string): Promise<void>;
  /** The channel of direct messages with a person. */
  openDirect(personId: string): Promise<string>;
};

/** Longer than an upload of two pictures takes; then nobody knows what became of it. */
const TIMEOUT_MS = 20_000;

const made = z.object({ id: z.string() });

/**
 * Discord's REST API, in which nothing waits or is tried again by itself: whoever asks decides about
 * that, with the limits' own seconds.
 */
export function openApi({ token, apiRoot }: Access): Api {
  const rest = new REST({
    version: '10',
    ...(apiRoot === null ? {} : { api: apiRoot }),
    makeRequest,
    retries: 0,
    timeout: TIMEOUT_MS,
    rejectOnRateLimit: () => true,
    offset: 0, // else the library adds its own to what Discord says
  });
  const ask = async <T>(request: () => Promise<T>): Promise<T> => {
    rest.setToken(token); // the library forgets it when it was refused once
    try {
      return await request();
    } catch (error) {
      throw sendErrorOf(error);
    }
  };
  return {
    post: (channelId, payload, nonce) =>
      ask(async () => {
        const { body, files } = toRequest(payload);
        const once = { ...body, nonce, enforce_nonce: true };
        const answer = await rest.post(Routes.channelMessages(channelId), { body: once, files });
        return made.parse(answer).id;
      }),
    edit: (channelId, messageId, payload) =>
      ask(async () => {
        const { body, files } = toRequest(payload);
        const route = Routes.channelMessage(channelId, messageId);
        await rest.patch(route, { body: asEdit(body), files });
      }),
    restyle: (channelId, messageId, components) =>
      ask(async () => {
        await rest.patch(Routes.channelMessage(channelId, messageId), { body: { components } });
      }),
    remove: (channelId, messageId) =>
      ask(async () => {
        await rest.delete(Routes.channelMessage(channelId, messageId));
      }),
    showTyping: (channelId) =>
      ask(async () => {
        await rest.post(Routes.channelTyping(channelId));
      }),
    openThread: (channelId, messageId, name) =>
      ask(async () => {
        const body: RESTPostAPIChannelThreadsJSONBody = {
          name,
          auto_archive_duration: ThreadAutoArchiveDuration.OneDay,
        };
        await rest.post(Routes.threads(channelId, messageId), { body });
      }),
    openDirect: (personId) =>
      ask(async () => {
        const body = { recipient_id: personId };
        return made.parse(await rest.post(Routes.userChannels(), { body })).id;
      }),
  };
}
