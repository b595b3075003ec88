import { describe, expect, it } from 'vitest';

import { terms } from '../../../src/cloud/terms.ts';
import { importFile } from '../../../src/collect/file/import.ts';
import { curate } from '../../../src/curate/curate.ts';
import { postsById } from '../../../src/store/posts.ts';
import { freshDatabase } from '../../support/database.ts';
import { aPost } from '../../support/posts.ts';
import { row, scratchFile } from '../scratch.ts';

async function imported(changes: Readonly<Record<string, unknown>>) {
  const db = await freshDatabase();
  const { path, remove } = await scratchFile(row({ id: '1', ...changes }));
  await importFile(db, 'ai', path);
  await remove();
  return (await postsById(db, ['1'])).get('1');
}

describe('an import', () => {
  it.each([
    ['en', 'The harbour of Maren was closed for three days because of the storm'],
    ['de', 'Der Hafen war wegen des Sturms drei Tage lang für alle Schiffe geschlossen'],
    ['zh', '港口因为风暴关闭了三天'],
    ['ja', '港は嵐のために三日間閉鎖されました'],
    ['ru', 'Порт был закрыт на три дня из-за сильного шторма'],
  ])('tells that a post is in "%s" where its source does not say', async (lang, text) => {
    expect(await imported({ text, lang: null })).toMatchObject({ lang });
  });

  it('leaves the language that the source says', async () => {
    const text = 'The harbour of Maren was closed for three days because of the storm';
    expect(await imported({ text, lang: 'pt' })).toMatchObject({ lang: 'pt' });
  });

  it('says nothing of the language of what has none', async () => {
    expect(await imported({ text: '🚀 https://t.co/abc', lang: null })).toMatchObject({
      lang: null,
    });
  });

  it('keeps the words of every post', async () => {
    const post = await imported({ text: 'RT @ada_demo: Lumen 7 is out https://t.co/abc' });
    expect(post).toMatchObject({ words: 'Lumen 7 is out' });
  });
});

describe('the words kept with a post', () => {
  const post = aPost({
    text: 'Lumen weighs anchor at Maren harbour',
    words: 'Lumen anchor harbour',
  });

  it('are those that curating reads', () => {
    expect(curate([post]).stories[0]?.terms.toSorted()).toEqual(['Lumen', 'anchor', 'harbour']);
  });

  it('are those that the cloud counts', () => {
    const found = terms([{ text: post.text, words: post.words, theme: null }]);
    expect(found.map(({ text }) => text)).toEqual(expect.arrayContaining(['Lumen', 'harbour']));
    expect(found.map(({ text }) => text).join(' ')).not.toContain('Maren');
  });
});
