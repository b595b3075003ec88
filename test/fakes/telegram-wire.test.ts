import fc from 'fast-check';
import { expect, it } from 'vitest';

import { png, startWithClient } from './telegram-client.ts';
import { readMultipart } from './telegram-multipart.ts';
import { Refused } from './telegram-refused.ts';

async function startRaw() {
  const { telegram, chat } = await startWithClient({ limits: 'off' });
  const post = async (
    method: string,
    body: string | Buffer<ArrayBuffer> | FormData,
    type?: string,
  ) => {
    const response = await fetch(`${telegram.url}/bot${telegram.token}/${method}`, {
      method: 'POST',
      ...(type === undefined ? {} : { headers: { 'content-type': type } }),
      body,
    });
    return { status: response.status, body: await response.json() };
  };
  return { telegram, chat, post };
}

it('reads forms of all kinds, with values as JSON', async () => {
  const { telegram, chat, post } = await startRaw();
  const keyboard = JSON.stringify({ inline_keyboard: [[{ text: 'x', callback_data: 'y' }]] });
  const fields = { chat_id: String(chat.id), text: 'a+b & ü', reply_markup: keyboard };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const encoded = new URLSearchParams(fields).toString();
  await post('sendMessage', form);
  await post('sendMessage', encoded, 'application/x-www-form-urlencoded');
  await fetch(`${telegram.url}/bot${telegram.token}/sendMessage?${encoded}`);
  expect(telegram.sent(chat)).toHaveLength(3);
  for (const { text, keyboard: rows } of telegram.sent(chat)) {
    expect(text).toBe('a+b & ü');
    expect(rows).toEqual([[{ text: 'x', callback_data: 'y' }]]);
  }
});

it('finds uploads by attach:// names', async () => {
  const { telegram, chat, post } = await startRaw();
  const form = new FormData();
  form.set('chat_id', String(chat.id));
  form.set('photo', 'attach://cloud');
  form.set('cloud', new Blob([new Uint8Array(png(4, 2))]), 'cloud.png');
  expect((await post('sendPhoto', form)).status).toBe(200);
  expect(telegram.sent(chat)[0]?.photos).toEqual([png(4, 2)]);
  form.set('photo', 'attach://sun');
  expect((await post('sendPhoto', form)).body).toMatchObject({ ok: false, error_code: 400 });
});

it('refuses broken bodies in the form of the API', async () => {
  const { chat, post } = await startRaw();
  const type = 'multipart/form-data; boundary=line';
  const part = '--line\r\ncontent-disposition: form-data; name="chat_id"\r\n\r\n5\r\n';
  for (const [body, header] of [
    [`${part}--line--`, 'multipart/form-data'],
    [part, type],
    [`${part}--lime--`, type],
    ['nothing', type],
    ['--line\r\n\r\n\r\n5\r\n--line--', type],
    ['{"chat_id": 5', 'application/json'],
    ['[5]', 'application/json'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 'application/json'],
    [`chat_id=${chat.id}&text=%FF`, 'application/x-www-form-urlencoded'],
    ['chat_id=5', 'text/plain'],
  ] as const) {
    const { status, body: answer } = await post('sendMessage', body, header);
    expect(status).toBe(400);
    expect(answer).toEqual({ ok: false, error_code: 400, description: expect.any(String) });
  }
});

it('takes any broken body for a refusal, not for a fault', () => {
  const piece = fc.constantFrom(
    '--b',
    '--',
    '\r\n',
    'content-disposition: form-data; name="a"',
    ': x',
    'y',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const read = () =>
        readMultipart(Buffer.from(pieces.join('')), 'multipart/form-data; boundary=b');
      const outcome = outcomeOf(read);
      expect(Array.isArray(outcome) || outcome instanceof Refused).toBe(true);
    }),
  );
});

function outcomeOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}

it('reads any bytes between boundaries as they are', () => {
  const content = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.array(content, { minLength: 1, maxLength: 4 }), (contents) => {
      const boundary = 'a-boundary-in-no-content';
      const parts = contents.flatMap((bytes, index) => [
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="f${index}"; filename="x"\r\n\r\n`,
        ),
        bytes,
        Buffer.from('\r\n'),
      ]);
      const body = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
      const read = readMultipart(body, `multipart/form-data; boundary="${boundary}"`);
      expect(read.map(({ bytes }) => bytes)).toEqual(contents);
    }),
  );
});
