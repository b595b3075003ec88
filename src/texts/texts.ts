import type { Language } from '../model/topic.ts';
import type { Problem } from '../model/verdict.ts';
import { en } from './en.ts';
import type { Texts } from './type.ts';
import { zh } from './zh.ts';

export type { Texts } from './type.ts';

/**
 * Every text of ours that a reader of a report or a chat sees: Chinese where the language is Chinese
 * of any kind, else English.
 */
export function textsIn(language: Language): Texts {
  return /^zh(?:-|$)/.test(language) ? zh : en;
}

/** A problem of a line in words. */
export function problemInWords(problem: Problem, language: Language): string {
  return textsIn(language).problems[problem.kind]('what' in problem ? problem.what : '');
}
