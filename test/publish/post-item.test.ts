import { describe, expect, it } from 'vitest';

import { renderTerminal } from '../../src/chat/terminal/render.ts';
import { bullets, root } from '../../src/lib/tree.ts';
import { linkedPostItem, postItem } from '../../src/publish/post-item.ts';
import { aPost } from '../support/posts.ts';

const show = (item: ReturnType<typeof postItem>) =>
  renderTerminal(root([bullets([item])]), { width: 400, color: false, hyperlinks: false }).trim();

describe('a post in a list', () => {
  it('stands with its id, author and note above its text', () => {
    const post = aPost({ id: '7', author: 'mira_demo', text: 'Lumen 7\nis out https://t.co/x' });
    expect(show(postItem(post, '3 voices'))).toBe('• 7 @mira_demo – 3 voices\n  Lumen 7 is out');
  });

  it('leads to where it can be read, where that is known', () => {
    const post = aPost({ id: '7', text: 'Lumen 7' });
    expect(show(linkedPostItem(post, 'ad'))).toMatch(/\n\n7 https:\/\/example\.com\/invented\/7$/);
    expect(show(linkedPostItem({ ...post, url: null }, 'ad'))).toMatch(/^• 7 @.*\n {2}Lumen 7$/);
  });

  it('is cut at the end of a word, and at no half of a character', () => {
    const [, latin] = show(postItem(aPost({ text: 'word '.repeat(100) }), '')).split('\n');
    expect(latin).toMatch(/^ {2}(?:word )+word…$/);
    expect(latin?.length).toBeLessThan(170);
    const [, emoji] = show(postItem(aPost({ text: `a${'🤖'.repeat(200)}` }), '')).split('\n');
    expect(emoji).toMatch(/^ {2}a🤖+…$/u);
  });

  it('shows its links where it has no other words', () => {
    const post = aPost({ text: 'https://t.co/x' });
    expect(show(postItem(post, 'no words'))).toContain('https://t.co/x');
  });

  it('cannot break out of its lines, or turn the reading direction', () => {
    const post = aPost({ id: '7\n8', author: 'a\u202Eb', text: 'one\n• two\u001B[2J\u202E three' });
    expect(show(postItem(post, 'ad'))).toBe('• 7 8 @ab – ad\n  one • two [2J three');
  });
});
