import { estimateTokens } from '../claude/estimate.ts';
import { plainLine, shorten, withoutLinks } from '../lib/text.ts';
import { engagement, type Numbers, type Post } from '../model/post.ts';
import type { Story } from '../model/story.ts';
import { timeToMinute } from '../model/window.ts';
import type { Continuity, Told } from './continuity.ts';
import { fenced } from './fence.ts';

/** What a report may be written from, as a model reads it and as code looks it up. */
export type Evidence = {
  /** Fenced; a mark (`p12`) leads every post, and none of them can close the fence. */
  readonly text: string;
  /** Estimated, of `text`. */
  readonly tokens: number;
  /** Posts by mark, and by id. */
  readonly posts: ReadonlyMap<string, Post>;
  /** The mark of a post, by its id. */
  readonly marks: ReadonlyMap<string, string>;
  /** Stories by mark (`s3`), strongest first. */
  readonly stories: ReadonlyMap<string, Story>;
  /** Lines of earlier reports by mark (`e2`). */
  readonly earlier: ReadonlyMap<string, Told>;
  /** The share of the engagement of all stories that those in the evidence have, 0 to 1. */
  readonly coverage: number;
};

/** How much of a story is shown. */
type Form = {
  /** Characters of its headline. */
  readonly headline: number;
  /** Other posts that are shown. */
  readonly voices: number;
  /** Characters of each of them. */
  readonly voice: number;
};

/** From everything to a glimpse: the first form that fits for all stories is taken for all. */
const FORMS: readonly Form[] = [
  { headline: Infinity, voices: 12, voice: Infinity },
  { headline: Infinity, voices: 8, voice: 400 },
  { headline: Infinity, voices: 4, voice: 140 },
];
const SHORT: Form = { headline: Infinity, voices: 3, voice: 120 };
const GLIMPSE: Form = { headline: 110, voices: 0, voice: 0 };

/** Of the budget, the most that earlier reports take, and that stories take in more than a glimpse. */
const SHARES = { earlier: 0.12, whole: 0.55 } as const;

/**
 * Lays out the stories within so many tokens: the strongest with their headline whole and other voices
 * short, the rest in a glimpse, those that moved most readers first. What does not fit is left out.
 */
export function gatherEvidence(
  stories: readonly Story[],
  continuity: Continuity,
  timeZone: string,
  budget: number,
): Evidence {
  const marks = new Marks(timeZone);
  const earlier = earlierBlock(continuity, marks, budget * SHARES.earlier);
  const shown = chooseForms(stories, marks, budget - earlier.tokens);
  const blocks = shown.map(({ story, form }) => ({
    mark: marks.ofStory(story),
    text: storyBlock(story, form, marks),
    story,
  }));
  const body = [...blocks.map(({ text }) => text), ...earlier.lines].join('\n');
  const text = fenced(body);
  const all = stories.reduce((sum, { numbers }) => sum + engagement(numbers), 0);
  const inside = shown.reduce((sum, { story }) => sum + engagement(story.numbers), 0);
  return {
    text,
    tokens: estimateTokens(text),
    posts: marks.posts,
    marks: marks.byId,
    stories: new Map(blocks.map(({ mark, story }) => [mark, story])),
    earlier: earlier.told,
    coverage: all === 0 ? 1 : inside / all,
  };
}

/** Gives posts and stories their marks, in the order in which they are first shown. */
class Marks {
  readonly posts = new Map<string, Post>();
  readonly byId = new Map<string, string>();
  readonly timeZone: string;
  readonly #stories = new Map<Story, string>();

  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  ofPost(post: Post): string {
    const known = this.byId.get(post.id);
    if (known !== undefined) return known;
    const mark = `p${this.byId.size + 1}`;
    this.byId.set(post.id, mark);
    this.posts.set(mark, post);
    // An id that looks like a mark would lead to another post.
    if (!MARK.test(post.id)) this.posts.set(post.id, post);
    return mark;
  }

  ofStory(story: Story): string {
    const mark = this.#stories.get(story) ?? `s${this.#stories.size + 1}`;
    this.#stories.set(story, mark);
    return mark;
  }
}

const MARK = /^[a-z]\d+$/i;

type Shown = { readonly story: Story; readonly form: Form };

