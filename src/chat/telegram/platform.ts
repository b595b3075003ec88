import { SendError } from '../../model/delivery.ts';
import type { Lobby, Platform } from '../platform.ts';
import type { Reception } from '../reception.ts';
import type { TelegramSettings } from '../settings.ts';
import { adminsOf } from './admins.ts';
import { readStop } from '../../model/address.ts';
import { acknowledge, answer, type Answering, serveStop } from './answering.ts';
import { Chains } from './chains.ts';
import { type BotAccess, openBotApi } from './client.ts';
import { registerCommands } from './commands.ts';
import { telegramCourier } from './courier.ts';
import { Drafts } from './drafts.ts';
import { listen } from './listen.ts';
import { sendReply } from './replies.ts';
import { type Incoming, readUpdate, type Self } from './update.ts';

/** Updates that may wait for their answers before others are heard. */
const MOST_WAITING = 500;
/** What is being answered when it is stopped has so long to be finished. */
const GRACE_MS = 8000;
/** Answers that are being made end with what has come so long before that. */
const TO_SEND_MS = 3000;

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
  const drafts = new Drafts();
  const desk = { api, db, clock, log, reception, drafts, forms: courier.forms };
  let trouble: string | null = null;
  return {
    name: 'telegram',
    courier,
    trouble: () => trouble,
    async run(signal) {
      const chains = new Chains();
      const hard = new AbortController();
      const lastCall = new AbortController();
      const answering: Answering = { ...desk, lastCall: lastCall.signal };
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
      await finish(chains, lobby, lastCall, hard);
    },
    async tell(person, message) {
      const channel = { platform: 'telegram', chat: person, thread: null } as const;
      await sendReply(desk, message, { channel }, new AbortController().signal);
    },
  };
}

/**
 * Begins to answer an update, behind what the same person said in the same chat before. What is to stop an
 * answer waits for nothing.
 */
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
  if (incoming.kind === 'enough') return void answer(answering, incoming, signal);
  if (incoming.kind === 'heard' && incoming.query !== null) {
    const turn = turnToStop(incoming);
    if (turn !== null) return void serveStop(answering, incoming, incoming.query, turn);
    void acknowledge(api, incoming.query, log);
  }
  const chain =
    incoming.kind === 'heard'
      ? `${incoming.heard.channel.chat} ${incoming.heard.speaker}`
      : incoming.channel.chat;
  chains.add(chain, () => answer(answering, incoming, signal));
}

function turnToStop({ heard: { said } }: Extract<Incoming, { kind: 'heard' }>): number | null {
  return said.kind === 'press' ? readStop(said.carried) : null;
}

/** Waits until what is being answered is finished, but not for ever. */
async function finish(
  chains: Chains,
  { clock, log }: Lobby,
  lastCall: AbortController,
  hard: AbortController,
): Promise<void> {
  const idle = new AbortController();
  void clock.wait(GRACE_MS - TO_SEND_MS, idle.signal).then(
    () => lastCall.abort(new Error('the program is stopped')),
    () => undefined,
  );
  const late = clock.wait(GRACE_MS, idle.signal).then(
    () => log.warn({ left: chains.size }, 'telegram: stopped before everything was answered'),
    () => undefined,
  );
  await Promise.race([chains.idle(), late]);
  idle.abort();
  hard.abort(new SendError({ kind: 'failed', reason: 'the program was stopped' }));
}
