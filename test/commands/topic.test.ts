import { describe, expect, it } from 'vitest';

import { commands } from '../../commands/index.ts';
import type { Bureau } from '../../src/chat/bureau.ts';
import type { Role } from '../../src/chat/command.ts';
import { renderTerminal } from '../../src/chat/terminal/render.ts';
import { OverBudget, SourceFailure } from '../../src/collect/source.ts';
import { gather } from '../../src/collect/gather.ts';
import type { Language, TopicEdit } from '../../src/model/topic.ts';
import { A_TOPIC, aBureau, aContext } from '../chat/context.ts';
import { sharedOpenDatabase } from '../support/database.ts';
import { aCollector, madeSource, numbered } from '../support/sources.ts';

const open = sharedOpenDatabase();
const LOOK = { width: 200, color: false, hyperlinks: false };

const NOW = new Date('2026-11-20T12:30:00Z');

async function say(
  words: string,
  fields: Partial<Bureau> = {},
  language: Language = 'en',
  now = NOW,
) {
  const [name = '', ...rest] = words.split(' ');
  const command = commands.find((one) => one.name === name);
  const context = aContext({
    db: open().db,
    now: () => now,
    bureau: aBureau(fields),
    language,
    commands,
  });
  const reply = await command?.run(rest.join(' '), context);
  return reply ? renderTerminal(reply.tree, LOOK) : '';
}

/** A topic with a source that was read, for money, and one that fails. */
async function aReadTopic() {
  const { collector, anErrand, topic } = await aCollector(open());
  const well = madeSource('x-user:ada', numbered(1, 2), { isCharged: true });
  const dead = madeSource('feed:https://example.com/rss', []);
  dead.read = () => {
    throw new SourceFailure('unreachable', 'example.com does not answer');
  };
  const spent = madeSource('x-list:9', []);
  spent.read = () => {
    throw new OverBudget('the daily budget is used up', new Date('2026-11-21T00:00:00Z'));
  };
  await gather(collector, [well, dead, spent], anErrand());
  const named = { ...A_TOPIC, key: topic };
  return {
    topics: [named] as const,
    sourcesOf: () => ['x-user:ada', 'feed:https://example.com/rss', 'x-user:new', 'x-list:9'],
  };
}

describe('/topic', () => {
  it('shows the topics with their sources, and how these are', async () => {
    const soon = new Date('2026-11-20T12:05:00Z');
    const shown = await say('topic', await aReadTopic(), 'en', soon);
    expect(shown).toContain('x-user:ada: read 2026-11-20 20:00');
    expect(shown).toContain('fails since 2026-11-20 20:00: example.com does not answer');
    expect(shown).toContain('the next try is at 2026-11-20 20:01');
    expect(shown).toContain('x-user:new: not read yet');
    expect(shown).toContain('x-list:9: rests until 2026-11-21 08:00: the budget for X is used up');
  });

  it('says that nobody tried a source again when it was to be', async () => {
    const tomorrow = new Date('2026-11-21T12:30:00Z');
    const shown = await say('topic', await aReadTopic(), 'en', tomorrow);
    expect(shown).toContain('was to be tried again 2026-11-20 20:01, and nobody did');
  });

  it('says so of a topic without sources', async () => {
    expect(await say('topic')).toContain('its posts are imported');
  });

  it.each<[string, TopicEdit]>([
    [
      'topic add chips x_user=ada x_search=(claude OR gpt) lang:en feed=https://example.com/a?b=c',
      {
        kind: 'add',
        key: 'chips',
        sources: [
          'x_user=ada',
          'x_search=(claude OR gpt) lang:en',
          'feed=https://example.com/a?b=c',
        ],
        settings: {},
      },
    ],
    ['topic add chips', { kind: 'add', key: 'chips', sources: [], settings: {} }],
    ['topic remove chips', { kind: 'remove', key: 'chips', sources: [] }],
    ['topic remove chips x_user=ada', { kind: 'remove', key: 'chips', sources: ['x_user=ada'] }],
  ])('changes them: /%s', async (words, expected) => {
    const edits: TopicEdit[] = [];
    const says = await say(words, {
      editTopics: async (edit) => {
        edits.push(edit);
        return { added: [], known: [], gone: null };
      },
    });
    expect(edits).toEqual([expected]);
    expect(says).toContain('"chips"');
  });

  it('says what is new, what was there, and which topic there is no more', async () => {
    const change = { added: ['x-user:ada'], known: ['bluesky:#ai'], gone: 'twitter_ai' };
    const editTopics = async () => change;
    const english = await say('topic add chips x_user=ada', { editTopics });
    expect(english).toContain('New: x-user:ada.');
    expect(english).toContain('Already there: bluesky:#ai.');
    expect(english).toMatch(/"twitter_ai",.* is no more; .*\/topic add twitter_ai keeps it too/s);
    const chinese = await say('topic add chips x_user=ada', { editTopics }, 'zh');
    expect(chinese).toMatch(/新增：x-user:ada。.*原已有：bluesky:#ai。.*\/topic add twitter_ai/s);
  });

  it.each(['topic delete chips', 'topic add', 'topic x_user=ada'])(
    'says how it is said: /%s',
    async (words) => {
      await expect(say(words)).rejects.toThrow('/topic add NAME SOURCE');
    },
  );

  it('is for owners', () => {
    expect(commands.find(({ name }) => name === 'topic')?.for).toBe('owner');
  });
});

describe('what else tells of sources', () => {
  it('/status counts those that are well and those that fail', async () => {
    const { topics, sourcesOf } = await aReadTopic();
    const context = { topics, sourcesOf };
    const shown = await statusOf(context);
    expect(shown).toContain('2 sources are well, 1 cannot be read');
    expect(shown).toContain('The budget for X is used up: 1 source rests until 2026-11-21 08:00.');
  });

  it('/status shows owners, and nobody else, which fail, since when and why', async () => {
    const { topics, sourcesOf } = await aReadTopic();
    const failure = 'feed:https://example.com/rss: fails since 2026-11-20 20:00: example.com does';
    expect(await statusOf({ topics, sourcesOf })).toContain(failure);
    const others = await statusOf({ topics, sourcesOf }, 'reader');
    expect(others).toContain('1 cannot be read');
    expect(others).not.toContain('example.com');
  });

  it('/usage shows what X cost', async () => {
    await aReadTopic();
    expect(await say('usage')).toMatch(/Reading X cost \$0\.0\d in the last week/);
    expect(await say('usage', {}, 'zh')).toContain('最近一周读取 X 花费');
  });
});

async function statusOf(
  fields: Pick<Bureau, 'topics' | 'sourcesOf'>,
  role: Role = 'owner',
): Promise<string> {
  const command = commands.find(({ name }) => name === 'status');
  const reply = await command?.run(
    '',
    aContext({
      db: open().db,
      now: () => NOW,
      bureau: aBureau(fields),
      topic: fields.topics[0],
      role,
    }),
  );
  return reply ? renderTerminal(reply.tree, LOOK) : '';
}
