import { chatOf, keyOfChannel } from '../model/channel.ts';
import { dayOf } from '../model/window.ts';
import { type Grant, useQuota } from '../store/quotas.ts';
import { questionIn } from './dispatch.ts';
import type { Heard, Reception } from './reception.ts';
import type { Quota } from './settings.ts';

/** Whether something may be done, and what says that it may not. */
type Leave = { readonly grant: Grant; readonly words: 'usedUp' | 'questionsUsedUp' };

export const GRANTED: Leave = { grant: 'granted', words: 'usedUp' };

/** What is used up by a person counts for all their chats, what by a chat for all its people. */
export async function takeFromQuotas(reception: Reception, heard: Heard): Promise<Leave> {
  const { quotas } = reception;
  const grant = await takeFrom(quotas, '', reception, heard);
  const { said } = heard;
  const isQuestion = said.kind === 'words' && questionIn(said.words) !== null;
  if (grant !== 'granted' || !isQuestion) return { grant, words: 'usedUp' };
  const asking = await takeFrom(quotas.questions, 'asks:', reception, heard);
  return { grant: asking, words: 'questionsUsedUp' };
}

async function takeFrom(
  quota: Quota,
  what: string,
  { db, now, bureau }: Reception,
  { channel, speaker }: Heard,
): Promise<Grant> {
  const day = dayOf(now(), bureau.topics[0].timeZone); // one day for all chats, whatever they get
  const person = `${what}person:${channel.platform}:${speaker}`;
  const own = await useQuota(db, person, day, quota.person);
  if (own !== 'granted') return own;
  return useQuota(db, `${what}chat:${keyOfChannel(chatOf(channel))}`, day, quota.chat);
}
