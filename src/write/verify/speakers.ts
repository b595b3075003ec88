import { isStopWord } from '../../lib/tokens.ts';
import type { Problem } from '../../model/verdict.ts';
import type { Ground, Source } from './ground.ts';
import { authorOf } from './ground.ts';
import { hanNames, knownName, latinNames, type Named } from './names.ts';
import { piecesOf, spellingsOf } from './pieces.ts';

const SAYING =
  /^(?:'s)?,? ?(?:said|says|argued|argues|thinks|believes|wrote|writes|announced|announces|claimed|claims|noted|notes|told|suggested|predicts|predicted|admitted|warned|warns|explained|explains)\b|^(?: ?[（(][^（()）]{0,20}[)）])? ?(?:表示|说|认为|宣布|指出|称(?!为)|写道|强调|透露|坦言|警告|预测|承认|[:：])/u;
const CREDITED = /(?:according to|[,”"] (?:says|said|argued|noted|wrote|reported)|据|引述) ?$/iu;

/** People to whom a line gives words that are another's: neither authors, nor named as speaking. */
export function wrongSpeakers(words: string, ground: Ground): Problem[] {
  const named = people(words);
  return named
    .filter((name) => isCredited(words, name) && !maySpeak(name, ground))
    .map(({ text }) => ({ kind: 'name', what: text }));
}

/** Two capitalised words together, and known names of people. */
function people(words: string): Named[] {
  const pairs = [...words.matchAll(FULL_NAME)]
    .map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }))
    .filter(({ text }) => !isStopWord(text.split(' ')[0] ?? ''));
  const inPair = (at: number) => pairs.some(({ start, end }) => at >= start && at < end);
  const others = [...latinNames(words), ...hanNames(words)].filter(({ start }) => !inPair(start));
  return [...pairs, ...others].filter(({ text }) => isPerson(text));
}

const FULL_NAME =
  /(?<![\p{L}])\p{Lu}\p{Ll}{1,20} \p{Lu}\p{Ll}{1,20}(?![\p{Script=Latin}]| \p{Lu}\p{Ll})/gu;

/** Whether a name is a person's: it is known in two forms of which one is the last word of the other. */
function isPerson(text: string): boolean {
  const forms = knownName(text)?.forms ?? [];
  const [full = '', last] = forms;
  if (forms.length > 0) return / /.test(full) && last !== undefined && full.endsWith(last);
  return / /.test(text);
}

function isCredited(words: string, { start, end }: Named): boolean {
  return (
    SAYING.test(words.slice(end, end + 40)) ||
    CREDITED.test(words.slice(Math.max(0, start - 14), start))
  );
}

function maySpeak({ text }: Named, { sources }: Ground): boolean {
  const forms = [text, ...(knownName(text)?.forms ?? [])];
  return sources.some((source) => forms.some((form) => speaksIn(form, source)));
}

/** Words near a name that make it a speaker. */
const VOICE =
  /said|says|saying|told|tell|argu|think|believ|announc|wrote|writ|according|via\b|podcast|talk|interview|ask|explain|shar|h\/t|quote|keynote|discuss|convers|chat|join|episode|present|point|describ|show|call|说|表示|认为|指出|称|谈|采访|对话/iu;

function speaksIn(form: string, { post, text }: Source): boolean {
  if (post === null) return text.includes(form);
  const pieces = piecesOf(form);
  const author = spellingsOf(authorOf(post));
  if (pieces.some((piece) => piece.length > 2 && author.has(piece))) return true;
  return mentionsOf(form, pieces, text).some((at) => {
    const after = text.slice(at, at + form.length + AFTER);
    return VOICE.test(text.slice(Math.max(0, at - BEFORE), at) + after) || COLON.test(after);
  });
}

/** So near to a name its voice is looked for. */
const BEFORE = 40;
const AFTER = 50;
/** A name, and then what it says. */
const COLON = /^@?[\p{L}\d_' -]{2,40}[:：]/u;

function mentionsOf(form: string, pieces: readonly string[], text: string): number[] {
  const folded = text.normalize('NFKC').toLowerCase();
  return [form.toLowerCase(), pieces.join(''), pieces.at(-1) ?? '']
    .filter((name) => name.length > 1)
    .map((name) => folded.indexOf(name))
    .filter((at) => at !== -1);
}
