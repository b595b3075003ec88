/** The pieces of names in Latin letters, by which two spellings of one name are compared. */

/** Letters and digits of a word apart: GPT-5.5 is gpt and 5.5. Accents and case do not count. */
export function piecesOf(words: string): string[] {
  return folded(words).match(/\p{Script=Latin}+|\d+(?:\.\d+)*/gu) ?? [];
}

function folded(words: string): string {
  return words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** How many pieces that stand side by side may make up one name: "hugging face", "open a i". */
const LONGEST = 4;

const RUN = /[\p{Script=Latin}\p{M}\d_]+/gu;
const HUMP = /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\d+(?:\.\d+)*/gu;

/** All that the Latin words of a text could be called: each piece, each hump, and neighbours as one. */
export function spellingsOf(text: string): Set<string> {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '');
  const spellings = new Set<string>(piecesOf(plain));
  for (const [run] of plain.matchAll(RUN)) spellings.add(run.toLowerCase());
  addNeighbours(spellings, plain.match(HUMP) ?? []);
  addNeighbours(spellings, piecesOf(plain));
  return spellings;
}

function addNeighbours(spellings: Set<string>, pieces: readonly string[]): void {
  for (const place of pieces.keys()) {
    let joined = '';
    for (const piece of pieces.slice(place, place + LONGEST)) {
      joined += piece.toLowerCase();
      spellings.add(joined);
    }
  }
}