/** The stories that fit, strongest first, each with the form in which it does. */
function chooseForms(stories: readonly Story[], marks: Marks, budget: number): Shown[] {
  const scratch = new Marks(marks.timeZone); // marks are given out once it is known who is shown
  const cost = (story: Story, form: Form) => estimateTokens(storyBlock(story, form, scratch)) + 1;
  const total = (form: Form) => stories.reduce((sum, story) => sum + cost(story, form), 0);
  const roomy = FORMS.find((form) => total(form) <= budget);
  if (roomy) return stories.map((story) => ({ story, form: roomy }));
  const forms = new Map<Story, Form>();
  let left = budget;
  const show = (story: Story, form: Form): boolean => {
    const tokens = cost(story, form);
    if (tokens > left) return false;
    left -= tokens;
    forms.set(story, form);
    return true;
  };
  const reserve = budget * (1 - SHARES.whole);
  for (const story of stories) {
    if (left <= reserve) break;
    if (!show(story, SHORT)) break;
  }
  const byReaders = stories
    .filter((story) => !forms.has(story))
    .toSorted((a, b) => engagement(b.numbers) - engagement(a.numbers));
  for (const story of byReaders) show(story, GLIMPSE);
  return stories.flatMap((story) => {
    const form = forms.get(story);
    return form ? [{ story, form }] : [];
  });
}

/** `s3 4 voices 6578♥ …` and its posts, a line each; a glimpse is one line. */
function storyBlock(story: Story, form: Form, marks: Marks): string {
  const mark = marks.ofStory(story);
  const [headline, ...others] = story.posts;
  const head = headline ?? story.headline;
  if (form.voices === 0) return `${mark} ${postLine(head, form.headline, marks)}`;
  const shown = others.slice(0, form.voices);
  const rest = others.slice(form.voices);
  const voices = story.voices > 1 ? ` ${story.voices} voices` : '';
  return [
    `${mark}${voices}${numbersIn(story.numbers)}`,
    postLine(head, form.headline, marks),
    ...shown.map((post) => postLine(post, form.voice, marks)),
    ...(rest.length > 0 ? [`+${rest.length} more posts, not shown`] : []),
  ].join('\n');
}

/** `p12 @levie (Aaron Levie) 04-23 18:50 6578♥: text`, on one line whatever the post holds. */
function postLine(post: Post, longest: number, marks: Marks): string {
  const name = plainLine(post.authorName);
  const who = name === '' || name === post.author ? '' : ` (${shorten(name, LONGEST_NAME)})`;
  const time = timeToMinute(post.createdAt, marks.timeZone).slice(5);
  const quoted = post.quotedId === null ? null : (marks.byId.get(post.quotedId) ?? null);
  const quotes =
    quoted !== null ? ` quotes ${quoted}` : post.isQuote ? ' quotes a post not shown' : '';
  const words = plainLine(withoutLinks(post.text));
  return `${marks.ofPost(post)} ${handleOf(post)}${who} ${time}${numbersIn(post)}${quotes}: ${shorten(words, longest)}`;
}

const LONGEST_NAME = 40;

/** `@levie`, one word whatever a file calls its authors. */
export function handleOf({ author }: Pick<Post, 'author'>): string {
  return `@${plainLine(author).replace(/ .*$/, '')}`;
}

function numbersIn({ likes, reposts, quotes, replies, views }: Numbers): string {
  const shared = reposts === null && quotes === null ? null : (reposts ?? 0) + (quotes ?? 0);
  const counts = [
    [likes, '♥'],
    [shared, '↻'],
    [replies, '✎'],
    [views, '◎'],
  ] as const;
  return counts.map(([count, sign]) => (count ? ` ${count}${sign}` : '')).join('');
}

type EarlierBlock = {
  readonly lines: string[];
  readonly tokens: number;
  readonly told: Map<string, Told>;
};

/** What earlier reports told of today's stories, and what they told that today nobody speaks of. */
function earlierBlock({ goesOn, gone }: Continuity, marks: Marks, budget: number): EarlierBlock {
  const told = new Map<string, Told>();
  let tokens = 0;
  const block = (title: string, lines: readonly Told[]): string[] => {
    const shown = lines.flatMap((line) => {
      const cites = line.posts.map((post) => marks.ofPost(post)).join(' ');
      const mark = `e${told.size + 1}`;
      const text = `${mark} ${line.to} ${line.address} [${cites}]: ${plainLine(line.words)}`;
      const cost = estimateTokens(text);
      if (tokens + cost > budget) return [];
      tokens += cost;
      told.set(mark, line);
      return [text];
    });
    return shown.length === 0 ? [] : [title, ...shown];
  };
  const lines = [
    ...block('# Earlier reports on stories that may go on', goesOn),
    ...block('# Told in the last days, not spoken of today', gone),
  ];
  return { lines, tokens, told };
}
