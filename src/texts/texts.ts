import type { Language } from '../model/topic.ts';
import { en } from './en.ts';
import type { Texts } from './type.ts';
import { zh } from './zh.ts';

export type { Texts } from './type.ts';

/** Every text that a reader of a report or a chat sees, by language. */
export const TEXTS: Readonly<Record<Language, Texts>> = { en, zh };
