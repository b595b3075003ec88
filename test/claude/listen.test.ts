import { describe, expect, it } from 'vitest';

import type { Desk } from '../../src/claude/desk.ts';
import type { Piece } from '../../src/claude/question.ts';
import { priceOf } from '../../src/model/usage.ts';
import {
  type Behaviour,
  cited,
  cutAfter,
  errorAfter,
  fail,
  hang,
  hangAfter,
  refusal,
  text,
} from '../fakes/claude.ts';
import { anOffice, type OfficeOptions } from '../support/office.ts';
import { aCitedQuestion } from '../support/questions.ts';

const BUSY = fail({ status: 529, type: 'overloaded_error', message: 'Overloaded' });
const ANSWER = cited([['Lumen 7 is out.', 0], ' ', ['It costs $2.40.', 1, 0]]);
/** As far as into the last block. */
const TWO_BLOCKS = 'Lumen 7 is out. It'.length;
const HEARD: readonly Piece[] = [
  { text: 'Lumen 7 is out.', cites: [0] },
  { text: ' ', cites: [] },
  { text: 'It costs $2.40.', cites: [1, 0] },
];

/** An office whose questions are asked to answer somebody. */
async function place(options?: OfficeOptions) {
  const made = await anOffice(options);
  const stop = new AbortController();
  const desk = (fields: object = {}) =>
    made.desk({ purpose: 'ask', report: null, signal: stop.signal, ...fields });
  return { ...made, stop, desk };
}

async function listen(desk: Desk) {
  const pieces: Piece[] = [];
  const ending = await desk.listen(aCitedQuestion(), (piece) => void pieces.push(piece));
  return { pieces, ending };
}

describe('listening to an answer', () => {
  it('shows the sources one by one, with nothing that asks for a form', async () => {
    const { claude, desk } = await place();
    claude.next(ANSWER);
    await listen(desk());
    expect(claude.requests[0]?.body).toMatchObject({
      model: 'claude-sonnet-5-5',
      output_config: { effort: 'low' },
      stream: true,
      messages: [
        {
          role: 'user',
          content: [
            {
              type: 'search_result',
              source: 'p1',
              title: 'p1',
              content: [{ type: 'text', text: 'Lumen 7 is out.' }],
              citations: { enabled: true },
            },
            { source: 'p2', title: 'p2' },
            { type: 'text', text: 'What is new?' },
          ],
        },
      ],
    });
    expect(claude.requests[0]?.body.output_config).not.toHaveProperty('format');
  });

  it('hears every block with what it cites, and pays for it', async () => {
    const { claude, desk, usage, office } = await place();
    claude.next(ANSWER);
    expect(await listen(desk())).toEqual({ pieces: HEARD, ending: 'whole' });
    const [account] = await usage();
    const price = office.models.prices.get('claude-sonnet-5-5');
    if (!account || !price) throw new Error('nothing was paid');
    expect(account).toMatchObject({ purpose: 'ask', calls: 1, failed: 0, open: 0 });
    expect(account.fresh).toBe(claude.requests[0]?.promptTokens);
    expect(account.price).toBe(priceOf(account, price));
  });

  it('hears what is said before the next is', async () => {
    const { claude, desk } = await place({ claude: { pace: { firstMs: 0, tokensPerSecond: 60 } } });
    claude.next(ANSWER);
    const began = performance.now();
    const times: number[] = [];
    await desk().listen(aCitedQuestion(), () => void times.push(performance.now() - began));
    const [first = 0, , last = 0] = times;
    expect(last - first).toBeGreaterThan(50);
  });

  it('asks again where nothing was heard', async () => {
    const { claude, desk, waits, usage } = await place();
    claude.next(BUSY, cutAfter(ANSWER, 3), ANSWER);
    expect(await listen(desk())).toEqual({ pieces: HEARD, ending: 'whole' });
    expect(waits).toEqual([1000, 2000]);
    expect((await usage())[0]).toMatchObject({ calls: 3, failed: 2 });
  });

  it.each<[string, Behaviour]>([
    ['the stream is cut', cutAfter(ANSWER, TWO_BLOCKS)],
    ['the stream says that it is overloaded', errorAfter(ANSWER, TWO_BLOCKS, 'overloaded_error')],
    ['the model falls silent', hangAfter(ANSWER, TWO_BLOCKS)],
  ])('keeps what was heard, and asks no more, when %s', async (_, trouble) => {
    const { claude, desk, usage } = await place({ silenceMs: 300 });
    claude.next(trouble);
    expect(await listen(desk())).toEqual({ pieces: HEARD.slice(0, 2), ending: 'lost' });
    expect(claude.requests).toHaveLength(1);
    expect((await usage())[0]).toMatchObject({ calls: 1, failed: 1 });
  });

  it('keeps what was heard when the model declines in the middle, or has no more room', async () => {
    const { claude, desk } = await place();
    const ended = (stopReason: 'refusal' | 'max_tokens') =>
      cited([['Lumen 7 is out.', 0]], { stopReason });
    claude.next(ended('refusal'), ended('max_tokens'));
    for (const _ of [1, 2]) {
      expect(await listen(desk())).toEqual({ pieces: HEARD.slice(0, 1), ending: 'lost' });
    }
    expect(claude.requests).toHaveLength(2);
  });

  it.each<[string, Behaviour, string]>([
    ['declines', refusal(), 'refused'],
    ['takes no key', fail({ status: 401, type: 'authentication_error', message: 'no' }), 'bad-key'],
  ])('fails when the model %s before a word', async (_, behaviour, kind) => {
    const { claude, desk } = await place();
    claude.next(behaviour);
    await expect(listen(desk())).rejects.toMatchObject({ kind });
    expect(claude.requests).toHaveLength(1);
  });

  it('fails when the time is up before a word', async () => {
    const { claude, desk, start } = await place();
    claude.next(hang());
    const late = desk({ deadline: new Date(start.getTime() + 60) });
    await expect(listen(late)).rejects.toMatchObject({ kind: 'no-time' });
  });

  it('asks nothing that the day’s cap has no room for', async () => {
    const { claude, desk } = await place({ models: { dailyCap: 0.0001 } });
    await expect(listen(desk())).rejects.toMatchObject({ kind: 'over-budget' });
    expect(claude.requests).toEqual([]);
  });
});

