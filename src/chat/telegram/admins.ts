import { z } from 'zod';

import type { Clock } from '../../lib/clock.ts';
import type { Channel } from '../../model/channel.ts';
import type { Reception } from '../reception.ts';
import type { BotApi } from './client.ts';

const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 1000;

const memberSchema = z.object({ status: z.string() });

/** Asks Telegram who administers a chat, and remembers its answers for five minutes. */
export function adminsOf(api: BotApi, clock: Clock): Reception['isAdmin'] {
  const kept = new Map<string, { readonly isAdmin: boolean; readonly until: number }>();
  return async ({ chat }, person) => {
    if (isPrivate(chat)) return true;
    if (person === chat) return true; // only administrators may speak as their group
    const key = `${chat} ${person}`;
    const now = clock.now().getTime();
    const known = kept.get(key);
    if (known && known.until > now) return known.isAdmin;
    const isAdmin = await ask(api, chat, person);
    if (isAdmin === null) return false;
    kept.delete(key);
    kept.set(key, { isAdmin, until: now + KEPT_MS });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return isAdmin;
  };
}

/** Groups have negative ids. */
function isPrivate(chat: Channel['chat']): boolean {
  return !chat.startsWith('-');
}

/** `null` where Telegram does not say. */
async function ask(api: BotApi, chat: string, person: string): Promise<boolean | null> {
  const parameters = { chat_id: Number(chat), user_id: Number(person) };
  const answer = await api.call({ method: 'getChatMember', parameters }).catch(() => null);
  const { success, data } = memberSchema.safeParse(answer);
  return success ? data.status === 'creator' || data.status === 'administrator' : null;
}
