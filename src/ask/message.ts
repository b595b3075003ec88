import type { PhrasingContent, Root, RootContent } from 'mdast';

import { elideLinks, plainLine, shorten, withoutLinks } from '../lib/text.ts';
import { bullets, emphasis, link, paragraph, root, strong, text } from '../lib/tree.ts';
import type { Answer, Passage, ReportLine, Statement } from '../model/asking.ts';
import { type Loudness, type Post, postLink } from '../model/post.ts';
import type { Language } from '../model/topic.ts';
import { dayOf, type Days, timeToMinute } from '../model/window.ts';
import { textsIn, type Texts } from '../texts/texts.ts';
import { excerptOf } from './excerpt.ts';
import { wordsShown } from './sources.ts';

/** An answer as a message, finished or while it grows: statements with marks, and what they lead to. */
export function answerMessage(answer: Answer, language: Language, timeZone: string): Root {
  const by = answer.meant?.by ?? null;
  const set: Setting = { texts: textsIn(language), timeZone, by };
  const { kind, keptSince } = answer;
  const before = [
    ...(keptSince ? [note(set.texts.answeredBefore(timeToMinute(keptSince, timeZone)))] : []),
    ...daysMeant(answer, set),
  ];
  if (kind === 'written') return root([...before, ...written(answer, set)]);
  return root([...before, ...(kind === 'extract' ? extract(answer, set) : declined(answer, set))]);
}

/** What the parts of a message are set with. */
type Setting = {
  readonly texts: Texts;
  readonly timeZone: string;
  /** The number by which posts were asked for. */
  readonly by: Loudness | null;
};

/** Which days the question was taken to be about, and whether what answers it is of them. */
function daysMeant(answer: Answer, { texts, timeZone }: Setting): RootContent[] {
  const { kind, meant, looked, sources } = answer;
  if (meant?.view && isBeyond(sources, meant.view, timeZone)) {
    return [note(texts.beyondView(texts.days(meant.view.from, meant.view.to)))];
  }
  if (!meant?.days) return [];
  if (kind === 'declined' && looked && !meant.more) return []; // which says them itself
  const { from, to } = meant.days;
  const days = texts.days(from, to);
  const isBeside =
    kind !== 'declined' &&
    sources.length > 0 &&
    !sources.some((passage) => isOfDays(passage, { from, to }, timeZone));
  return [note(isBeside ? texts.besideDays(days, meant.more) : texts.aboutDays(days))];
}

/** Whether something that is shown is of other days than the digest in view. */
function isBeyond(sources: readonly Passage[], view: Days, timeZone: string): boolean {
  return sources.some((passage) => !isOfDays(passage, view, timeZone));
}

function isOfDays(passage: Passage, { from, to }: Days, zone: string): boolean {
  if (passage.kind === 'line') return passage.window.from <= to && passage.window.to >= from;
  const day = dayOf(passage.post.createdAt, zone);
  return day >= from && day <= to;
}

function written({ statements, sources, brokenOff }: Answer, set: Setting): RootContent[] {
  const said = statements.flatMap((statement, index) => [
    text(`${index === 0 ? '' : ' '}${statement.text}`),
    ...marksOf(statement, sources),
  ]);
  const items = sources.map((passage, place) => source(passage, place, set));
  return [
    ...(said.length > 0 ? [paragraph(said)] : []),
    ...(brokenOff ? [note(set.texts.brokenOff[brokenOff])] : []),
    ...(items.length > 0 ? [paragraph([strong(set.texts.sources)]), bullets(items)] : []),
  ];
}

/** The marks behind a sentence; Chinese and Japanese end with room enough. */
function marksOf({ text: words, sources: places }: Statement, sources: readonly Passage[]) {
  const marks = places.flatMap((place) => {
    const passage = sources[place];
    return passage ? [mark(passage, place)] : [];
  });
  return marks.length === 0 || /[。！？」』”]$/u.test(words) ? marks : [text(' '), ...marks];
}

/** `[1]`, which leads to where the passage can be read. */
function mark(passage: Passage, place: number): PhrasingContent {
  const address = addressOf(passage);
  const words = `[${place + 1}]`;
  return address === null ? text(words) : link(address, words);
}

/** Where a passage can be read: of a line, the first of its posts that has an address. */
function addressOf(passage: Passage): string | null {
  const posts = passage.kind === 'post' ? [passage.post] : passage.posts;
  return posts.map(postLink).find((address) => address !== null) ?? null;
}

/** Characters of a passage that stand beside its mark: to know it by, and to read it. */
const GLIMPSE = 100;
const QUOTATION = 320;
/** Of what is nearest; what shows that it goes on has room in a quotation yet. */
const BEGINNING = 300;

