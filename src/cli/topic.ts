import type { Root } from 'mdast';

import { type App, inDatabaseTime, openApp } from '../app.ts';
import { renderTerminal } from '../chat/terminal/render.ts';
import { mostOfSample, SAMPLE, sampleSource } from '../collect/collect.ts';
import { stateOf, timed } from '../collect/health.ts';
import { openSource } from '../collect/open.ts';
import { NO_SOURCES } from '../collect/settings.ts';
import { readTyped, SOURCE_USAGE } from '../collect/typed.ts';
import { OverBudget, type Page, SourceFailure } from '../collect/source.ts';
import { type Config, loadConfig, topicNamed } from '../config.ts';
import { editTopics } from '../config-edit.ts';
import { FIRST_LOOK_MS } from '../deliver/gathering.ts';
import { counted } from '../lib/numbers.ts';
import { cleanText, plainLine, shorten } from '../lib/text.ts';
import { bullets, heading, paragraph, root, text } from '../lib/tree.ts';
import { UserError } from '../model/errors.ts';
import { isCharged, sourceKey, type SourceSpec, type SourceState } from '../model/source.ts';
import type { TopicEdit } from '../model/topic.ts';
import { dayOf, timeToMinute } from '../model/window.ts';
import { type Post, postLink } from '../model/post.ts';
import { openSession } from '../store/sessions.ts';
import { leftOf, priceOfCharge } from '../store/source-days.ts';
import { sourcesOf } from '../store/sources.ts';
import { textsIn } from '../texts/texts.ts';
import { inDollars } from './dollars.ts';
import { lookOf } from './show.ts';
import type { Surroundings, Verb } from './verb.ts';

type Settings = { title?: string; language?: string; timeZone?: string; postAt?: string };
type Json = { json?: boolean };

const SOURCE = `${SOURCE_USAGE}, or the address of a profile or feed`;

/** `chorus topic add|list|remove|test` */
export const topic: Verb = (program, start) => {
  const verb = program
    .command('topic')
    .description('the topics and the sources of their posts, as chorus.yaml names them');
  verb
    .command('add')
    .description('make a topic, or add sources to it')
    .argument('<topic>', 'its name: small letters, digits and _')
    .argument('[source...]', SOURCE)
    .option('--title <title>', 'its name for people')
    .option('--language <tag>', 'language of its reports')
    .option('--time-zone <zone>', 'where its days begin and end: Asia/Shanghai')
    .option('--post-at <hour>', 'when its digest is posted: 10:00')
    .action((key: string, sources: string[], settings: Settings) =>
      start((with_) => change({ kind: 'add', key, sources, settings: named(settings) }, with_)),
    );
  verb
    .command('remove')
    .description('take sources from a topic, or the topic itself; its posts and reports stay')
    .argument('<topic>')
    .argument('[source...]', SOURCE)
    .action((key: string, sources: string[]) =>
      start((with_) => change({ kind: 'remove', key, sources }, with_)),
    );
  verb
    .command('list')
    .description('show the topics, their sources, and how these are')
    .option('--json', 'print the result as JSON')
    .action((options: Json) => start((with_) => list(options, with_)));
  verb
    .command('test')
    .description(
      'fetch ten posts of each source, and show them; stores nothing, but costs money on X',
    )
    .argument('[topic]', 'the first one when not given')
    .argument('[source...]', `only these, in the topic or not: ${SOURCE}`)
    .option('--json', 'print the result as JSON')
    .action((key: string | undefined, sources: string[], options: Json) =>
      start((with_) => test(key, sources, options, with_)),
    );
};

