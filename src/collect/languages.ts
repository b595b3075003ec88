import { type LanguageDetector, loadLanguageDetector } from '../lib/language.ts';
import type { Post } from '../model/post.ts';
import { plainText } from '../model/words.ts';

let detector: Promise<LanguageDetector> | undefined;

/** The posts, those whose source does not say their language with the one that their text shows. */
export async function withLanguages(posts: readonly Post[]): Promise<Post[]> {
  if (posts.every((post) => post.lang !== null)) return [...posts];
  detector ??= loadLanguageDetector();
  const detect = await detector;
  return posts.map((post) =>
    post.lang === null ? { ...post, lang: detect(ownWords(post)) } : post,
  );
}

/** Names of people are of no language. */
function ownWords({ text }: Post): string {
  return plainText(text).replace(/@\w[\w.-]*/g, ' ');
}
