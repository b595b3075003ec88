import { describe, expect, it } from 'vitest';

import { Inbox } from '../../../src/chat/discord/inbox.ts';
import { untilStopped } from '../../../src/lib/breathe.ts';

describe('what is said to the bot', () => {
  it('is news once, and again in other words', () => {
    const inbox = new Inbox();
    const said = ['why', 'why', 'how', 'how', 'why'].map((words) => inbox.isNews('1', words));
    expect(said).toEqual([true, false, true, false, true]);
    expect(inbox.isNews('2', 'why')).toBe(true);
  });

  it('is remembered as long as thousands of others', () => {
    const inbox = new Inbox();
    inbox.isNews('first', 'why');
    for (let index = 0; index < 4999; index += 1) inbox.isNews(`${index}`, 'why');
    expect(inbox.isNews('first', 'why')).toBe(false);
    for (let index = 0; index < 5000; index += 1) inbox.isNews(`other ${index}`, 'why');
    expect(inbox.isNews('first', 'why')).toBe(true);
  });

  it('is answered when what was answered to it before has ended, which is stopped', async () => {
    const inbox = new Inbox();
    const events: string[] = [];
    const answer = (name: string) =>
      inbox.answer('1', async (stop) => {
        events.push(`${name} begins`);
        if (name !== 'third') await untilStopped(stop);
        events.push(`${name} ends`);
      });
    await Promise.all([answer('first'), answer('second'), answer('third')]);
    expect(events).toEqual(
      ['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });

  it('is answered though what was answered before has failed', async () => {
    const inbox = new Inbox();
    const failing = inbox.answer('1', () => Promise.reject(new Error('broken')));
    const second = inbox.answer('1', () => Promise.resolve());
    await expect(failing).rejects.toThrow('broken');
    await second;
  });
});
