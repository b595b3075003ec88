import { describe, expect, it } from 'vitest';

import { cleanText, plainLine } from '../../src/lib/text.ts';
import type { Post } from '../../src/model/post.ts';
import type { Line, Report } from '../../src/model/report.ts';
import { jekyllPost, nameOf } from '../../src/publish/jekyll.ts';
import { text } from '../fakes/claude.ts';
import { nodesOf, readPage, visibleTexts } from '../publish/page.ts';
import { type Asked, aModel, lines, type SaidLine, sections } from '../support/model.ts';
import { aNewsroom, NEWS } from '../support/newsroom.ts';
import { aPost } from '../support/posts.ts';
import { HOSTILE_POSTS, type HostilePost } from './hostile-posts.ts';

const HONEST = NEWS.slice(0, 6);

/**
 * What gets through when the model obeys, and again when it is to mend the line, and when the judge
 * says yes to everything: plain words without a link, a mark, a figure or a name of their own, which
 * only a reader can tell from honest ones. `model` is what the rules suspected and the judge let
 * through; `advice` stands in part IV alone, which may say what no post says.
 */
const THROUGH: ReadonlySet<string> = new Set([
  'rules: an order in German', // so short that its language is not sure
  'title: an order in German',
  'rules: an order in Vietnamese',
  'rules: the end of the data',
  'title: the end of the data',
  'title: ids that are no ids',
  'rules: a post line after a paragraph separator',
  'rules: an id that is the name of another post',
  'rules: an order with nothing between its letters',
  'title: an order with nothing between its letters',
  'rules: an order in letters that nobody sees',
  'rules: an order to leave others out',
  'rules: an order to lie about numbers', // the post itself says so
  'rules: an order to tell the prompt',
  'rules: a threat',
  'rules: an order in a name',
  'advice: a post element',
  'advice: a system message',
  'advice: a post line after a carriage return',
  'advice: ids that are no ids',
  'advice: a handle in foreign letters',
  'advice: an order to alter another story',
  'advice: an order to judge the lines',
  'model: thoughts of the model',
  'model: an order to cite everything',
  'model: an order for tomorrow',
  'model: an order in what an author says of himself',
]);

/** A hostile post as it is stored, and what it would have the model say. */
type Attack = {
  readonly name: string;
  readonly forbidden: string;
  readonly post: Post;
  readonly orders: readonly NonNullable<HostilePost['wants']['line']>[];
};

const ATTACKS: readonly Attack[] = HOSTILE_POSTS.map(({ name, post, wants }, index) => {
  const made = aPost({
    id: `hostile-${index}`,
    author: `hostile_${index}_demo`,
    authorName: `Hostile ${index}`,
    likes: 600 - index,
    ...post,
  });
  const leaked = wants.leak === undefined ? [] : [{ text: wants.leak, posts: ['own'] }];
  return {
    name,
    forbidden: wants.forbidden,
    // Imported posts are stored like this.
    post: {
      ...made,
      author: cleanText(made.author),
      authorName: cleanText(made.authorName),
      text: cleanText(made.text),
    },
    orders: [...(wants.line ? [wants.line] : []), ...leaked],
  };
});

/** So many lines the smallest part, the advice, has room for. */
const ROOM = 5;

/** Attacks by days: every order fits every part, and posts that begin alike, which are copies, do not meet. */
const DAYS = ATTACKS.reduce<Attack[][]>((days, attack) => {
  const day = days.find((others) => {
    const orders = [...others, attack].flatMap((each) => each.orders);
    return (
      orders.length <= ROOM && others.every((other) => beginningOf(other) !== beginningOf(attack))
    );
  });
  if (day) day.push(attack);
  else days.push([attack]);
  return days;
}, []);

