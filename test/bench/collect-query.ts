import { EVERYBODY } from '../fakes/x-generated.ts';

/** The query that every made post is an answer to. */
export const EVERYTHING = `list:${EVERYBODY}`;
