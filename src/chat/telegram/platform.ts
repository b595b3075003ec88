import { SendError } from '../../model/delivery.ts';
import type { Lobby, Platform } from '../platform.ts';
import type { Reception } from '../reception.ts';
import type { TelegramSettings } from '../settings.ts';
import { adminsOf } from './admins.ts';
import { acknowledge, answer, type Answering } from './answering.ts';
import { Chains } from './chains.ts';
import { type BotAccess, openBotApi } from './client.ts';
import { registerCommands } from './commands.ts';
import { telegramCourier } from './courier.ts';
import { listen } from './listen.ts';
import { sendReply } from './replies.ts';
import { readUpdate, type Self } from './update.ts';

/** Updates that may wait for their answers before others are heard. */
const MOST_WAITING = 500;
/** What is being answered when it is stopped has so long to be finished. */
const GRACE_MS = 8000;

/**
 * Telegram.
 *
 * @param webhookSecret What Telegram shows with the updates that it brings; `null`: thought up.
 */
export function openTelegram(
  access: BotAccess,
  settings: TelegramSettings,
  webhookSecret: string | null,
  lobby: Lobby,
): Platform {
  const { clock, log, owners } = lobby;
  const api = openBotApi(access);
  const courier = telegramCourier(api, settings);
  const { db, commands } = lobby.reception;
  const reception: Reception = {
    ...lobby.reception,
    owners: new Set(owners),
    isAdmin: adminsOf(api, clock),
  };
  const answering: Answering = { api, db, clock, log, reception, forms: courier.forms };
  let trouble: string | null = null;
  return {
    name: 'telegram',
    courier,
    trouble: () => trouble,
    async run(signal) {
      const chains = new Chains();
      const hard = new AbortController();
      const ears = {
        api,
        clock,
        log,
        settings,
        webhookSecret,
        tell: (told: string | null) => void (trouble = told),
        begin: () =>
          chains.add('commands', () => registerCommands(api, commands, owners, log, signal)),
        hasRoom: () => chains.size < MOST_WAITING,
        room: () => chains.room(MOST_WAITING),
        take: (update: unknown, self: Self) => take(answering, chains, update, self, hard.signal),
      };
      await listen(ears, signal);
      await finish(chains, lobby, hard);
    },
    async tell(person, message) {
      const channel = { platform: 'telegram', chat: person, thread: null } as const;
      await sendReply(answering, message, { channel }, new AbortController().signal);
    },
  };
}

/** Begins to answer an update, behind what was said in the same chat before. */
function take(
  answering: Answering,
  chains: Chains,
  update: unknown,
  self: Self,
  signal: AbortSignal,
): void {
  const { api, log } = answering;
  const incoming = readUpdate(update, self);
  if (!incoming) return;
  if (incoming.kind === 'heard' && incoming.query !== null) {
    void acknowledge(api, incoming.query, log);
  }
  const { channel } = incoming.kind === 'heard' ? incoming.heard : incoming;
  chains.add(channel.chat, () => answer(answering, incoming, signal));
}

/** Waits until what is being answered is finished, but not for ever. */
async function finish(chains: Chains, { clock, log }: Lobby, hard: AbortController) {
  const idle = new AbortController();
  const late = clock.wait(GRACE_MS, idle.signal).then(
    () => log.warn({ left: chains.size }, 'telegram: stopped before everything was answered'),
    () => undefined,
  );
  await Promise.race([chains.idle(), late]);
  idle.abort();
  hard.abort(new SendError({ kind: 'failed', reason: 'the program was stopped' }));
}
