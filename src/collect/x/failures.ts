import { z } from 'zod';
import { cleanText, oneLine } from '../../lib/text.ts';
import { SourceFailure } from '../source.ts';

/** What X said was wrong with a request. */
export class XRefusal extends Error {
  readonly status: number;
  /** The parameters that it names. */
  readonly parameters: ReadonlySet<string>;

  constructor(status: number, message: string, parameters: readonly string[] = []) {
    super(message);
    this.name = 'XRefusal';
    this.status = status;
    this.parameters = new Set(parameters);
  }
}

const text = z.string().catch('');

/** One thing that X says is wrong, in a refusal or beside what it gave. */
const troubleSchema = z.object({
  title: text,
  detail: text,
  message: text,
  type: text,
  parameter: text,
  resource_type: text,
  resource_id: text,
  value: text,
  parameters: z.record(z.string(), z.unknown()).catch({}),
});
export type Trouble = z.output<typeof troubleSchema>;

const refusalSchema = troubleSchema.extend({ errors: z.array(z.unknown()).catch([]) });

/** All of it that can be read, at most so many. */
export function troublesOf(errors: readonly unknown[]): Trouble[] {
  return errors
    .slice(0, 1000)
    .map((error) => troubleSchema.safeParse(error).data)
    .filter((trouble) => trouble !== undefined);
}

/** What it says, in one line of bounded length, or `null` where it says nothing. */
export function wordsOf({ detail, message, title }: Trouble): string | null {
  return plain(detail || message || title) || null;
}

const LONGEST_WORDS = 200;

/** What another server wrote, to be shown to people. */
export function plain(words: string): string {
  const line = oneLine(cleanText(words.slice(0, 4 * LONGEST_WORDS))).replace(/[.\s]+$/, '');
  return line.length <= LONGEST_WORDS
    ? line
    : `${line.slice(0, LONGEST_WORDS - 1).toWellFormed()}…`;
}

/** An answer with an error's status. */
export type Refused = {
  readonly status: number;
  readonly body: string;
  /** Its `x-rate-limit-reset`. */
  readonly reset: string | readonly string[] | undefined;
  readonly now: Date;
};

/** The failure that it is, in words for people. */
export function refusalOf({ status, body, reset, now }: Refused): SourceFailure {
  const { troubles, isCapped } = readRefusal(body);
  const words = troubles.map(wordsOf).find((each) => each !== null) ?? null;
  const named = troubles.flatMap((trouble) => Object.keys(trouble.parameters));
  const cause = new XRefusal(status, words ?? `status ${status}`, named);
  if (status === 429) return limited(isCapped ? null : resetOf(reset, now), isCapped, cause);
  if (status >= 500) return failure('unreachable', `X’s API fails (status ${status})`, cause);
  const because = words === null ? '' : `: ${words}`;
  return failure(
    'refused',
    `${REFUSALS[status] ?? `X does not take the request (status ${status})`}${because}`,
    cause,
  );
}

const REFUSALS: Readonly<Record<number, string>> = {
  401: 'X does not accept the bearer token; set X_BEARER_TOKEN anew',
  402: 'the credits for X’s API are used up; buy more in X’s developer console',
  403: 'X does not let this app read it',
  404: 'X does not know it',
};

function failure(
  kind: SourceFailure['kind'],
  message: string,
  cause: Error | undefined,
): SourceFailure {
  return new SourceFailure(kind, message, { cause });
}

function limited(retryAt: Date | null, isCapped: boolean, cause: Error): SourceFailure {
  const message = isCapped
    ? 'the X account has read as much as its plan lets it read'
    : 'X was asked too often; it is asked again when it allows it';
  return new SourceFailure('limited', message, { retryAt, cause });
}

/** The body of a refusal: one problem, or several under `errors`; a proxy’s page is none. */
function readRefusal(body: string): { troubles: Trouble[]; isCapped: boolean } {
  const refusal = refusalSchema.safeParse(parse(body)).data;
  if (refusal === undefined) return { troubles: [], isCapped: false };
  const inner = troublesOf(refusal.errors);
  const isCapped = [refusal, ...inner].some(({ type }) => type.endsWith('/usage-capped'));
  // "One or more parameters to your request was invalid" says less than what stands inside.
  return { troubles: [...inner, refusal], isCapped };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** X counts in quarters of an hour and in days: a later moment is no answer to rely on. */
const LATEST_RESET_MS = 24 * 60 * 60_000;

/** The account's own cap has no such moment: what the header says is that of the quarter of an hour. */
function resetOf(reset: Refused['reset'], now: Date): Date | null {
  const seconds = Number(reset);
  if (!Number.isFinite(seconds) || seconds <= 0) return null;
  return new Date(Math.min(seconds * 1000, now.getTime() + LATEST_RESET_MS));
}

/** Nothing is passed on of what the client threw: it has the whole request in it, token and all. */
export function notReached(error: unknown): SourceFailure {
  const inner: unknown =
    typeof error === 'object' && error !== null && 'requestError' in error
      ? error.requestError
      : error;
  const code = inner instanceof Error && 'code' in inner ? plain(String(inner.code)) : '';
  return failure('unreachable', 'X’s API is not reached', code ? new Error(code) : undefined);
}

/** @param hasBegun Whether something of an answer came, which may be charged for. */
export function tooSlow(timeoutMs: number, hasBegun: boolean): SourceFailure {
  const seconds = Math.round(timeoutMs / 100) / 10;
  const message = `X’s API did not answer within ${seconds} seconds`;
  return new SourceFailure('unreachable', message, { mayBeCharged: hasBegun });
}

export function cutOff(): SourceFailure {
  const message = 'the answer of X’s API broke off';
  return new SourceFailure('unreachable', message, { mayBeCharged: true });
}

export function tooLong(limit: number): SourceFailure {
  const megabytes = Math.round(limit / 1024 / 1024);
  return unreadable(`it answered with more than ${megabytes} MB`);
}

/** Nothing is asked for any more, so that nothing of it is charged. */
export function inCircles(): SourceFailure {
  return failure('unreadable', 'the pages of X’s API go round in a circle', undefined);
}

/** Of an answer that was given, and may be charged for. */
export function unreadable(why: string): SourceFailure {
  const message = `the answer of X’s API cannot be read: ${why}`;
  return new SourceFailure('unreadable', message, { mayBeCharged: true });
}
