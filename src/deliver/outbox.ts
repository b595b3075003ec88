import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { keyOfChannel, type PlatformName } from '../model/channel.ts';
import {
  type Courier,
  type Delivery,
  type DeliveryPart,
  type Form,
  SendError,
  type SendTrouble,
} from '../model/delivery.ts';
import type { Message } from '../model/message.ts';
import { changeChannel, findChannel, moveChat } from '../store/channels.ts';
import type { Database } from '../store/database.ts';
import {
  changePart,
  claimDelivery,
  giveUpOn,
  letGo,
  noteParts,
  partsOf,
  outdatedParts,
} from '../store/deliveries.ts';
import { holdBack, takePlace } from '../store/paces.ts';
import type { Session } from '../store/sessions.ts';

/** What delivering works with. */
export type PostOffice = {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly session: Session;
  readonly couriers: ReadonlyMap<PlatformName, Courier>;
  /** What a delivery says; `null` when its report is gone. */
  readonly compose: (delivery: Delivery) => Promise<Digest | null>;
  /** Tells the owners something that they should do something about. */
  readonly tellOwners: (notice: Notice) => Promise<void>;
  /** Milliseconds after its hour at which a delivery of a topic is given up. */
  readonly graceOf: (topic: string) => number;
};

/** A message, and when the report that it shows was made. */
export type Digest = { readonly message: Message; readonly madeAt: Date };

/** What owners are told, about deliveries and about what is collected. */
export type Notice =
  | {
      readonly kind: 'source-failing' | 'source-silent';
      readonly topic: string;
      readonly source: string;
      readonly since: Date;
      readonly reason: string;
    }
  | { readonly kind: 'over-reading'; readonly topic: string; readonly reason: string }
  | { readonly kind: 'gone'; readonly channel: string; readonly reason: string }
  | { readonly kind: 'given-up'; readonly channel: string; readonly reason: string }
  | { readonly kind: 'unknown'; readonly channel: string; readonly reason: string }
  | { readonly kind: 'bad-token'; readonly platform: PlatformName; readonly reason: string };

/** How delivering ended: for good, or until a moment; `taken` when another process is at it. */
export type Outcome =
  | { readonly kind: 'finished' }
  | { readonly kind: 'again'; readonly at: Date }
  | { readonly kind: 'taken' };

/** A place further away than this is not waited for: others may go meanwhile. */
const PATIENCE_MS = 2000;

/**
 * Sends what of a delivery was not sent, message by message, each noted before and after. Whatever
 * happens in between, what is known to have arrived is not sent again.
 */
export async function deliver(
  office: PostOffice,
  id: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const { db, clock, session } = office;
  const delivery = await claimDelivery(db, id, session.number);
  if (!delivery) return { kind: 'taken' };
  let outcome: Outcome = { kind: 'again', at: clock.now() };
  try {
    outcome = await sendParts(office, delivery, AbortSignal.any([signal, session.lost]));
  } finally {
    const finishedAt = outcome.kind === 'finished' ? clock.now() : null;
    await letGo(db, id, session.number, finishedAt);
  }
  return outcome;
}

