import type { Command, Context, Reply } from '../../../src/chat/command.ts';
import { untilStopped } from '../../../src/lib/breathe.ts';
import { paragraph, root, text } from '../../../src/lib/tree.ts';
import { aCommand } from './scene.ts';

/** One answer that is being made. */
export type Telling = {
  readonly context: Context;
  readonly words: string;
  /** Shows what there is so far. */
  readonly show: (...sentences: readonly string[]) => void;
  /** Ends with the whole. */
  readonly end: (reply: Reply) => void;
  readonly fail: (error: Error) => void;
};

/**
 * A command whose answers a test tells bit by bit; each answers a turn of its own, from 1 on. When one is
 * stopped, it ends with what has come and a word.
 */
export function aTeller(): {
  readonly command: Command;
  /** The answer to what is asked, in the order of asking. */
  readonly telling: (index?: number) => Promise<Telling>;
  readonly asked: readonly string[];
} {
  const asked: string[] = [];
  const answers = new Map<number, PromiseWithResolvers<Telling>>();
  const answer = (index: number) => {
    const known = answers.get(index) ?? Promise.withResolvers<Telling>();
    answers.set(index, known);
    return known;
  };
  const command = aCommand(async (words, context) => {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    let sofar: readonly string[] = [];
    const show = (...sentences: readonly string[]) => {
      sofar = sentences;
      context.live.show(saying(...sentences));
    };
    asked.push(words);
    context.live.begin(asked.length);
    answer(asked.length - 1).resolve({ context, words, show, end: resolve, fail: reject });
    const stopped = untilStopped(context.live.signal).then(() => ({
      tree: saying(...sofar, '(stopped)'),
    }));
    return Promise.race([promise, stopped]);
  });
  return { command, asked, telling: (index = 0) => answer(index).promise };
}

/** A paragraph a sentence. */
export function saying(...sentences: readonly string[]) {
  return root(sentences.map((sentence) => paragraph([text(sentence)])));
}