/** A source of what is told above. What cannot be looked up elsewhere is shown as far as it has room. */
function source(passage: Passage, place: number, set: Setting): PhrasingContent[] {
  const isElsewhere = passage.kind === 'post' && addressOf(passage) !== null;
  const glimpse = isElsewhere ? [] : [quotation(wordsShown(passage), GLIMPSE, set)];
  return [mark(passage, place), text(' '), ...head(passage, set), ...glimpse];
}

function extract(answer: Answer, set: Setting): RootContent[] {
  const { statements, sources, brokenOff, unsearched, counted } = answer;
  const { answerIsExtract, linesToSumUp, modelIsLost, newestOfThem } = set.texts;
  if (unsearched !== undefined) {
    return [paragraph([text(refusal(answer, set))]), note(linesToSumUp), linesOf(answer)];
  }
  const items = statements.map((statement) => [
    ...statement.sources.flatMap((place, nth) => {
      const passage = sources[place];
      if (!passage) return [];
      // The line that was asked for stands behind its post, with which it shares the mark.
      const before = nth === 0 ? [mark(passage, place), text(' ')] : [text(' · ')];
      return [...before, ...head(passage, set)];
    }),
    quotation(statement.text, QUOTATION, set),
  ]);
  if (counted) {
    return [paragraph([text(set.texts.counted(counted))]), note(newestOfThem), bullets(items)];
  }
  return [note(brokenOff === 'lost' ? modelIsLost : answerIsExtract), bullets(items)];
}

/** The lines of a report as they stand in it, each under its mark and its address. */
function linesOf({ statements, sources }: Answer): RootContent {
  const items = statements.map(({ text: words, sources: [place = 0] }) => {
    const passage = sources[place];
    if (passage?.kind !== 'line') return [text(words)];
    return [mark(passage, place), text(' '), strong(passage.line.address), text(` ${words}`)];
  });
  return bullets(items);
}

function declined(answer: Answer, set: Setting): RootContent[] {
  const { sources } = answer;
  const { nearestThings } = set.texts;
  const items = sources.map((passage, place) => [
    mark(passage, place),
    text(' '),
    ...head(passage, set),
    quotation(beginningOf(passage), QUOTATION, set),
  ]);
  return [
    paragraph([text(refusal(answer, set))]),
    ...(items.length > 0 ? [note(nearestThings), bullets(items)] : []),
  ];
}

/** The first sentences of what a passage says. */
function beginningOf(passage: Passage): string {
  return excerptOf(elideLinks(wordsShown(passage)), { wanted: [] }, BEGINNING);
}

/** That nothing is there, and what was looked through for it. */
function refusal({ meant, looked, unsearched, counted }: Answer, { texts }: Setting): string {
  if (counted) return texts.counted(counted);
  if (unsearched !== undefined) return texts.unsearched[unsearched];
  if (meant?.more === true) return texts.noMore;
  const { authors = [], sections = [] } = looked ?? {};
  const days = meant?.days ?? null;
  const isLimited = looked && (days !== null || authors.length > 0 || sections.length > 0);
  return isLimited
    ? texts.nothingThere({
        days: days && texts.days(days.from, days.to),
        authors: authors.map(handleOf),
        sections,
      })
    : texts.noAnswer;
}

/** Who said it and when, and how it was taken. */
function head(passage: Passage, set: Setting): PhrasingContent[] {
  return passage.kind === 'post' ? headOfPost(passage.post, set) : headOfLine(passage, set);
}

function headOfPost(post: Post, { texts, timeZone, by }: Setting): PhrasingContent[] {
  // X counts the likes of a repost with the original, and hands out 0 for the repost itself.
  const likes = post.isRepost ? null : post.likes;
  const replies = by === 'replies' ? post.replies : null;
  const numbers = texts.sourceNumbers({ ...post, likes, replies });
  const name = plainLine(withoutLinks(post.authorName));
  const handle = handleOf(post.author);
  const isNamed = name !== '' && name !== post.author;
  return [
    strong(isNamed ? `${name} (${handle})` : handle),
    text(`, ${dayOf(post.createdAt, timeZone)}${numbers === '' ? '' : ` · ${numbers}`}`),
  ];
}

/** Files may call authors anything, an address too. */
function handleOf(author: string): string {
  return `@${plainLine(withoutLinks(author))}`;
}

function headOfLine({ window, line }: ReportLine, { texts }: Setting): PhrasingContent[] {
  return [strong(texts.lineOfReport(texts.days(window.from, window.to), line.address))];
}

/** `: “…”`, behind whoever said it. */
function quotation(words: string, longest: number, { texts }: Setting): PhrasingContent {
  return text(texts.quotation('', shorten(plainLine(elideLinks(words)), longest)));
}

function note(words: string): RootContent {
  return paragraph([emphasis(words)]);
}
