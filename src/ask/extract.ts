import { elideLinks, plainLine, shorten } from '../lib/text.ts';
import type { Answer, Evidence, Hit, LinePassage, Passage, Query } from '../model/asking.ts';
import type { Post } from '../model/post.ts';
import { isOneLanguage, type Language } from '../model/topic.ts';
import { excerptOf } from './excerpt.ts';
import { lookedThrough } from './looked.ts';
import { asksWhoSaidIt } from './goes-on.ts';
import { asksWhatThereWas } from './overview.ts';
import { isPointer } from './pointers.ts';
import { isWithin } from './sections.ts';
import { wordsShown } from './sources.ts';
import { latestFirst } from './withdrawn.ts';

/** So many passages answer at most. */
const PASSAGES = 4;
/** So many stories tell what there was on a day. */
const STORIES = 6;
/** Passages much weaker than the best one are not shown beside it. */
const NEAR_BEST = 0.5;
/** So much of a passage is shown, characters. */
const LONGEST = 300;
/** So much is shown of what was just told: to know it by. */
const GLIMPSE = 60;
/** So many of the nearest things are shown where nothing answers. */
const NEAREST = 2;

/** An answer without a model: the passages that fit best, word for word, or that there are none. */
export function extractFrom(evidence: Evidence, language: Language): Answer {
  const { query, carries } = evidence;
  const choices = carries ? choose(latestOf(evidence), language) : [];
  const [best] = choices;
  if (best === undefined) return declinedBy(evidence, language);
  const most = asksWhatThereWas(query) ? STORIES : PASSAGES;
  const shown = choices.filter(({ score }) => score >= best.score * NEAR_BEST).slice(0, most);
  const isKnown = query.told.length > 0 && asksWhoSaidIt(query.words);
  const sources: Passage[] = shown.map(({ passage }) => passage);
  const statements = shown.map(({ passage, of }, place) => ({
    text: isKnown
      ? shorten(plainLine(elideLinks(wordsShown(passage))), GLIMPSE)
      : excerptOf(elideLinks(wordsShown(passage)), query, LONGEST),
    sources: [place, ...(of === null ? [] : [sources.push(of) - 1])],
  }));
  return { kind: 'extract', statements, sources, brokenOff: null, keptSince: null };
}

/** Without what is of other days than those that are asked about; what was said last before what it replaced. */
function latestOf({ hits, ...evidence }: Evidence): Evidence {
  const ofDays = hits.filter(({ isAside }) => !isAside);
  return { ...evidence, hits: latestFirst(evidence.query, ofDays) };
}

/**
 * That nothing carries an answer, with what was looked through and the nearest things that there are. Where
 * more is asked for than was told, what is nearest is no more of it.
 */
export function declinedBy(evidence: Evidence, language: Language): Answer {
  const isOver = evidence.query.shown.length > 0;
  const sources = choose(evidence, language)
    .slice(0, isOver ? 0 : NEAREST)
    .map(({ passage }) => passage);
  return {
    kind: 'declined',
    statements: [],
    sources,
    brokenOff: null,
    keptSince: null,
    looked: lookedThrough(evidence),
  };
}

/** What is shown for a hit. */
type Choice = {
  readonly passage: Passage;
  readonly score: number;
  /** The line that was asked for, where the passage is a post of it. */
  readonly of: LinePassage | null;
};

/**
 * What can be shown of the hits, in their order: of a line and its posts only one, and nothing that says
 * nothing itself. Posts have who wrote them, when, and a link; a line that a model wrote in the language
 * of the answer stands for posts in another.
 */
function choose({ query, hits }: Evidence, language: Language): Choice[] {
  const lines = hits.flatMap(({ passage }) => (passage.kind === 'line' ? [passage] : []));
  const told = lines.filter((line) => isToldIn(line, language));
  const shown = new Set<string>();
  const choices: Choice[] = [];
  for (const hit of hits) {
    const choice = chosenFor(hit, told, query, language);
    const names = namesOf(choice.passage);
    if (names.some((name) => shown.has(name)) || isPointer(wordsShown(choice.passage))) continue;
    for (const name of names) shown.add(name);
    choices.push(choice);
  }
  return choices;
}

function chosenFor(
  { passage, score }: Hit,
  told: readonly LinePassage[],
  { sections }: Query,
  language: Language,
): Choice {
  const posts = passage.kind === 'post' ? [passage.post] : passage.posts;
  const post = posts.find(({ text }) => !isPointer(text)) ?? posts[0];
  if (post === undefined) return { passage, score, of: null };
  const line =
    post.lang === null || isOneLanguage(post.lang, language)
      ? undefined
      : told.find((one) => one.posts.some(({ id }) => id === post.id));
  if (line !== undefined) return { passage: line, score, of: null };
  const isNamed = passage.kind === 'line' && isWithin(passage.line.address, sections);
  return { passage: { kind: 'post', post }, score, of: isNamed ? passage : null };
}

/** Whether a line says in the language, in words of its own, what its posts say. */
function isToldIn({ language: own, line }: LinePassage, language: Language): boolean {
  return line.verdict.kind !== 'quoted' && isOneLanguage(own, language);
}

/** What a passage tells of: once that is shown, it is not shown again. */
function namesOf(passage: Passage): string[] {
  const posts: readonly Pick<Post, 'id'>[] =
    passage.kind === 'post' ? [passage.post] : passage.posts;
  const line = passage.kind === 'line' ? [`${passage.report} ${passage.line.address}`] : [];
  return [...line, ...posts.map(({ id }) => `post ${id}`)];
}
