import { PassThrough } from 'node:stream';

import { describe, expect, it, onTestFinished } from 'vitest';

import { openPrompter } from '../../src/cli/init/prompter.ts';

/** A prompter on a terminal: what is typed into it, and what it shows. */
function onTerminal() {
  const keys = new PassThrough();
  const screen = new PassThrough();
  let shown = '';
  screen.setEncoding('utf8').on('data', (words: string) => (shown += words));
  const stop = new AbortController();
  const prompter = openPrompter({
    input: Object.assign(keys, { isTTY: true, setRawMode: () => keys }) as never,
    out: Object.assign(screen, { isTTY: true, columns: 80, hasColors: () => false }) as never,
    signal: stop.signal,
  });
  onTestFinished(() => prompter.close());
  return { prompter, stop, type: (words: string) => keys.write(words), shown: () => shown };
}

describe('questions on a terminal', () => {
  it('show what is typed, but no secret, not even when the arrow key asks for it again', async () => {
    const { prompter, type, shown } = onTerminal();
    const secret = prompter.askSecret('Token: ');
    type('hush-hush\r');
    expect(await secret).toBe('hush-hush');
    const open = prompter.ask('Name: ');
    type('\u001B[Aada_demo \r');
    expect(await open).toBe('ada_demo');
    expect(shown()).toContain('Token: ');
    expect(shown()).toContain('ada_demo');
    expect(shown()).not.toContain('hush');
  });

  it('end at Ctrl-C, which nothing after it takes for an answer', async () => {
    const { prompter, type } = onTerminal();
    const answer = prompter.ask('Name: ');
    type('\u0003');
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    expect(prompter.signal.aborted).toBe(true);
    await expect(prompter.ask('Again: ')).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('end when the program is stopped from outside, or the input ends', async () => {
    const stopped = onTerminal();
    const answer = stopped.prompter.askSecret('Token: ');
    stopped.stop.abort(new Error('a closed window'));
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    const ended = onTerminal();
    const last = ended.prompter.ask('Name: ');
    ended.type('\u0004');
    await expect(last).rejects.toMatchObject({ code: 'input' });
  });
});
