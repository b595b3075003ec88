import type { Desk, Ending } from '../claude/desk.ts';
import type { CitedQuestion } from '../claude/question.ts';
import type { Models } from '../claude/settings.ts';
import type { LanguageDetector } from '../lib/language.ts';
import type { Log } from '../lib/log.ts';
import type { Answer, Asked, Evidence, Passage, Statement } from '../model/asking.ts';
import type { Problem } from '../model/verdict.ts';
import { judgeSuspects, type Suspect } from '../write/judge.ts';
import { isSuspicion } from '../write/verify/check.ts';
import { type Checked, checkSentence, type Yardstick } from './check.ts';
import { answererRules, askForAnswer } from './prompts.ts';
import { type SaidSentence, SentenceReader } from './sentences.ts';
import { type Source, sourcesFrom } from './sources.ts';

/** What answers are written with. */
export type Writers = {
  readonly desk: Desk;
  readonly models: Models;
  readonly detect: LanguageDetector;
  readonly log: Log;
};

/** The longest answer, thinking included, tokens. */
const LONGEST_ANSWER = 2000;

/**
 * Has the model answer from the evidence. Every sentence is checked against the passages that it cites
 * before anybody sees it; what does not stand is cut.
 *
 * @param show Shown the answer whenever it has grown.
 * @throws ModelFailure where the model says nothing at all.
 */
export async function writeAnswer(
  { desk, models, detect, log }: Writers,
  asked: Asked,
  evidence: Evidence,
  show: (sofar: Answer) => void,
): Promise<Answer> {
  const { topic, language } = asked;
  const { timeZone } = topic;
  const sources = sourcesFrom(evidence.hits, models.answerTokens, timeZone);
  const { days } = evidence.query;
  const question = questionOf(models, asked, evidence, sources);
  const draft = new Draft(sources, {
    yardstick: {
      language,
      detect,
      timeZone,
      days: days ? [days.from, days.to] : [],
      rules: question.system,
    },
    judge: (suspect) => isCarried({ desk, models, log }, suspect),
    show,
  });
  const reader = new SentenceReader();
  if (sources.length === 0) return draft.finish('whole'); // from nothing, nobody answers
  const ending = await desk.listen(question, (piece) => draft.add(reader.take(piece)));
  if (ending === 'whole') draft.add(reader.end());
  const answer = await draft.finish(ending);
  const said = answer.statements.length;
  log.info({ sources: sources.length, said, cut: draft.cut, ending }, 'the model answered');
  return answer;
}

/** Whether a second model says that a sentence is carried by what it cites. */
async function isCarried(
  { desk, models, log }: Omit<Writers, 'detect'>,
  suspect: Suspect,
): Promise<boolean> {
  try {
    const judged = await judgeSuspects(desk, models, [suspect]);
    return judged.get(0) === null;
  } catch (error) {
    log.info({ err: error }, 'a sentence was not judged'); // it may be that nobody waits any more
    return false;
  }
}

function questionOf(
  models: Models,
  asked: Asked,
  { query }: Evidence,
  sources: readonly Source[],
): CitedQuestion {
  return {
    ...models.ask,
    part: 'answer',
    system: answererRules(asked.topic, asked.language, asked.now),
    words: askForAnswer(asked, query),
    sources: sources.map(({ mark, text }) => ({ mark, text })),
    maxTokens: LONGEST_ANSWER,
  };
}

/** A model is asked for six sentences; so many are taken. */
const MOST_SENTENCES = 10;

/** With what a draft is checked, and who is shown it. */
type Desktop = {
  readonly yardstick: Yardstick;
  readonly judge: (suspect: Suspect) => Promise<boolean>;
  readonly show: (sofar: Answer) => void;
};

/**
 * An answer that grows sentence by sentence. What only a reader can tell is judged; sentences that follow
 * wait for that, so that they stand in the order in which they were said.
 */
class Draft {
  /** What was wrong with sentences that were cut. */
  readonly cut: Problem['kind'][] = [];
  readonly #statements: Statement[] = [];
  readonly #cited: Passage[] = [];
  readonly #sources: readonly Source[];
  readonly #desktop: Desktop;
  #queue: Promise<void> = Promise.resolve();
  #taken = 0;

  constructor(sources: readonly Source[], desktop: Desktop) {
    this.#sources = sources;
    this.#desktop = desktop;
  }

  /** Takes sentences, and shows those that stand. */
  add(sentences: readonly SaidSentence[]): void {
    for (const sentence of sentences) {
      if (this.#taken === MOST_SENTENCES) return;
      this.#taken += 1;
      const sources = sentence.cites.flatMap((place) => this.#sources[place] ?? []);
      const passages = sources.map(({ passage }) => passage);
      const checked = checkSentence(sentence, passages, this.#desktop.yardstick);
      this.#queue = this.#settle(this.#queue, checked, sources);
    }
  }

  /** Decides about a sentence; it is put after those before it. */
  async #settle(before: Promise<void>, { text, problems }: Checked, sources: readonly Source[]) {
    const stands = this.#stands(text, problems, sources);
    await before;
    if (await stands)
      this.#put(
        text,
        sources.map(({ passage }) => passage),
      );
    else this.cut.push(...problems.map(({ kind }) => kind));
  }

  async #stands(text: string, problems: readonly Problem[], sources: readonly Source[]) {
    if (problems.length === 0) return true;
    if (!problems.every(isSuspicion)) return false;
    return this.#desktop.judge({ words: text, cited: sources.map((source) => source.text) });
  }

  #put(text: string, passages: readonly Passage[]): void {
    this.#statements.push({ text, sources: passages.map((passage) => this.#placeOf(passage)) });
    this.#desktop.show(this.#answer('whole'));
  }

  /** The place of a passage among those that are cited, in the order of their first marks. */
  #placeOf(passage: Passage): number {
    const known = this.#cited.indexOf(passage);
    return known === -1 ? this.#cited.push(passage) - 1 : known;
  }

  /** The answer, once nothing is waited for. */
  async finish(ending: Ending): Promise<Answer> {
    await this.#queue;
    return this.#answer(ending);
  }

  #answer(ending: Ending): Answer {
    return {
      kind: 'written',
      statements: [...this.#statements],
      sources: [...this.#cited],
      brokenOff: ending === 'whole' ? null : ending,
      keptSince: null,
    };
  }
}
