import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it, vi } from 'vitest';

import type { Command, Reply } from '../../../src/chat/command.ts';
import { chatInTerminal } from '../../../src/chat/terminal/chat.ts';
import { openLog } from '../../../src/lib/log.ts';
import { paragraph, root, text } from '../../../src/lib/tree.ts';
import type { StoredReport } from '../../../src/store/reports.ts';
import { temporaryFolder } from '../../support/program.ts';
import { aReport } from '../../support/reports.ts';
import { aContext } from '../context.ts';

const report: StoredReport = { ...aReport(), id: 7 };
const picture = {
  kind: 'cloud',
  mime: 'image/png',
  width: 1,
  height: 1,
  alt: [],
  bytes: Buffer.from([0xff, 0xd8]),
} as const;

const says = (sentence: string): Reply => ({ tree: root([paragraph([text(sentence)])]) });

const simple = { usage: '', options: {}, for: 'reader' } as const;

const commandsWith = (onAsk: () => void): readonly Command[] => [
  {
    name: 'digest',
    ...simple,
    run: async () => ({ ...says('shown'), pictures: [picture], shown: report }),
  },
  { name: 'section', ...simple, run: async (_, { shown }) => says(`in view: ${shown?.id}`) },
  {
    name: 'ask',
    ...simple,
    run: async (words) => {
      onAsk();
      return sleep(5, says(`asked: ${words}`));
    },
  },
  { name: 'help', ...simple, run: () => Promise.reject(new Error('broken')) },
];

/** A chat whose words come from the test; `heard` waits for words, `said` for the end. */
async function aChat({
  interactive = false,
  signal = new AbortController().signal,
  onAsk = () => {},
} = {}) {
  const input = new PassThrough();
  const out = new PassThrough();
  let words = '';
  out.setEncoding('utf8').on('data', (chunk: string) => (words += chunk));
  const pictureFolder = path.join(await temporaryFolder(), 'pictures');
  const said = chatInTerminal({
    context: () => aContext({ commands: commandsWith(onAsk) }),
    log: openLog({ file: '', level: 'silent', secrets: [] }),
    input,
    out,
    look: { width: 60, color: false, hyperlinks: false },
    interactive,
    pictureFolder,
    signal,
  }).then(() => words);
  const heard = (some: string) =>
    vi.waitFor(() => expect(words).toContain(some), { interval: 2, timeout: 30_000 });
  return { input, pictureFolder, heard, said };
}

const chatOver = async (words: string): Promise<string> => {
  const { input, said } = await aChat();
  input.end(words);
  return said;
};

describe('a chat in the terminal', () => {
  it('answers line after line, in their order, and ends with its input', async () => {
    expect(await chatOver('one\ntwo\r\nthree')).toBe(
      '\nasked: one\n\n\nasked: two\n\n\nasked: three\n\n',
    );
  });

  it('says nothing to empty lines', async () => {
    expect(await chatOver('\n  \n\t\n\n')).toBe('');
    expect(await chatOver('')).toBe('');
  });

  it.each(['/quit', '/exit', ' /quit ', '/QUIT', '/quit now'])('ends at %j', async (word) => {
    const { input, said } = await aChat();
    input.write(`one\n${word}\ntwo\n`);
    expect(await said).toBe('\nasked: one\n\n');
  });

  it('goes on after a command that is not there, and after one that fails', async () => {
    const said = await chatOver('/quitting\n/help\nlast');
    expect(said).toContain('There is no command /quitting.');
    expect(said).toContain('That did not work.');
    expect(said).not.toContain('broken');
    expect(said).toContain('asked: last');
  });

  it('remembers which digest was shown last', async () => {
    const said = await chatOver('/section\n/digest\nsomething\n/section\n');
    expect(said.match(/in view: \w+/g)).toEqual(['in view: undefined', 'in view: 7']);
  });

  it('lays the word cloud down under the name it is published with, and says where', async () => {
    const { input, pictureFolder, said } = await aChat();
    input.end('/digest\n');
    const file = path.join(pictureFolder, 'wordcloud_twitter_ai_20260129_20260129.png');
    expect(await said).toContain(`\nWord cloud: ${file}\n`);
    expect(await readFile(file)).toEqual(picture.bytes);
  });

  it('ends when it is stopped while it waits for words', async () => {
    const stop = new AbortController();
    const { input, heard, said } = await aChat({ signal: stop.signal });
    input.write('one\n');
    await heard('asked: one');
    stop.abort();
    expect(await said).toBe('\nasked: one\n\n');
  });

  it('does not begin when it is stopped already', async () => {
    const { input, said } = await aChat({ signal: AbortSignal.abort() });
    input.write('one\n');
    expect(await said).toBe('');
  });

  it('takes up no more words when it is stopped while it answers', async () => {
    const stop = new AbortController();
    const { input, said } = await aChat({ signal: stop.signal, onAsk: () => stop.abort() });
    input.write('one\ntwo\n');
    expect(await said).toBe('\nasked: one\n\n');
  });
});

describe('a chat with somebody who types', () => {
  it('prompts for every line', async () => {
    const { input, heard, said } = await aChat({ interactive: true });
    await heard('> ');
    input.write('one\r');
    await heard('asked: one');
    input.end('/quit\r');
    expect(stripVTControlCharacters(await said)).toMatch(/^> one\r\n\nasked: one\n\n> \/quit\r\n$/);
  });

  it('ends in peace at Ctrl-D, also while an answer is on its way', async () => {
    const { input, said } = await aChat({ interactive: true });
    input.write('one\r');
    input.write('\u0004');
    expect(await said).toContain('asked: one');
  });

  it('ends in peace at Ctrl-C', async () => {
    const { input, heard, said } = await aChat({ interactive: true });
    await heard('> ');
    input.write('\u0003');
    expect(await said).toContain('> ');
  });
});