describe('stopping an answer', () => {
  it('keeps what was heard, and pays for that', async () => {
    const { claude, desk, stop, usage } = await place();
    claude.next(hangAfter(ANSWER, TWO_BLOCKS));
    const pieces: Piece[] = [];
    const ending = await desk().listen(aCitedQuestion(), (piece) => {
      pieces.push(piece);
      if (pieces.length === 2) stop.abort();
    });
    expect({ pieces, ending }).toEqual({ pieces: HEARD.slice(0, 2), ending: 'stopped' });
    const [account] = await usage();
    expect(account).toMatchObject({ calls: 1, failed: 0, open: 0 });
    expect(account?.fresh).toBe(claude.requests[0]?.promptTokens);
    expect(account?.output).toBeGreaterThan(3);
  });

  it('hears nothing that was asked for too late', async () => {
    const { claude, desk, stop } = await place();
    claude.answer(() => ANSWER);
    stop.abort();
    expect(await listen(desk())).toEqual({ pieces: [], ending: 'stopped' });
    expect(claude.requests).toEqual([]);
  });

  it('ends a wait for another attempt', async () => {
    const { claude, desk, stop } = await place();
    claude.answer(() => {
      stop.abort();
      return BUSY;
    });
    expect(await listen(desk())).toEqual({ pieces: [], ending: 'stopped' });
    expect(claude.requests).toHaveLength(1);
  });

  it('hears blocks without citations too: what rests on nothing is for others to judge', async () => {
    const { claude, desk } = await place();
    claude.next(text('Nothing is known.'));
    expect(await listen(desk())).toEqual({
      pieces: [{ text: 'Nothing is known.', cites: [] }],
      ending: 'whole',
    });
  });
});
