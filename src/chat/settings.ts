import { z } from 'zod';

import { wholeNumber } from '../lib/whole-number.ts';

/** Ids of the people who own the bot, by platform. */
export type Owners = {
  readonly telegram: readonly string[];
  readonly discord: readonly string[];
};

/** What becomes of a message of which nobody knows whether it arrived. */
export type UnknownRule = 'leave' | 'repeat';

/** How the bot talks on Telegram. */
export type TelegramSettings = {
  readonly unknown: UnknownRule;
  /** Whether digests are rich messages where the chat's people have new clients. */
  readonly rich: boolean;
  /** Where Telegram brings updates to; `null`: they are fetched. */
  readonly webhook: { readonly url: string; readonly port: number } | null;
};

/** What a day gives to a person in all chats together, and to a chat with all its people. */
export type Quota = { readonly person: number; readonly chat: number };

/** How many commands a day gives, and how many questions among them, which cost money. */
export type Quotas = Quota & { readonly questions: Quota };

/** What `chorus.yaml` says about chats. */
export type ChatSettings = {
  readonly owners: Owners;
  readonly telegram: TelegramSettings;
  readonly quotas: Quotas;
};

/** YAML reads a long number only roughly: another account's, then. */
const id = z
  .union(
    [
      z.string(),
      z
        .number()
        .refine(Number.isSafeInteger, 'must stand in quotation marks: "123456789012345678"'),
    ],
    'must be the number of an account',
  )
  .transform(String)
  .refine((value) => /^\d{1,20}$/.test(value), 'must be the number of an account');
const count = wholeNumber(1, 1_000_000);

/** The chats in `chorus.yaml`. */
export const chatsSchema = z.strictObject({
  owners: z
    .strictObject({
      telegram: z.array(id).optional(),
      discord: z.array(id).optional(),
    })
    .optional()
    .describe('ids of the accounts that decide who may use the bot'),
  telegram: z
    .strictObject({
      unknown: z
        .enum(['leave', 'repeat'], 'must be leave or repeat')
        .optional()
        .describe('a message that may have arrived: leave it, or send it again'),
      rich: z.boolean().optional().describe('digests as rich messages'),
      webhook: z
        .strictObject({
          url: z.url({ protocol: /^https$/, error: 'must look like https://bot.example.com/hook' }),
          port: wholeNumber(1, 65_535),
        })
        .optional()
        .describe('have Telegram bring updates instead of fetching them'),
    })
    .optional(),
  quotas: z
    .strictObject({
      person: count.optional(),
      chat: count.optional(),
      questions: z
        .strictObject({ person: count.optional(), chat: count.optional() })
        .optional()
        .describe('questions among them'),
    })
    .optional()
    .describe('commands a day'),
});

const DEFAULT_QUOTAS: Quotas = {
  person: 100,
  chat: 500,
  questions: { person: 40, chat: 200 },
};

/** What the file says, filled up with what is usual. */
export function fillChats(given: z.output<typeof chatsSchema> | null): ChatSettings {
  return {
    owners: {
      telegram: given?.owners?.telegram ?? [],
      discord: given?.owners?.discord ?? [],
    },
    telegram: {
      unknown: given?.telegram?.unknown ?? 'leave',
      rich: given?.telegram?.rich ?? true,
      webhook: given?.telegram?.webhook ?? null,
    },
    quotas: {
      ...fillQuota(given?.quotas, DEFAULT_QUOTAS),
      questions: fillQuota(given?.quotas?.questions, DEFAULT_QUOTAS.questions),
    },
  };
}

type GivenQuota = { readonly [Whose in keyof Quota]?: Quota[Whose] | undefined };

function fillQuota(given: GivenQuota | undefined, usual: Quota): Quota {
  return { person: given?.person ?? usual.person, chat: given?.chat ?? usual.chat };
}