async function sendParts(
  office: PostOffice,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<Outcome> {
  const { db, clock, couriers } = office;
  const courier = couriers.get(delivery.channel.platform);
  if (!courier) return { kind: 'again', at: new Date(clock.now().getTime() + ABSENT_MS) };
  if (delivery.postAt > clock.now()) return { kind: 'again', at: delivery.postAt };
  const channel = await findChannel(db, delivery.channel);
  if (channel?.access !== 'allowed' || channel.paused !== null) {
    await giveUpOn(db, keyOfChannel(delivery.channel), 'the channel gets nothing', clock.now());
    return FINISHED;
  }
  const lateness = clock.now().getTime() - delivery.postAt.getTime();
  if (lateness > office.graceOf(delivery.topic)) return giveUpLate(office, delivery);
  const digest = await office.compose({ ...delivery, late: delivery.late || lateness > LATE_MS });
  if (!digest) return FINISHED;
  const errand = new Errand(office, courier, delivery, digest);
  let form: Form = channel.form ?? courier.forms[0];
  for (;;) {
    for (const part of await noteParts(
      db,
      delivery.id,
      courier.count(digest.message, form),
      form,
    )) {
      const outcome = await errand.bring(part, signal);
      if (outcome.kind !== 'finished') return outcome;
      if (errand.isHopeless) return giveUpRest(office, delivery, 'the one before was given up');
    }
    const [first] = await partsOf(db, delivery.id);
    if (!first || first.form === form) return FINISHED;
    form = first.form; // a simpler one, which may take more messages
  }
}

const FINISHED: Outcome = { kind: 'finished' };

/** A digest is late from so much after its hour. */
export const LATE_MS = 60_000;

/** After its grace nobody waits for a digest any more. */
async function giveUpLate(office: PostOffice, delivery: Delivery): Promise<Outcome> {
  const reason = 'its hour is over for too long';
  const channel = keyOfChannel(delivery.channel);
  await office.tellOwners({ kind: 'given-up', channel, reason });
  return giveUpRest(office, delivery, reason);
}

/** Gives up the messages of a delivery that were not sent. */
async function giveUpRest({ db }: PostOffice, { id }: Delivery, failure: string): Promise<Outcome> {
  for (const { position, state } of await partsOf(db, id)) {
    if (state !== 'waiting' && state !== 'failed') continue;
    await changePart(db, id, position, { state: 'given-up', failure });
  }
  return FINISHED;
}

/** So long a platform that does not run (in this process) is waited for. */
const ABSENT_MS = 60_000;

/** Bringing one message of a delivery. */
class Errand {
  readonly #office: PostOffice;
  readonly #courier: Courier;
  readonly #delivery: Delivery;
  readonly #digest: Digest;
  /** A message was given up: what follows it would stand alone. */
  isHopeless = false;

  constructor(office: PostOffice, courier: Courier, delivery: Delivery, digest: Digest) {
    this.#office = office;
    this.#courier = courier;
    this.#delivery = delivery;
    this.#digest = digest;
  }

  async bring(part: DeliveryPart, signal: AbortSignal): Promise<Outcome> {
    const { clock } = this.#office;
    if (part.state === 'sent' || part.state === 'given-up') return FINISHED;
    if (part.state === 'unknown' && part.nextTry === null) return FINISHED;
    if (this.#isTooDoubtful(part.doubtSince)) {
      return this.#leaveUnknown(part, part.failure ?? 'the program ended meanwhile');
    }
    if (part.nextTry && part.nextTry > clock.now()) return { kind: 'again', at: part.nextTry };
    const place = await takePlace(
      this.#office.db,
      this.#courier.pacesOf(this.#delivery.channel),
      clock.now(),
      PATIENCE_MS,
    );
    if (!place.isTaken) return { kind: 'again', at: place.at };
    await clock.wait(place.at.getTime() - clock.now().getTime(), signal);
    return this.#send({ ...part, attempts: part.attempts + 1 }, signal);
  }

  /** Whether it may have arrived, too long ago to be sent again. */
  #isTooDoubtful(since: Date | null): boolean {
    if (since === null) return false;
    const { clock } = this.#office;
    return clock.now().getTime() - since.getTime() >= this.#courier.repeatsUnknownMs;
  }

  async #send(part: DeliveryPart, signal: AbortSignal): Promise<Outcome> {
    const { clock } = this.#office;
    const { channel } = this.#delivery;
    const { position, form, nonce, attempts } = part;
    signal.throwIfAborted(); // not between the note and the message: that would look unknown
    const doubtSince = part.doubtSince ?? clock.now();
    await this.#note(part, { state: 'sending', form, attempts, nextTry: null, doubtSince });
    try {
      const envelope = { channel, message: this.#digest.message, position, form, nonce };
      const messageId = await this.#courier.send(envelope);
      const sent = { messageId, failure: null, shows: this.#digest.madeAt, sentAt: clock.now() };
      await this.#note(part, { state: 'sent', doubtSince: null, ...sent });
      return FINISHED;
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      const isUnknown = error.trouble.kind === 'unknown';
      return this.#face(isUnknown ? { ...part, doubtSince } : part, error.trouble, signal);
    }
  }

  /** Does what a trouble asks for. */
  async #face(part: DeliveryPart, trouble: SendTrouble, signal: AbortSignal): Promise<Outcome> {
    const { db, clock, log, tellOwners } = this.#office;
    const { channel, id } = this.#delivery;
    const key = keyOfChannel(channel);
    log.warn({ delivery: id, channel: key, part: part.position, trouble }, 'delivery failed');
    switch (trouble.kind) {
      case 'slow-down': {
        const until = new Date(clock.now().getTime() + trouble.seconds * 1000);
        const [own, ...others] = this.#courier.pacesOf(channel);
        for (const pace of trouble.everywhere ? [own, ...others] : [own]) {
          await holdBack(db, pace, until);
        }
        // It was not the message's fault: it does not count as an attempt.
        return this.#tryAgain({ ...part, attempts: part.attempts - 1 }, 'waiting', until, null);
      }
      case 'moved': {
        await this.#tryAgain(part, 'waiting', clock.now(), null);
        await moveChat(db, channel, trouble.to);
        return { kind: 'again', at: clock.now() };
      }
      case 'gone': {
        await this.#note(part, { state: 'given-up', failure: trouble.reason });
        await changeChannel(db, channel, { paused: trouble.reason });
        await giveUpOn(db, key, trouble.reason, clock.now());
        await tellOwners({ kind: 'gone', channel: key, reason: trouble.reason });
        return FINISHED;
      }
      case 'form-refused': {
        const simpler = this.#simplerThan(part.form);
        if (!simpler) return this.#giveUp(part, trouble.reason);
        if (part.form === 'rich') await changeChannel(db, channel, { form: simpler });
        return this.#send({ ...part, form: simpler, attempts: part.attempts + 1 }, signal);
      }
      case 'unknown':
        if (this.#isTooDoubtful(part.doubtSince)) return this.#leaveUnknown(part, trouble.reason);
        return this.#tryLater(part, trouble.reason);
      case 'failed':
        return this.#tryLater(part, trouble.reason);
      case 'bad-token': {
        await tellOwners({
          kind: 'bad-token',
          platform: channel.platform,
          reason: trouble.reason,
        });
        return this.#tryLater(part, trouble.reason);
      }
      default:
        return this.#giveUp(part, trouble.reason);
    }
  }

  #simplerThan(form: Form): Form | undefined {
    return this.#courier.forms[this.#courier.forms.indexOf(form) + 1];
  }

  /** Tries again a little later each time, until the grace is over. */
  async #tryLater(part: DeliveryPart, reason: string): Promise<Outcome> {
    const { clock, graceOf } = this.#office;
    const { postAt, topic } = this.#delivery;
    const at = new Date(clock.now().getTime() + backOff(part.attempts));
    if (at.getTime() > postAt.getTime() + graceOf(topic)) return this.#giveUp(part, reason);
    return this.#tryAgain(part, 'failed', at, reason);
  }

  async #tryAgain(
    part: DeliveryPart,
    state: 'waiting' | 'failed',
    nextTry: Date,
    failure: string | null,
  ): Promise<Outcome> {
    const { attempts, doubtSince } = part;
    const known = doubtSince === null ? state : 'unknown'; // an earlier attempt may have arrived
    await this.#note(part, { state: known, nextTry, failure, attempts, doubtSince });
    return { kind: 'again', at: nextTry };
  }

  async #giveUp(part: DeliveryPart, reason: string): Promise<Outcome> {
    this.isHopeless = true;
    await this.#note(part, { state: 'given-up', failure: reason });
    const channel = keyOfChannel(this.#delivery.channel);
    await this.#office.tellOwners({ kind: 'given-up', channel, reason });
    return FINISHED;
  }

  /** A message that may have arrived is rather missing than there twice. */
  async #leaveUnknown(part: DeliveryPart, reason: string): Promise<Outcome> {
    await this.#note(part, { state: 'unknown', nextTry: null, failure: reason });
    const channel = keyOfChannel(this.#delivery.channel);
    await this.#office.tellOwners({ kind: 'unknown', channel, reason });
    return FINISHED;
  }

  #note(part: DeliveryPart, change: Parameters<typeof changePart>[3]): Promise<void> {
    return changePart(this.#office.db, this.#delivery.id, part.position, change);
  }
}

