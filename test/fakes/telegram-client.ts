import { crc32, deflateSync } from 'node:zlib';

import { Telegraf, TelegramError } from 'telegraf';

import { type Options, startTelegram, type TelegramServer } from './telegram.ts';

// What tests of the fake itself share: telegraf as its client, and pictures.

/** A fake with one person in a private chat, and telegraf as its client. */
export async function startWithClient(options: Options = {}) {
  const telegram = await startTelegram(options);
  const kim = telegram.addUser({ first_name: 'Kim', username: 'kim_demo' });
  const chat = telegram.openPrivate(kim);
  const bot = clientOf(telegram);
  const call = (method: string, params: object): Promise<unknown> =>
    bot.telegram.callApi(method as 'getMe', params);
  return { telegram, kim, chat, bot, call };
}

export function clientOf({ url, token }: TelegramServer): Telegraf {
  return new Telegraf(token, { telegram: { apiRoot: url } });
}

/** How a promise was refused: `400: Bad Request: …`, or what it brought instead. */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    (value) => value,
    (each: unknown) => each,
  );
  return error instanceof TelegramError ? error.message : `not refused: ${JSON.stringify(error)}`;
}

/** A white picture. */
export function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8); // bits a pixel, grey
  const pixels = deflateSync(Buffer.alloc((width + 1) * height));
  const chunks = [chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), ...chunks]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
