import type { Piece } from '../claude/question.ts';
import { plainLine } from '../lib/text.ts';
import { isFinished, sentencesIn } from '../write/sentences.ts';

/** A sentence as a model said it, with the places of the sources that its words cite. */
export type SaidSentence = { readonly text: string; readonly cites: readonly number[] };

/** A run of text that cites something. */
type Run = { readonly start: number; readonly end: number; readonly cites: readonly number[] };

/** Reads the sentences of an answer from its pieces, each as soon as it is finished. */
export class SentenceReader {
  #text = '';
  /** All before it was read. */
  #at = 0;
  readonly #runs: Run[] = [];

  /** The sentences that a piece finishes. */
  take({ text, cites }: Piece): SaidSentence[] {
    const start = this.#text.length;
    this.#text += text;
    this.#runs.push({ start, end: this.#text.length, cites });
    return this.#read(isClosed);
  }

  /** What is left when nothing follows. */
  end(): SaidSentence[] {
    return this.#read(() => true);
  }

  /** Reads on as far as sentences are finished; of the last, `isLast` says whether it is. */
  #read(isLast: (sentence: string) => boolean): SaidSentence[] {
    const said: SaidSentence[] = [];
    for (const paragraph of this.#text.slice(this.#at).split(/(?<=\n)/)) {
      const sentences = withWholeQuotes(sentencesIn(paragraph));
      const open = paragraph.endsWith('\n') ? undefined : sentences.at(-1);
      const isOpen = open !== undefined && !isLast(open);
      const finished = isOpen ? sentences.slice(0, -1) : sentences.flatMap(withoutOpenQuotes);
      for (const { length } of finished) said.push(...this.#next(length));
      if (isOpen) break;
    }
    return said;
  }

  /** The sentence of so many characters that follows; none where it has no word. */
  #next(length: number): SaidSentence[] {
    const [start, end] = [this.#at, this.#at + length];
    this.#at = end;
    const text = withoutMarks(this.#text.slice(start, end));
    if (!WORD.test(text)) return [];
    const cites = this.#runs.flatMap((run) => {
      const shared = this.#text.slice(Math.max(start, run.start), Math.min(end, run.end));
      return WORD.test(shared) ? run.cites : [];
    });
    return [{ text, cites: [...new Set(cites)] }];
  }
}

const WORD = /[\p{L}\p{N}]/u;

/** What is quoted may have sentences of its own: where a quotation is open, no sentence has ended. */
function withWholeQuotes(sentences: readonly string[]): string[] {
  const whole: string[] = [];
  for (const sentence of sentences) {
    const last = whole.at(-1);
    if (last !== undefined && hasOpenQuote(last)) whole.splice(-1, 1, last + sentence);
    else whole.push(sentence);
  }
  return whole;
}

/** A quotation that never ends takes nothing with it. */
function withoutOpenQuotes(sentence: string): string[] {
  return hasOpenQuote(sentence) ? sentencesIn(sentence) : [sentence];
}

/** Whether nothing that follows can belong to a sentence. */
function isClosed(sentence: string): boolean {
  return isFinished(sentence) && !hasOpenQuote(sentence);
}

/** Whether a quotation has not ended. */
export function hasOpenQuote(text: string): boolean {
  const count = (mark: string) => text.split(mark).length - 1;
  return (
    count('“') > count('”') ||
    count('「') > count('」') ||
    count('『') > count('』') ||
    count('"') % 2 === 1
  );
}

/** The words on one line, without marks of lists, headings and emphasis, and numbers of sources. */
function withoutMarks(text: string): string {
  const words = text.replace(LIST_MARK, '').replaceAll('**', '').replace(SOURCE_MARK, '');
  return plainLine(words).replace(/^[\p{Pe}\p{Pf}]+\s*/u, '');
}

const LIST_MARK = /^\s*(?:#{1,6}\s+|>\s+)?(?:(?:[-*•·]|\d{1,2}[.)])\s+)?/;
/** What only code sets: `[1]`, `[p3, p4]`. */
const SOURCE_MARK = /\s*\[(?:p?\d{1,3}(?:[,，、;]\s?|\s)?){1,9}\]/gi;
