import { describe, expect, it } from 'vitest';

import { extractFrom } from '../../src/ask/extract.ts';
import type { Post } from '../../src/model/post.ts';
import { aPost } from '../support/posts.ts';
import { aTopic } from '../support/topic.ts';

const at = (day: string) => new Date(`2026-10-${day}T05:00:00Z`);
const by = (author: string, id: string, day: string, text: string, fields: Partial<Post> = {}) =>
  aPost({ id, author, authorName: author, text, createdAt: at(day), ...fields });

/** What is shown for a question, in its order. */
async function shownFor(question: string, posts: readonly Post[]): Promise<string[]> {
  const { ask } = await aTopic(posts);
  const { sources } = extractFrom(await ask(question), 'en');
  return sources.flatMap((one) => (one.kind === 'post' ? [one.post.id] : []));
}

describe('a figure that was withdrawn', () => {
  const old = by('quill_demo', 'old', '08', 'The price: the price of Lumen 7 is $20 a month', {
    likes: 9000,
  });

  it.each(['how much does Lumen 7 cost?', 'what is the price of Lumen 7?', 'Lumen 7 多少钱'])(
    'stands behind what the same author said later: %s',
    async (question) => {
      const now = by(
        'quill_demo',
        'now',
        '11',
        'From today on you pay $15 for Lumen 7 and not what we said',
      );
      expect(await shownFor(question, [old, now])).toEqual(['now', 'old']);
    },
  );

  it('stands behind what the thread said later', async () => {
    const first = by('tam_demo', 'first', '08', 'Lumen 7 has a price, a price of $20', {
      conversationId: 'c1',
      likes: 9000,
    });
    const later = by('zed_demo', 'later', '09', 'No, Lumen 7 is $15 since this morning', {
      conversationId: 'c1',
    });
    expect(await shownFor('how much is Lumen 7?', [first, later])).toEqual(['later', 'first']);
  });

  it.each([
    [
      'says the same',
      by(
        'quill_demo',
        'then',
        '11',
        'I still like what we took for Lumen 7 so much that I say so again and again: $20',
      ),
    ],
    ['is of another thing', by('quill_demo', 'then', '11', 'Osk costs $15 a year')],
    ['is another’s', by('tam_demo', 'then', '11', 'I sold my Lumen 7 for $15')],
  ])('is none where what comes later %s', async (_, then) => {
    expect((await shownFor('how much does Lumen 7 cost?', [old, then]))[0]).toBe('old');
  });
});
