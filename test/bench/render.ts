import { setTimeout as sleep } from 'node:timers/promises';

import fc from 'fast-check';
import type { Root } from 'mdast';

import { openApi } from '../../src/chat/discord/api.ts';
import { withoutMarks } from '../../src/chat/discord/escape.ts';
import { wrapper } from '../../src/chat/discord/payloads.ts';
import { openBotApi } from '../../src/chat/telegram/client.ts';
import { lettersOf, sendingOf } from '../../src/chat/telegram/letters.ts';
import type { Channel } from '../../src/model/channel.ts';
import { SendError } from '../../src/model/delivery.ts';
import type { Message } from '../../src/model/message.ts';
import { readDiscord } from '../fakes/discord-markdown.ts';
import { openDiscord } from '../fakes/discord-server.ts';
import { openTelegram } from '../fakes/telegram-server.ts';
import { count, type Measurement } from '../support/measurement.ts';
import { aTree, bare, hasInk, visibleText } from '../support/trees.ts';
import {
  DISCORD_FORM,
  RICH_FORM,
  TELEGRAM_FORM,
  withoutLostMarks,
} from '../support/visible-forms.ts';

const TREES = 2000;
const SEED = 20_261_126;
/** Each keeps Discord's limit of requests a second by itself; together they are quicker. */
const CLIENTS = 16;

/** What came of showing trees in a form of a platform. */
type Shown = {
  readonly form: 'telegram rich' | 'telegram plain' | 'discord';
  messages: number;
  /** Trees that the form has no room for: they are sent in a simpler one. */
  tooLarge: number;
  /** Trees of which a message was refused. */
  refused: number;
  /** Trees whose visible text came back otherwise. */
  changed: number;
};

/**
 * Sends generated trees to the fakes of both platforms, which refuse what the real ones refuse, and
 * compares the text that people see there with the trees'.
 */
export async function measureRender(trees = TREES): Promise<Measurement> {
  const sum = (['telegram rich', 'telegram plain', 'discord'] as const).map(newlyShown);
  const sample = fc.sample(aTree(), { numRuns: trees, seed: SEED });
  for (let start = 0; start < sample.length; start += AT_ONCE) {
    for (const [index, own] of (await showAll(sample.slice(start, start + AT_ONCE))).entries()) {
      const total = sum[index];
      if (!total) continue;
      total.messages += own.messages;
      total.tooLarge += own.tooLarge;
      total.refused += own.refused;
      total.changed += own.changed;
    }
  }
  return report(trees, sum);
}

/** Trees for which a pair of fakes is opened: they remember all that was sent, and become slow. */
const AT_ONCE = 50;

async function showAll(trees: readonly Root[]): Promise<Shown[]> {
  const telegram = await openTelegram({ limits: 'off' });
  const discord = await openDiscord({ limits: 'off' });
  const forms = [richOn(telegram), plainOn(telegram), onDiscord(discord)] as const;
  try {
    for (const tree of trees) {
      if (!hasInk(visibleText(tree, RICH_FORM))) continue; // there is nothing to send
      for (const { shown, show } of forms) {
        try {
          if (!(await show(tree))) shown.changed += 1;
        } catch {
          shown.refused += 1;
        }
      }
    }
    return forms.map(({ shown }) => shown);
  } finally {
    await telegram.close();
    await discord.close();
  }
}

type Telegram = Awaited<ReturnType<typeof openTelegram>>;
type Discord = Awaited<ReturnType<typeof openDiscord>>;
type Form = { readonly shown: Shown; readonly show: (tree: Root) => Promise<boolean> };

const messageOf = (tree: Root): Message => ({
  language: 'en',
  tree,
  pictures: [],
  folds: [],
  buttons: [],
});
const newlyShown = (form: Shown['form']): Shown => {
  return { form, messages: 0, tooLarge: 0, refused: 0, changed: 0 };
};

function richOn(telegram: Telegram): Form {
  const shown = newlyShown('telegram rich');
  return {
    shown,
    show: sender(telegram, 'rich', shown, null),
  };
}

function plainOn(telegram: Telegram): Form {
  const shown = newlyShown('telegram plain');
  return {
    shown,
    show: sender(telegram, 'plain', shown, (tree) => visibleText(tree, TELEGRAM_FORM)),
  };
}

/** Sends a tree in a form of Telegram's, and says whether its text came back. */
function sender(
  telegram: Telegram,
  form: 'rich' | 'plain',
  shown: Shown,
  textOf: ((tree: Root) => string) | null,
): Form['show'] {
  const api = openBotApi({ token: telegram.token, apiRoot: telegram.url });
  const chat = telegram.openPrivate(telegram.addUser());
  const channel: Channel = { platform: 'telegram', chat: String(chat.id), thread: null };
  const ink = (words: string) => withoutLostMarks(bare(words.replaceAll('\u2060', '')));
  return async (tree) => {
    const letters = lettersOf(messageOf(tree), form);
    if (letters.length === 0) shown.tooLarge += 1;
    if (letters.length === 0) return true;
    const before = telegram.sent(chat).length;
    for (const letter of letters) await api.call(sendingOf(letter, { channel }));
    const sent = telegram.sent(chat).slice(before);
    shown.messages += sent.length;
    if (!textOf) return true; // the fake numbers lists; a property of the tests reads the form itself
    return ink(sent.map(({ text }) => text).join('\n')) === ink(textOf(tree));
  };
}

function onDiscord(discord: Discord): Form {
  const shown = newlyShown('discord');
  const access = { token: discord.token, apiRoot: `${discord.url}/api` };
  const apis = Array.from({ length: CLIENTS }, () => openApi(access));
  const wrap = wrapper();
  let nonce = 0;
  const ink = (words: string) => withoutMarks(bare(words));
  return {
    shown,
    async show(tree) {
      const texts: string[] = [];
      for (const payload of wrap(messageOf(tree), 'rich')) {
        nonce += 1;
        const api = apis[nonce % CLIENTS] ?? openApi(access);
        const id = await insist(() => api.post(discord.channel.id, payload, `tree-${nonce}`));
        texts.push(discord.message(id)?.text ?? '');
      }
      shown.messages += texts.length;
      const read = texts.flatMap(readDiscord).map(({ text }) => text);
      return ink(read.join('')) === ink(visibleText(tree, DISCORD_FORM));
    },
  };
}

/** Waits where the limit of requests a second, which the client keeps, says so. */
async function insist<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof SendError) || error.trouble.kind !== 'slow-down') throw error;
      await sleep(error.trouble.seconds * 1000);
    }
  }
}

function report(trees: number, shown: readonly Shown[]): Measurement {
  const sum = (read: (one: Shown) => number) => shown.reduce((total, one) => total + read(one), 0);
  const refused = sum((one) => one.refused);
  const changed = sum((one) => one.changed);
  return {
    figures: { suite: 'render', trees, forms: shown, refused, changed },
    table: [
      ['form', 'messages', 'too large', 'refused', 'changed'],
      ...shown.map((one) => [
        one.form,
        ...[one.messages, one.tooLarge, one.refused, one.changed].map(count),
      ]),
    ],
    quality: {
      what: 'whatever is said can be shown',
      on: `${count(trees)} generated trees in three forms`,
      figures: `${refused.toFixed(0)} refused, ${changed.toFixed(0)} changed`,
      command: 'npm run bench -- render',
    },
  };
}
