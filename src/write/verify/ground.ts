import { withoutLinks } from '../../lib/text.ts';
import type { Post } from '../../model/post.ts';
import { type Day, dayOf } from '../../model/window.ts';
import { datesIn, daysAround } from './dates.ts';
import { type Figure, figuresIn } from './figures.ts';

/** What a line may rest on. */
export type Grounds = {
  /** The cited posts, with those that they quote where these are known. */
  readonly posts: readonly Post[];
  /** Words of earlier lines that this one goes on from: their numbers and names are fine too. */
  readonly earlier: readonly string[];
  /** In which dates are told. */
  readonly timeZone: string;
  /** Days that may be told besides those on which the posts were written. */
  readonly days?: readonly Day[];
};

/** One text among the grounds, with its figures. */
export type Source = {
  /** `null` for words of an earlier line. */
  readonly post: Post | null;
  readonly text: string;
  readonly figures: readonly Figure[];
};

/** The grounds, read once for all checks. */
export type Ground = {
  readonly sources: readonly Source[];
  /** The texts, and who wrote them. */
  readonly words: string;
  /** Figures in what is known of the authors. */
  readonly ofAuthors: readonly Figure[];
  /** Days as month-day, without leading zeros. */
  readonly days: ReadonlySet<string>;
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
};

/** Reads the grounds of a line. */
export function readGround({ posts, earlier, timeZone, days = [] }: Grounds): Ground {
  const sources = [
    ...posts.map((post) => sourceOf(post, post.text)),
    ...earlier.map((words) => sourceOf(null, words)),
  ];
  const told = days.map(calendarOf);
  const written = [...posts.flatMap((post) => datesOf(post, timeZone)), ...told];
  const named = sources.flatMap(({ text }) => datesIn(text));
  return {
    sources,
    words: [...sources.map(({ text }) => text), ...posts.map(authorOf)].join('\n'),
    ofAuthors: posts.flatMap((post) => figuresIn(authorOf(post))),
    days: new Set([
      ...posts.flatMap((post) => daysOfPost(post, timeZone)),
      ...told.map(({ month, day }) => `${month}-${day}`),
      ...named.map(({ month, day }) => `${month}-${day}`),
    ]),
    months: new Set([...written.map(({ month }) => month), ...named.map(({ month }) => month)]),
    years: new Set(written.map(({ year }) => year)),
  };
}

/** So many figures of one text count; a longer list is one of numbers, not of facts. */
const MOST = 400;

function sourceOf(post: Post | null, words: string): Source {
  const text = tidy(withoutLinks(words));
  return { post, text, figures: figuresIn(text).slice(0, MOST) };
}

/** Words in the form in which the checks compare them: plain digits and quotes, single spaces. */
export function tidy(words: string): string {
  return words
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, plainDigit)
    .replace(/&amp;/gi, '&')
    .replace(/[‘’]/g, "'")
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[ \t\u00A0]+/g, ' ');
}

/** Where the ten digits of other scripts begin. */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
  0xf20, 0x1040, 0x17e0, 0x1810,
];

function plainDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = ZEROS.find((each) => code >= each && code < each + 10);
  return zero === undefined ? digit : String(code - zero);
}

/** Who wrote a post, as far as it is known. */
export function authorOf({ author, authorName, authorBio }: Post): string {
  return tidy(`@${author} ${authorName} ${authorBio ?? ''}`);
}

type Calendar = { readonly year: number; readonly month: number; readonly day: number };

/** The days on which a post was written: in the time zone, and in UTC. */
function datesOf({ createdAt }: Post, timeZone: string): Calendar[] {
  return [timeZone, 'UTC'].map((zone) => calendarOf(dayOf(createdAt, zone)));
}

function calendarOf(written: Day): Calendar {
  const [year = 0, month = 0, day = 0] = written.split('-').map(Number);
  return { year, month, day };
}

function daysOfPost(post: Post, timeZone: string): string[] {
  return datesOf(post, timeZone).flatMap(({ year, month, day }) =>
    daysAround(post.text, year, month, day),
  );
}
