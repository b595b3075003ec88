import { z } from 'zod';
import type { Returned } from '../../model/source.ts';
import { type Trouble, troublesOf, unreadable } from './failures.ts';
import { X_ID } from './snowflake.ts';

/** What an answer says beside its posts. */
export type Answer = {
  readonly value: unknown;
  /** The posts that were asked for, as they stand there: newest first. */
  readonly asked: readonly Asked[];
  /** All posts and people in it, those that came along among them. */
  readonly postIds: readonly string[];
  readonly users: readonly XUser[];
  readonly nextToken: string | null;
  readonly troubles: readonly Trouble[];
  /** It has nothing but troubles. */
  readonly isRefusal: boolean;
};

export type Asked = { readonly id: string };
export type XUser = { readonly id: string; readonly username: string };

const id = z.string().regex(X_ID);
const list = z.array(z.unknown()).catch([]);
const oneOrMore = z
  .unknown()
  .optional()
  .transform((data): readonly unknown[] => (Array.isArray(data) ? data : data ? [data] : []));

const answerSchema = z.object({
  data: oneOrMore,
  includes: z.object({ tweets: list, posts: list, users: list }).nullish().catch(null),
  meta: z
    .object({ next_token: z.string().max(1000).nullish().catch(null) })
    .nullish()
    .catch(null),
  errors: list,
});

const askedSchema = z.object({ id });
const userSchema = z.object({ id, username: z.string().regex(/^\w{1,30}$/) });

/**
 * Reads what all answers with posts have.
 *
 * @throws SourceFailure Where it is none.
 */
export function readAnswer(value: unknown): Answer {
  const answer = answerSchema.safeParse(value).data;
  if (answer === undefined) throw unreadable('it is no object');
  const { data, errors, includes, meta } = answer;
  const asked = data.map(readAsked).filter((post) => post !== null);
  if (data.length > 0 && asked.length === 0) throw unreadable('its posts have no ids');
  const came = [...(includes?.tweets ?? []), ...(includes?.posts ?? [])].map(readAsked);
  const troubles = troublesOf(errors);
  return {
    value,
    asked,
    postIds: [...asked, ...came].flatMap((post) => (post === null ? [] : [post.id])),
    users: (includes?.users ?? []).flatMap((user) => userSchema.safeParse(user).data ?? []),
    nextToken: meta?.next_token || null,
    troubles,
    isRefusal: data.length === 0 && troubles.some((each) => !meta || each.parameter === 'id'),
  };
}

/** What X charges for, those that came along among them. */
export function returnedIn({ postIds, users }: Answer): Returned {
  return { postIds, userIds: users.map((user) => user.id) };
}

function readAsked(value: unknown): Asked | null {
  return askedSchema.safeParse(value).data ?? null;
}

const accountSchema = z.object({ data: userSchema });

/** The one account that was asked for, or `null` where there is none. */
export function readAccount(value: unknown): XUser | null {
  return accountSchema.safeParse(value).data?.data ?? null;
}