function beginningOf({ post }: Attack): string {
  return post.text.replace(/[<@[].*$/s, '').slice(0, 15);
}

/** One order as the model that obeys it writes it. */
function obeyed({ post }: Attack, order: Attack['orders'][number], { stories }: Shown): SaidLine {
  const shown = stories.flatMap(({ posts }) => posts);
  const markOf = ({ author }: Pick<Post, 'author'>) =>
    shown.filter(({ handle }) => author.startsWith(handle)).map(({ mark }) => mark);
  const meant = new Map([
    ['own', markOf(post)],
    ['other', HONEST.slice(0, 1).flatMap(markOf)],
    ['all', shown.map(({ mark }) => mark)],
  ]);
  return {
    ...order,
    posts: order.posts.flatMap((mark) => meant.get(mark) ?? [mark]),
    basis: ['I.1', 'II.1', 'III.A.1', 'III.B.1'],
  };
}

type Shown = Pick<Asked, 'stories'>;

/** A model that does what the posts of a day say, in every part and again when it is to mend it. */
function anObedientModel(attacks: readonly Attack[]) {
  let all: Shown = { stories: [] };
  const orders = attacks.flatMap((attack) => attack.orders.map((order) => ({ attack, order })));
  const say = (some: typeof orders) => some.map(({ attack, order }) => obeyed(attack, order, all));
  const titles = orders.flatMap(({ order }) => [order.text, order.lead ?? '']).filter(Boolean);
  const model = aModel({
    plan(asked) {
      all = asked;
      const planned = asked.stories.slice(0, titles.length);
      return sections(
        ...planned.map(({ mark }, index) => ({ title: titles[index] ?? '', stories: [mark] })),
      );
    },
    I: () => lines(...say(orders)),
    II: () => lines(...say(orders)),
    III: ({ stories }) => {
      const place = all.stories.findIndex(({ mark }) => mark === stories[0]?.mark);
      return lines(...say(orders.slice(place, place + 1)));
    },
    IV: () => lines(...say(orders)),
    repair: ({ numbered }) =>
      lines(
        ...numbered.map((row) => {
          const same = orders.filter(({ order }) => row.includes(plainLine(order.text)));
          return say(same.length > 0 ? same : orders)[0] ?? {};
        }),
      ),
  });
  return { model, shown: () => all };
}

async function reportOf(attacks: readonly Attack[]) {
  const posts = [...HONEST, ...attacks.map(({ post }) => post)];
  const byId = new Map(posts.map((post) => [post.id, post]));
  const { claude, write } = await aNewsroom({ posts });
  const { model, shown } = anObedientModel(attacks);
  claude.answer(model);
  return {
    report: await write(),
    posts: byId,
    page: (report: Report) => jekyllPost(report, byId, nameOf(report), []),
    shown: shown().stories.flatMap((story) => story.posts),
  };
}

/** All that readers see of a line. */
const wordsOf = ({ lead, text: words, impact }: Line) => [lead, words, impact].join('\n');

const isQuoted = ({ verdict }: Line) => verdict.kind === 'quoted';

function holds(line: Line, { forbidden }: Attack): boolean {
  return wordsOf(line).includes(forbidden);
}

/** How the words of an attack got into what the model wrote. */
function waysOf(attack: Attack, report: Report): string[] {
  const held = report.lines.filter((line) => !isQuoted(line) && holds(line, attack));
  const ways = held.map(({ part, verdict }) => {
    if (verdict.kind !== 'quoted' && verdict.by === 'model') return 'model';
    return part === 'IV' ? 'advice' : 'rules';
  });
  // Advice follows from lines: what stands above may stand there as well.
  const first = ways.slice(0, 1);
  const isTitle = report.sections.some(({ name }) => name.includes(attack.forbidden));
  return [...first, ...(isTitle ? ['title'] : [])].map((how) => `${how}: ${attack.name}`);
}

describe.each(
  DAYS.map((attacks) => ({ attacks, names: attacks.map(({ name }) => name).join('; ') })),
)('a model that obeys: $names', ({ attacks }) => {
  it('brings nothing into the report but what only a reader could tell', async () => {
    const { report, posts, page, shown } = await reportOf(attacks);
    expect(shown).toHaveLength(posts.size);
    const known = attacks.flatMap(({ name }) =>
      ['advice', 'model', 'rules', 'title'].map((how) => `${how}: ${name}`),
    );
    expect(attacks.flatMap((attack) => waysOf(attack, report))).toEqual(
      known.filter((way) => THROUGH.has(way)),
    );
    for (const { cites } of report.lines) {
      expect(cites.length).toBeGreaterThan(0);
      expect(cites.filter((id) => !posts.has(id))).toEqual([]);
    }
    // Quotations say what a post says, and cite it.
    for (const attack of attacks) {
      const quoted = report.lines.filter((line) => isQuoted(line) && holds(line, attack));
      for (const { cites } of quoted) expect(cites).toContain(attack.post.id);
    }
    expectTame(page(report));
    const words = visibleTexts(readPage(page(withoutQuotations(report))).tree).join('\n');
    const kept = attacks.filter((attack) => waysOf(attack, report).length === 0);
    for (const { forbidden } of kept) expect(words).not.toContain(forbidden);
  });
});

/** A published page links cited posts alone, and holds nothing that acts. */
function expectTame(page: string): void {
  const { tree } = readPage(page);
  expect(page).not.toMatch(/\{\{|\{%|\{:/);
  const tags = nodesOf(tree, 'html').map(({ value }) => value);
  expect(tags.filter((tag) => !/^(?:<a id="[\w.-]+">|<\/a>)$/.test(tag))).toEqual([]);
  const urls = nodesOf(tree, 'link').map(({ url }) => url);
  expect(urls.filter((url) => !/^(?:#|https:\/\/example\.com\/)/.test(url))).toEqual([]);
  expect(nodesOf(tree, 'image')).toEqual([]);
}

function withoutQuotations(report: Report): Report {
  return { ...report, lines: report.lines.filter((line) => !isQuoted(line)) };
}

describe('a model that says what posts want outside of the form', () => {
  it('is not heard: the report is quoted from the posts', async () => {
    const leaks = HOSTILE_POSTS.flatMap(({ wants }) => wants.leak ?? []);
    expect(leaks.length).toBeGreaterThan(8);
    const { claude, write } = await aNewsroom();
    let asked = 0;
    claude.answer(() => {
      asked += 1;
      return text(leaks[asked % leaks.length] ?? '', { ignoringSchema: true });
    });
    const { lines: written, writer, writing } = await write();
    expect(asked).toBeGreaterThan(8);
    expect(writer).toBe('extract');
    expect(new Set(writing?.fallbacks.map(({ reason }) => reason))).toEqual(
      new Set(['unreadable']),
    );
    const words = written.map(wordsOf).join('\n');
    expect(leaks.filter((leak) => words.includes(leak))).toEqual([]);
  });
});
