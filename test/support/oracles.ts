import type { Bureau } from '../../src/chat/bureau.ts';
import type { Answer, Asked } from '../../src/model/asking.ts';
import { untilStopped } from '../../src/lib/breathe.ts';

/** An answer that a model wrote, a statement a sentence. */
export function anAnswer(sentences: readonly string[], fields: Partial<Answer> = {}): Answer {
  return {
    kind: 'written',
    statements: sentences.map((text) => ({ text, sources: [] })),
    sources: [],
    brokenOff: null,
    keptSince: null,
    ...fields,
  };
}

/** Answers sentence by sentence as a test lets it, and keeps what it was asked. */
export type Oracle = {
  readonly answer: Bureau['answer'];
  readonly asked: Asked[];
};

/** An oracle that answers every question at once, with the question. */
export function anOracle(answerTo = (asked: Asked) => anAnswer([`so: ${asked.question}`])): Oracle {
  const asked: Asked[] = [];
  return {
    asked,
    answer: (question) => {
      asked.push(question);
      return Promise.resolve(answerTo(question));
    },
  };
}

/** An oracle that says the next sentence when it is told to; stopped, it ends with what it has said. */
export function aSlowOracle(): Oracle & {
  /** Says a sentence of every answer that is being made. */
  readonly say: (sentence: string) => void;
  /** Ends every answer that is being made. */
  readonly end: (fields?: Partial<Answer>) => void;
} {
  const asked: Asked[] = [];
  const speakers = new Set<{
    say: (sentence: string) => void;
    end: (with_: Partial<Answer>) => void;
  }>();
  return {
    asked,
    say: (sentence) => {
      for (const speaker of speakers) speaker.say(sentence);
    },
    end: (fields = {}) => {
      for (const speaker of speakers) speaker.end(fields);
    },
    answer: async (question, watch) => {
      asked.push(question);
      const said: string[] = [];
      const ended = Promise.withResolvers<Partial<Answer>>();
      const speaker = {
        say: (sentence: string) => {
          said.push(sentence);
          watch.show(anAnswer(said));
        },
        end: ended.resolve,
      };
      speakers.add(speaker);
      const stopped = untilStopped(watch.signal).then(() => ({ brokenOff: 'stopped' as const }));
      const fields = await Promise.race([ended.promise, stopped]);
      speakers.delete(speaker);
      return anAnswer(said, fields);
    },
  };
}
