import { type Behaviour, cited, json, type TextBehaviour } from '../fakes/claude-behaviours.ts';
import type { Answerer, Request } from '../fakes/claude-mind.ts';
import { resultsIn } from '../fakes/claude-rules.ts';

/** A search result as the model sees it: who said it and when, and what. */
type SeenSource = {
  readonly mark: string;
  readonly head: string;
  readonly words: string;
  /** By which it is cited. */
  readonly place: number;
};

/** What the model is asked while somebody waits for an answer. */
export type AskedToAnswer = {
  /** To say what a question means, to answer it, to judge a sentence. */
  readonly what: 'question' | 'answer' | 'check';
  readonly question: string;
  /** What was said before. */
  readonly before: string;
  readonly sources: readonly SeenSource[];
  /** All of the last block. */
  readonly words: string;
  readonly system: string;
};

type Answers = Readonly<
  Partial<Record<AskedToAnswer['what'], (asked: AskedToAnswer) => Behaviour | Promise<Behaviour>>>
>;

/** A model that answers questions. It is honest, but where a test answers in its place. */
export function anAnsweringModel(own: Answers = {}): Answerer {
  return (request) => {
    const asked = readAsked(request);
    return (own[asked.what] ?? HONEST[asked.what])(asked);
  };
}

/** All that was asked so far, in order. */
export function askedToAnswer({ requests }: { requests: readonly Request[] }): AskedToAnswer[] {
  return requests.map(readAsked);
}

function readAsked({ body }: Pick<Request, 'body'>): AskedToAnswer {
  const blocks = body.messages.flatMap(({ content }) =>
    typeof content === 'string' ? [] : content,
  );
  const words = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).at(-1) ?? '';
  const sources = resultsIn(body.messages).map(({ source, content }, place) => {
    const text = content.map((each) => each.text).join('');
    const [head = '', ...rest] = text.split(/(?<=^[^:]*(?:\d\d:\d\d|report of [^:]*)): /);
    return { mark: source, head, words: rest.join(': '), place };
  });
  const form = JSON.stringify(body.output_config?.format?.schema ?? {});
  return {
    what: form.includes('"verdicts"') ? 'check' : sources.length > 0 ? 'answer' : 'question',
    question: fencedIn(words, 'question'),
    before: fencedIn(words, 'before'),
    sources,
    words,
    system: typeof body.system === 'string' ? body.system : '',
  };
}

function fencedIn(words: string, kind: string): string {
  return new RegExp(`<(${kind}-[\\da-f]+)>\n(.*)\n</\\1>`, 's').exec(words)?.[2] ?? '';
}

/** What a question means, as an answer. */
export function meaning(
  fields: Partial<
    Readonly<
      Record<'question' | 'from' | 'to', string> &
        Record<'people' | 'sections' | 'words', readonly string[]>
    >
  >,
): TextBehaviour {
  return json(fields);
}

/** A judgement of a sentence as an answer. */
export function verdict(against: string | null): TextBehaviour {
  const why = against ?? '';
  return json({ verdicts: [{ line: 1, supported: against === null, why }] });
}

const HONEST: Required<Answers> = {
  question: ({ question }) => meaning({ question }),
  answer: honestly,
  check: () => verdict(null),
};

/** The first sentences of the first sources, word for word. */
function honestly({ sources }: AskedToAnswer): TextBehaviour {
  return cited(
    sources.slice(0, 3).flatMap(({ words, place }, index) => {
      const [sentence = words] = /^.+?[.!?。](?= |$)/s.exec(words) ?? [];
      return [...(index > 0 ? [' '] : []), [sentence, place] as const];
    }),
  );
}
