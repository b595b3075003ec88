import { createServer } from 'node:http';

import { MessageFlags } from 'discord.js';
import { expect, it, onTestFinished } from 'vitest';

import { openApi } from '../../../src/chat/discord/api.ts';
import type { Attachment } from '../../../src/chat/discord/controls.ts';
import type { Payload } from '../../../src/chat/discord/payloads.ts';
import type { Picture } from '../../../src/model/picture.ts';
import { Door } from '../../fakes/door.ts';

const MEGABYTE = 1024 * 1024;

/** Breaks the connection of each request whose body has begun to come, and answers the others. */
async function startBreaking() {
  const server = createServer((request, response) => {
    request.once('data', () => response.socket?.resetAndDestroy());
  });
  const door = await Door.open(server);
  onTestFinished(() => door.shut());
  return { door, api: openApi({ token: 'any', apiRoot: `http://127.0.0.1:${door.port}` }) };
}

it('fails, and nothing else does, where the connection breaks while files are sent', async () => {
  const { door, api } = await startBreaking();
  // Whichever program of this process asks first decides how all of them send.
  await fetch(`http://127.0.0.1:${door.port}`, { method: 'POST', body: 'x' }).catch(() => null);
  const files = Array.from({ length: 8 }, (_, index): Attachment => {
    const bytes = Buffer.alloc(2 * MEGABYTE, index);
    const size = { width: 1, height: 1 };
    const picture: Picture = { kind: 'cloud', mime: 'image/png', ...size, alt: [], bytes };
    return { name: `${index}.png`, picture };
  });
  const payload: Payload = { content: 'x', flags: MessageFlags.SuppressEmbeds, files };
  for (const nonce of ['1', '2', '3']) {
    await expect(api.post('1', payload, nonce)).rejects.toMatchObject({
      trouble: { kind: 'unknown' },
    });
  }
});
