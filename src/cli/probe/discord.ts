import { z } from 'zod';

import description from '../../../package.json' with { type: 'json' };
import type { PlatformAccess } from '../../config.ts';
import { ask, quote, type Told } from './ask.ts';

const ROOT = 'https://discord.com/api';
/** Discord turns away clients that do not name themselves in this form. */
const AGENT = `DiscordBot (${description.name}, ${description.version})`;

/** Where Discord's API is reached. */
export function discordRoot({ apiRoot }: Pick<PlatformAccess, 'apiRoot'>): string {
  return (apiRoot ?? ROOT).replace(/\/+$/, '');
}

const errorSchema = z.object({ message: z.string() });

/** Reads a path of Discord's API once. Rejects only with the signal's reason. */
export async function askDiscord<T>(
  access: PlatformAccess,
  path: string,
  schema: z.ZodType<T>,
  signal: AbortSignal,
): Promise<Told<T>> {
  const headers = { authorization: `Bot ${access.token}`, 'user-agent': AGENT };
  const heard = await ask(`${discordRoot(access)}/v10${path}`, { headers }, signal);
  if (heard.kind === 'silence') return heard;
  if (heard.status < 400) {
    const value = schema.safeParse(heard.body);
    if (value.success) return { kind: 'told', value: value.data };
  }
  const refusal = errorSchema.safeParse(heard.body).data;
  if (heard.status >= 400 && refusal) {
    return { kind: 'refused', status: heard.status, says: quote(refusal.message) };
  }
  return { kind: 'silence', why: 'what answers there does not speak Discord’s API' };
}

const snowflake = z.string().regex(/^\d{1,20}$/);
const userSchema = z.object({ id: snowflake, username: z.string() });
const applicationSchema = z.object({ id: snowflake, name: z.string() });

/** A person, or a bot. */
export type DiscordUser = { readonly id: string; readonly name: string };

/** The bot that a token belongs to, and the application that people invite. */
export type DiscordBot = DiscordUser & { readonly application: string };

/** Asks Discord whose token this is. */
export async function findDiscordBot(
  access: PlatformAccess,
  signal: AbortSignal,
): Promise<Told<DiscordBot>> {
  const [user, application] = await Promise.all([
    findDiscordUser(access, '@me', signal),
    askDiscord(access, '/applications/@me', applicationSchema, signal),
  ]);
  if (user.kind !== 'told') return user;
  if (application.kind !== 'told') return application;
  return { kind: 'told', value: { ...user.value, application: application.value.id } };
}

/** Asks Discord who has an id. */
export async function findDiscordUser(
  access: PlatformAccess,
  id: string,
  signal: AbortSignal,
): Promise<Told<DiscordUser>> {
  const told = await askDiscord(access, `/users/${id}`, userSchema, signal);
  if (told.kind !== 'told') return told;
  return { kind: 'told', value: { id: told.value.id, name: quote(told.value.username) } };
}
