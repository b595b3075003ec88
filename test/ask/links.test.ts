import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { answerMessage } from '../../src/ask/message.ts';
import { renderMarkdown } from '../../src/chat/discord/markdown.ts';
import { renderHtml, renderText } from '../../src/chat/telegram/html.ts';
import { renderTerminal } from '../../src/chat/terminal/render.ts';
import type { Answer, Passage } from '../../src/model/asking.ts';
import { postLink } from '../../src/model/post.ts';
import { windowOf } from '../../src/model/window.ts';
import { findSignals, readDiscord } from '../fakes/discord-markdown.ts';
import { addDetected } from '../fakes/telegram-detect.ts';
import type { FormattedText } from '../fakes/telegram-entity.ts';
import { parseTelegramHtml } from '../fakes/telegram-html.ts';
import { aPost } from '../support/posts.ts';
import { aLine } from '../support/reports.ts';

/** What platforms, or people, take for an address, and what may stand around it. */
const pieces = fc.constantFrom(
  ...'https://evil.example/x HTTPS://EVIL.EXAMPLE hTtP://evil.example www.evil.example WWW.EVIL.COM tg://resolve?domain=evil TG://user?id=1 ton://evil discord.gg/evil Discord.GG/evil discord.com/invite/evil discord.new/evil t.me/evil T.ME/evil evil.example/x evil.com evil.io. eve@evil.com mailto:eve@evil.com tel:+15550100123 steam://run/1 discord://evil ftp://evil.com'.split(
    ' ',
  ),
  ...'@evil_demo /evil #evil $EVIL <https://evil.example> [x](https://evil.example) (evil.com/x) <@1> @everyone'.split(
    ' ',
  ),
  '看',
  '，',
  ' ',
  '\n',
  '.',
  '\u200B',
  '\u2060',
  '“',
  '(',
  'Lumen',
  '👇',
  '\\',
  '`',
  ':',
);

const words = fc.array(pieces, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));

const passages = fc.tuple(words, words, fc.boolean()).map(([text, name, isLine]): Passage => {
  const post = aPost({ text, author: name, authorName: `${name} ${text}` });
  if (!isLine) return { kind: 'post', post };
  return {
    kind: 'line',
    report: 7,
    window: windowOf('2026-10-12', '2026-10-12', 'UTC'),
    language: 'en',
    line: aLine({ cites: [post.id], text, lead: name }),
    posts: [post],
  };
});

const answers = fc
  .tuple(
    fc.array(passages, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('extract', 'declined', 'written'),
    words,
  )
  .map(([sources, kind, author]): Answer => ({
    kind,
    statements: sources.map((passage, place) => ({
      // A model's own words were checked before.
      text: kind === 'written' || passage.kind === 'line' ? 'So it is.' : passage.post.text,
      sources: [place],
    })),
    sources,
    brokenOff: null,
    keptSince: null,
    looked: { authors: [author], sections: [] },
  }));

/** Where the sources of an answer can be read. */
const citedBy = ({ sources }: Answer) =>
  new Set(
    sources
      .flatMap((passage) => (passage.kind === 'post' ? [passage.post] : passage.posts))
      .map(postLink),
  );

/** Of the places to which something leads, those at which no source can be read. */
function strangersAmong(targets: readonly string[], answer: Answer): string[] {
  const cited = citedBy(answer);
  return targets.filter((target) => !cited.has(target));
}

const RUNS = { numRuns: 300 };

describe('an answer, whatever its posts and their authors are called', () => {
  it('leads to its sources alone on Telegram', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const tree = answerMessage(answer, 'en', 'UTC');
        const written = renderHtml(tree).map(({ html }) => parseTelegramHtml(html));
        const bare = renderText(tree).map((text) => ({ text, entities: [] }));
        expect(strangersAmong([...written, ...bare].flatMap(linkedOnTelegram), answer)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('leads to its sources alone on Discord', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const messages = renderMarkdown(answerMessage(answer, 'zh', 'UTC'), 2000);
        expect(strangersAmong(messages.flatMap(linkedOnDiscord), answer)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('leads to its sources alone in the terminal, which links what looks like an address', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const look = { width: 80, color: false, hyperlinks: false };
        const shown = renderTerminal(answerMessage(answer, 'en', 'UTC'), look);
        const links = shown.match(/\w+:\/\/\S+|www\.\S+/gi) ?? [];
        expect(strangersAmong(links, answer)).toEqual([]);
      }),
      RUNS,
    );
  });
});

/** What leads somewhere in a message of Telegram, written or found by its server. */
function linkedOnTelegram({ text, entities }: FormattedText): string[] {
  return addDetected(text, entities)
    .filter(({ type }) => !STYLES.has(type))
    .map(({ type, url = '', offset, length }) =>
      type === 'text_link' ? url : `${type} ${text.slice(offset, offset + length)}`,
    );
}

const STYLES = new Set(['bold', 'italic', 'code', 'blockquote']);

/** What leads somewhere in a message of Discord, or calls somebody, for its clients or its servers. */
function linkedOnDiscord(piece: string): string[] {
  const looks = readDiscord(piece).flatMap((run) => run.looks);
  return [
    ...looks.filter((look) => ACTS.test(look)).map((look) => look.replace(/^link /, '')),
    ...findSignals(piece).map((signal) => signal.replace(/>?\)[\s\S]*$/, '')),
  ];
}

const ACTS = /^(?:link|mention|command|emoji|time)/;