/** 2 s, 4 s, 8 s … up to 5 minutes. */
function backOff(attempts: number): number {
  return Math.min(1000 * 2 ** Math.min(attempts, 10), 300_000);
}

/**
 * Corrects the messages that show a report as it was before it was made again. What cannot be corrected
 * stays as it is; what only failed is tried again the next time.
 */
export async function correctMessages(
  office: PostOffice,
  report: { readonly id: number; readonly createdAt: Date },
  signal: AbortSignal,
): Promise<number> {
  let corrected = 0;
  for (const delivery of await outdatedParts(office.db, report.id, report.createdAt)) {
    const courier = office.couriers.get(delivery.channel.platform);
    const digest = courier && (await office.compose(delivery));
    if (!digest || !(await isOpen(office, delivery))) continue;
    for (const part of delivery.parts) {
      if (await correct(office, courier, delivery, part, digest, signal)) corrected += 1;
    }
  }
  return corrected;
}

/** Troubles that another try does not mend. */
const LASTING: ReadonlySet<SendTrouble['kind']> = new Set([
  'refused',
  'form-refused',
  'gone',
  'moved',
]);

/** Whether anything may go to the channel of a delivery. */
async function isOpen({ db }: PostOffice, { channel }: Delivery): Promise<boolean> {
  const known = await findChannel(db, channel);
  return known?.access === 'allowed' && known.paused === null;
}

async function correct(
  { db, clock, log }: PostOffice,
  courier: Courier,
  { id, channel }: Delivery,
  { position, form, nonce, messageId }: DeliveryPart,
  { message, madeAt }: Digest,
  signal: AbortSignal,
): Promise<boolean> {
  if (messageId === null || position >= courier.count(message, form)) return false;
  const place = await takePlace(db, courier.pacesOf(channel), clock.now(), Infinity);
  await clock.wait(place.at.getTime() - clock.now().getTime(), signal);
  try {
    await courier.edit({ channel, message, position, form, nonce }, messageId);
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    log.warn({ delivery: id, part: position, trouble: error.trouble }, 'correction failed');
    if (LASTING.has(error.trouble.kind)) await changePart(db, id, position, { shows: madeAt });
    return false;
  }
  await changePart(db, id, position, { shows: madeAt });
  return true;
}
