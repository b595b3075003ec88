import { describe, expect, it } from 'vitest';

import { renderMarkdown } from '../../src/chat/discord/markdown.ts';
import { renderHtml } from '../../src/chat/telegram/html.ts';
import { paragraph, root } from '../../src/lib/tree.ts';
import { postItem } from '../../src/publish/post-item.ts';
import { findSignals } from '../fakes/discord-markdown.ts';
import { addDetected } from '../fakes/telegram-detect.ts';
import { parseTelegramHtml } from '../fakes/telegram-html.ts';
import { aPost } from '../support/posts.ts';

describe('an author of any network', () => {
  it.each([
    'ada_demo',
    'ada.bsky.social',
    'ada@mastodon.social',
    'did:plc:vxgo23hwiuioh534gmdjlkmw',
    'everyone.bsky.social',
    'here@everyone.example',
  ])('is shown as @%s, and calls nobody in a chat', (author) => {
    const tree = root([paragraph(postItem(aPost({ author, text: 'Words' }), 'a note'))]);
    const shown = renderHtml(tree).map(({ html }) => parseTelegramHtml(html));
    for (const { text, entities } of shown) {
      expect(text.replaceAll('\u2060', '')).toContain(`@${author}`);
      expect(addDetected(text, entities).map(({ type }) => type)).toEqual(['bold']);
    }
    expect(renderMarkdown(tree, 2000).flatMap((piece) => findSignals(piece))).toEqual([]);
  });
});
