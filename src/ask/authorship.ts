import type { Query } from '../model/asking.ts';
import type { Post } from '../model/post.ts';
import { wordsOfLine } from '../model/report.ts';
import { foldName } from './spoken-names.ts';
import type { FoundPost } from './weigh.ts';

/** That only a part of the author's name is said, and that it is a part of others' names as well. */
const FIRST_NAME = 0.8;
const AMBIGUOUS = 0.4;
/** That it is by somebody of the company that is asked about. */
const ASSOCIATE = 0.5;

type Voice = Pick<FoundPost, 'post' | 'lines'>;

/** Whose posts are asked for among those that were found. */
export type FoundVoices = {
  /** Whether somebody's own words are asked for who wrote some of them. */
  readonly areAskedFor: boolean;
  /** How surely a post is by somebody who is asked about, or tells their words; 0 to 1. */
  readonly of: (one: Voice) => number;
  /** Whether somebody speaks of whom it is asked what others say. */
  readonly isOfSubject: (one: Voice) => boolean;
  /** Whether somebody else speaks in a post than those whose words are asked for. */
  readonly isOther: (one: Voice) => boolean;
};

/** Reads from the authors of what was found who is meant by the names of a question. */
export function voicesAmong(
  found: readonly Voice[],
  { authors, associates, speakers, subjects }: VoicesAsked,
): FoundVoices {
  const posts = found.map(({ post }) => post);
  const asked = namedAmong(posts, authors);
  const speaking = namedAmong(posts, speakers);
  const spokenOf = namedAmong(posts, subjects);
  const areAskedFor = speaking.size > 0;
  const ofPost = ({ author, authorName }: Post) => {
    const surely = (areAskedFor ? speaking : asked).get(author) ?? 0;
    const names = [foldName(author), foldName(authorName)];
    return surely || (names.some((name) => associates.includes(name)) ? ASSOCIATE : 0);
  };
  const toldIn = ({ lines }: Voice) =>
    lines.some(({ line }) => beginsWith(wordsOfLine(line.line), speakers)) ? FIRST_NAME : 0;
  const isOfSubject = ({ post }: Voice) => spokenOf.has(post.author);
  const of = (one: Voice) =>
    isOfSubject(one) ? 0 : Math.max(ofPost(one.post), areAskedFor ? toldIn(one) : 0);
  const isOther = (one: Voice) => isOfSubject(one) || (areAskedFor && of(one) === 0);
  return { areAskedFor, of, isOfSubject, isOther };
}

type VoicesAsked = Pick<Query, 'authors' | 'associates' | 'speakers' | 'subjects'>;

/**
 * The authors who are meant by names, with how surely: by handle or shown name, else by a part of it that
 * stands in no name that is said in full.
 */
export function namedAmong(
  posts: readonly Pick<Post, 'author' | 'authorName'>[],
  names: readonly string[],
): ReadonlyMap<string, number> {
  const meant = new Map<string, number>();
  const partly = new Map<string, Set<string>>();
  const saidInFull = new Set<string>();
  for (const { author, authorName } of names.length === 0 ? [] : posts) {
    const words = partsOfName(authorName);
    if (names.includes(foldName(author)) || names.includes(foldName(authorName))) {
      meant.set(author, 1);
      for (const word of words) saidInFull.add(word);
    } else {
      for (const word of words) {
        if (!names.includes(word)) continue;
        partly.set(word, (partly.get(word) ?? new Set()).add(author));
      }
    }
  }
  for (const [word, authors] of partly) {
    if (saidInFull.has(word)) continue;
    const surely = authors.size === 1 ? FIRST_NAME : AMBIGUOUS;
    for (const author of authors) meant.set(author, Math.max(surely, meant.get(author) ?? 0));
  }
  return meant;
}

/** The words of a shown name, and what stands before brackets and in them; initials are no names. */
function partsOfName(shown: string): string[] {
  const parts = [shown.split(/[^\p{L}\p{N}]+/u), shown.split(/[()（）[\]【】]/u)];
  const folded = parts.flat().map(foldName);
  return [...new Set(folded)].filter((part) => part.length > (HAN.test(part) ? 1 : 2));
}

const HAN = /\p{Script=Han}/u;

/** A line tells somebody's words where it begins with their name: so many letters. */
const BEGINNING = 24;

function beginsWith(text: string, names: readonly string[]): boolean {
  const beginning = foldName(text.slice(0, BEGINNING));
  return names.some((name) => name.length > 2 && beginning.startsWith(name));
}
