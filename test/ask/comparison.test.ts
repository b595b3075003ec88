import { describe, expect, it } from 'vitest';

import { extractFrom } from '../../src/ask/extract.ts';
import { aPost } from '../support/posts.ts';
import { aTopic } from '../support/topic.ts';

const POSTS = [
  ...['Lumen halved the price of its agents to $20', 'Lumen is the model that I use every day'].map(
    (text, n) => aPost({ id: `lumen-${n}`, text, author: `a${n}_demo` }),
  ),
  aPost({ id: 'lumen-2', text: 'The price of Lumen is a bargain, the price!', author: 'a2_demo' }),
  aPost({ id: 'lumen-3', text: 'Price of Lumen: still a price', author: 'a3_demo' }),
  aPost({ id: 'quill', text: 'Quill costs $15 a month now', author: 'tam_demo' }),
  aPost({ id: 'harbour', text: 'The harbour of Maren is closed until spring', author: 'zed_demo' }),
];

describe('what is compared', () => {
  it.each([
    'compare Lumen and Quill',
    '比较 Lumen 和 Quill',
    'Lumen 和 Quill 哪个便宜',
    'Lumen 跟 Quill 有什么区别？',
    'which is cheaper, Lumen or Quill?',
    'Lumen price vs Quill price',
  ])('is told of each side, whichever has more posts: %s', async (question) => {
    const { ask } = await aTopic(POSTS);
    const { kind, sources } = extractFrom(await ask(question), 'en');
    expect(kind).toBe('extract');
    const shown = sources.flatMap((one) => (one.kind === 'post' ? [one.post.id] : []));
    expect(shown).toContain('quill');
    expect(shown.some((id) => id.startsWith('lumen'))).toBe(true);
  });

  it('is not told where nobody wrote of one side', async () => {
    const { ask } = await aTopic(POSTS);
    expect((await ask('比较 OpenAI 和 Quill')).carries).toBe(false);
  });
});
