import type { Reply, Verdicts } from '../../src/write/reply.ts';
import { type Answerer, type Behaviour, json, type Request } from '../fakes/claude.ts';

/** What the model is asked for: the plan, a part of the report, better lines, a judgement of lines. */
type AskedFor = 'plan' | 'I' | 'II' | 'III' | 'IV' | 'repair' | 'check';

/** How each question begins, or what its rules say. */
const SIGNS: readonly (readonly [AskedFor, RegExp])[] = [
  ['check', /^<evidence-[\da-f]+>[^]*\n\nThe lines, each with/],
  ['plan', /^Plan part III /],
  ['I', /^Write part I,/],
  ['II', /^Write part II,/],
  ['III', /^Write the section /],
  ['IV', /\n\nWrite part IV:/],
  ['repair', /^These lines did not pass the check/],
];

/** A post as the evidence shows it. */
type SeenPost = { readonly mark: string; readonly handle: string; readonly text: string };
/** A story as the evidence shows it, headline first. */
type SeenStory = { readonly mark: string; readonly posts: readonly SeenPost[] };

/** One question, read as a model reads it. */
export type Asked = {
  readonly what: AskedFor;
  readonly words: string;
  /** The evidence, tags included. */
  readonly evidence: string;
  /** All stories; for a section, its own. */
  readonly stories: readonly SeenStory[];
  /** Lines to be mended or judged, one a number, with what is said about each. */
  readonly numbered: readonly string[];
};

/** A line as the model writes it; what is not given is empty. */
export type SaidLine = Partial<Reply['lines'][number]>;

type Answers = Readonly<
  Partial<Record<AskedFor, (asked: Asked) => Behaviour | Promise<Behaviour>>>
>;

/**
 * A model that knows what it is asked for. It answers honestly, each line a sentence of a post, but
 * where a test answers in its place.
 */
export function aModel(own: Answers = {}): Answerer {
  return (request) => {
    const asked = readQuestion(request);
    return (own[asked.what] ?? honestly)(asked);
  };
}

/** All that was asked so far, in order. */
export function askedOf({ requests }: { requests: readonly Request[] }): Asked[] {
  return requests.map(readQuestion);
}

/** What a request asks for, and what it shows. */
function readQuestion({ body }: Pick<Request, 'body'>): Asked {
  const texts = body.messages.flatMap(({ content }) =>
    typeof content === 'string'
      ? [content]
      : content.map((each) => (each.type === 'text' ? each.text : '')),
  );
  const words = texts.at(-1) ?? '';
  const what = SIGNS.find(([, sign]) => sign.test(words))?.[0];
  if (what === undefined) throw new Error(`nobody asks like this: ${words.slice(0, 80)}`);
  const evidence = texts.length > 1 ? (texts[0] ?? '') : '';
  const stories = storiesIn(evidence);
  const [, only] =
    /^Write the section .*? of part III, from the stories ([s\d ]+):/s.exec(words) ?? [];
  const marks = only?.split(' ');
  return {
    what,
    words,
    evidence,
    stories: marks ? stories.filter(({ mark }) => marks.includes(mark)) : stories,
    numbered: words.split(/^(?=\d+\. [([])/m).slice(1),
  };
}

function storiesIn(evidence: string): SeenStory[] {
  const stories: { mark: string; posts: SeenPost[] }[] = [];
  for (const line of evidence.split('\n')) {
    const [, story, rest = ''] = /^(?:(s\d+) ?)?(.*)$/.exec(line) ?? [];
    if (story !== undefined) stories.push({ mark: story, posts: [] });
    const [, mark, handle, text] =
      /^(p\d+) @(\S+).*? \d\d-\d\d \d\d:\d\d[^:]*: (.*)$/.exec(rest) ?? [];
    if (mark !== undefined && handle !== undefined && text !== undefined) {
      stories.at(-1)?.posts.push({ mark, handle, text });
    }
  }
  return stories;
}

/** Lines as an answer. */
export function lines(...said: readonly SaidLine[]): Behaviour {
  return json({ sections: [], lines: said.map(whole) } satisfies Reply);
}

/** A plan as an answer: titles with the marks of their stories. */
export function sections(...planned: Reply['sections']): Behaviour {
  return json({ sections: planned, lines: [] } satisfies Reply);
}

/** A judgement as an answer: what is held against each line in turn, `null` where nothing. */
export function verdicts(...against: readonly (string | null)[]): Behaviour {
  const said: Verdicts = against.map((why, index) => ({
    line: index + 1,
    supported: why === null,
    why: why ?? '',
  }));
  return json({ verdicts: said });
}

function whole(said: SaidLine): Reply['lines'][number] {
  return {
    lead: '',
    text: '',
    impact: '',
    inferred: false,
    posts: [],
    continues: '',
    basis: [],
    ...said,
  };
}

function honestly(asked: Asked): Behaviour {
  switch (asked.what) {
    case 'plan':
      return sections(...honestSections(asked));
    case 'repair':
      return lines(...asked.numbered.map(() => ({})));
    case 'check':
      return verdicts(...asked.numbered.map(() => null));
    default:
      return lines(...honestLines(asked));
  }
}

/** Lines that their posts carry: I, II and III each quote another sentence of every story. */
export function honestLines({ what, stories, words }: Asked): SaidLine[] {
  const place = ['I', 'II', 'III'].indexOf(what);
  if (what === 'IV') {
    const [address = ''] = /^[IVX]+\.(?:[A-I]\.)?\d+(?=: )/m.exec(words) ?? [];
    return [
      { lead: 'Try it first', text: 'Read the source before you rely on it.', basis: [address] },
    ];
  }
  return stories.flatMap(({ posts: [headline] }) => {
    const text = headline?.text.match(/.+?[.!?](?= |$)/g)?.[place]?.trim();
    if (headline === undefined || text === undefined) return [];
    const lead = what === 'I' ? firstWords(text, 3) : '';
    return [{ lead, text, posts: [headline.mark] }];
  });
}

/** Sections of three stories each, called by the first of them. */
function honestSections({ stories }: Asked): Reply['sections'] {
  return stories.flatMap(({ posts: [headline] }, index) => {
    if (index % 3 !== 0) return [];
    const marks = stories.slice(index, index + 3).map(({ mark }) => mark);
    return [{ title: firstWords(headline?.text ?? '', 3), stories: marks }];
  });
}

function firstWords(text: string, count: number): string {
  return text.split(' ').slice(0, count).join(' ').replace(/\W+$/, '');
}