function named({ title, language, timeZone, postAt }: Settings): Record<string, string> {
  const all = { title, language, time_zone: timeZone, post_at: postAt };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

async function change(edit: TopicEdit, { config, environment, folder, out }: Surroundings) {
  const { added, known, gone } = await editTopics(config, edit);
  const after = loadConfig(environment, folder);
  const count = after.sources.get(edit.key)?.specs.length;
  const says = [
    count === undefined
      ? `The topic "${edit.key}" is gone from ${config.file}; its posts and reports stay.`
      : `The topic "${edit.key}" has ${counted(count, 'source')} in ${config.file}.`,
    ...(added.length > 0 ? [`New: ${added.join(', ')}.`] : []),
    ...(known.length > 0 ? [`Already there: ${known.join(', ')}.`] : []),
    ...(gone === null ? [] : [goneInWords(gone)]),
    'A bot that runs takes it up within a minute.',
  ];
  out.write(`${cleanText(says.join(' '))}\n`);
  return 0;
}

/** The default topic ends where another one is named: that must not happen in silence. */
function goneInWords(key: string): string {
  return `The topic "${key}", which there is only as long as none is named, is no more; its posts and reports stay, and \`chorus topic add ${key}\` keeps it too.`;
}

async function list({ json }: Json, { config, log, now, out }: Surroundings): Promise<number> {
  const app = await openApp(config, log, now);
  try {
    const topics = await Promise.all(
      config.topics.map(async ({ key, title, timeZone }) => {
        const health = await sourcesOf(app.db, key);
        const { specs } = config.sources.get(key) ?? NO_SOURCES;
        const sources = specs.map(sourceKey).map((name) => {
          const known = health.get(name);
          return { key: name, health: known ?? null, state: stateOf(known, now()) };
        });
        return { key, title, timeZone, sources };
      }),
    );
    if (json) out.write(`${JSON.stringify({ topics })}\n`);
    else out.write(renderTerminal(root(topics.flatMap(topicItems)), lookOf(out)));
    return 0;
  } finally {
    await app.close();
  }
}

function topicItems({
  key,
  title,
  timeZone,
  sources,
}: {
  key: string;
  title: string;
  timeZone: string;
  sources: readonly { readonly key: string; readonly state: SourceState }[];
}) {
  const items = sources.map((source) => [
    text(cleanText(`${source.key}: ${inWords(source.state, timeZone)}`)),
  ]);
  return [
    heading(2, title === key ? key : `${key}: ${cleanText(title)}`),
    items.length > 0
      ? bullets(items)
      : paragraph([text('It names no sources: its posts are imported.')]),
  ];
}

function inWords(state: SourceState, timeZone: string): string {
  return textsIn('en').sourceIs(timed(state, (at) => timeToMinute(at, timeZone)));
}

/** What a source showed: its posts, or why there are none. */
type Sample = { readonly key: string; readonly page: Page | null; readonly failure: string | null };

/** So far back it is looked for them. */
const LOOK_BACK_MS = 7 * FIRST_LOOK_MS;

async function test(
  key: string | undefined,
  words: readonly string[],
  { json }: Json,
  { config, err, log, now, out, signal }: Surroundings,
): Promise<number> {
  const about = topicNamed(config, key);
  const specs =
    words.length > 0 ? words.map(specOf) : (config.sources.get(about.key) ?? NO_SOURCES).specs;
  if (specs.length === 0) {
    throw new UserError('not-found', `"${about.key}" names no sources: name one (${SOURCE}).`);
  }
  const opened = await openApp(config, log, now);
  const session = await openSession(opened.pool);
  try {
    const samples = await inDatabaseTime(opened, async (app) => {
      const paid = specs.filter(isCharged).length;
      if (paid > 0) err.write(`${await costInWords(app, about.key, paid)}\n`);
      const sampled: Sample[] = [];
      for (const spec of specs) {
        const one = await sampleOf(app, session.number, about.key, spec, signal);
        if (!json) out.write(renderTerminal(sampleTree(one, about.timeZone), lookOf(out)));
        sampled.push(one);
      }
      return sampled;
    });
    if (json) out.write(`${JSON.stringify({ topic: about.key, samples })}\n`);
    return samples.some(({ failure }) => failure !== null) ? 1 : 0;
  } finally {
    await session.close();
    await opened.close();
  }
}

/** Looking at sources of X costs money: what at most, and what the budget has for it, is said before. */
async function costInWords({ db, config, now }: App, key: string, count: number): Promise<string> {
  const { budget } = config.sources.get(key) ?? NO_SOURCES;
  const left = await leftOf(db, key, dayOf(now(), 'UTC'), budget);
  const each = priceOfCharge(mostOfSample(SAMPLE), config.collect.prices);
  const room = inDollars(Math.max(0, left.micros));
  return `Looking at ${counted(count, 'source')} of X costs money: at most ${inDollars(each * count)} (${inDollars(each)} each); the ${left.ends} budget has ${room} left, and nothing is read beyond it.`;
}

function specOf(words: string): SourceSpec {
  const read = readTyped(words);
  if (read.kind === 'source') return read.spec;
  throw new UserError('usage', `"${words}" is no source: ${read.why}.`);
}

async function sampleOf(
  { db, now, log, config }: Pick<App, 'db' | 'now' | 'log'> & { config: Config },
  session: number,
  topicKey: string,
  spec: SourceSpec,
  signal: AbortSignal,
): Promise<Sample> {
  const key = sourceKey(spec);
  const { budget, everyMinutes } = config.sources.get(topicKey) ?? NO_SOURCES;
  const collector = { db, now, log, session, prices: config.collect.prices };
  const since = new Date(now().getTime() - LOOK_BACK_MS);
  const errand = { topic: topicKey, budget, everyMinutes, since, atOnce: true, signal };
  try {
    const source = openSource(spec, config);
    return { key, page: await sampleSource(collector, source, errand, SAMPLE), failure: null };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SourceFailure || error instanceof OverBudget)) throw error;
    return { key, page: null, failure: error.message };
  }
}

function sampleTree({ key, page, failure }: Sample, timeZone: string): Root {
  const title = heading(2, cleanText(key));
  if (page === null) return root([title, paragraph([text(`It fails: ${failure}.`)])]);
  const { posts, problems } = page;
  return root([
    title,
    posts.length > 0
      ? bullets(posts.map((post) => [text(postInWords(post, timeZone))]))
      : paragraph([text('It has no posts of the last seven days.')]),
    ...(problems.length > 0 ? [bullets(problems.map((words) => [text(cleanText(words))]))] : []),
  ]);
}

const SHOWN = 160;

function postInWords(post: Post, timeZone: string): string {
  const words = shorten(plainLine(post.text), SHOWN);
  return `@${plainLine(post.author)}, ${timeToMinute(post.createdAt, timeZone)}: ${words} (${postLink(post) ?? post.id})`;
}
