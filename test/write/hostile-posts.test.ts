import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { importFile } from '../../src/collect/file/import.ts';
import { toJsonRow } from '../../src/collect/file/jsonl.ts';
import { cleanText } from '../../src/lib/text.ts';
import { postsById } from '../../src/store/posts.ts';
import { freshDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';
import { temporaryFolder } from '../support/program.ts';
import { jsonl } from '../support/rows.ts';
import { HOSTILE_POSTS } from './hostile-posts.ts';

describe('the hostile posts', () => {
  it('are many, each of its own kind, in many languages', () => {
    const names = HOSTILE_POSTS.map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(48);
    expect(new Set(names).size).toBe(names.length);
    const languages = new Set(HOSTILE_POSTS.flatMap(({ post }) => post.lang ?? []));
    expect(languages.size).toBeGreaterThanOrEqual(8);
  });

  it.each(HOSTILE_POSTS.map(({ name, wants }) => [name, wants] as const))(
    'say what a model that obeys would write: %s',
    (_, { line, leak, forbidden }) => {
      const said = [line?.lead, line?.text, line?.impact, leak].join('\n');
      expect(forbidden.trim()).not.toBe('');
      expect(said).toContain(forbidden);
    },
  );

  it('do not say themselves what is forbidden, unless it is a link, a mention or a mark', () => {
    const saying = HOSTILE_POSTS.filter(({ post, wants: { forbidden } }) => {
      const said = [post.text, post.author, post.authorName, post.authorBio].join('\n');
      return /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ]{0,99}$/u.test(forbidden) && said.includes(forbidden);
    });
    expect(saying.map(({ name }) => name)).toEqual([]);
  });

  it('are imported and stored, every one, with nothing lost but control characters', async () => {
    const db = await freshDatabase();
    const file = path.join(await temporaryFolder(), 'posts.jsonl');
    const posts = HOSTILE_POSTS.map(({ post }) => aPost(post));
    await writeFile(file, jsonl(posts.map(toJsonRow)));
    const { added, skipped } = await importFile(db, 'ai', file);
    expect({ added, skipped }).toEqual({ added: posts.length, skipped: [] });
    const ids = posts.map(({ id }) => id);
    const stored = await postsById(db, ids);
    for (const post of posts) {
      expect(stored.get(post.id)).toMatchObject({
        author: cleanText(post.author),
        authorName: cleanText(post.authorName),
        authorBio: post.authorBio,
        text: cleanText(post.text),
        lang: post.lang,
        url: post.url,
        urls: post.urls,
      });
    }
  });
});
