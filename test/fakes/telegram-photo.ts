import { badRequest } from './telegram-refused.ts';

/** Limits of `sendPhoto` in the Bot API's documentation. */
const MOST_BYTES = 10 * 1024 * 1024;
const MOST_SIDES = 10_000;
const MOST_RATIO = 20;

export type Size = { readonly width: number; readonly height: number };

/** The size of a photo in pixels. @throws Refused where the server takes it for no photo. */
export function measurePhoto(bytes: Buffer): Size {
  if (bytes.length === 0) throw badRequest('file must be non-empty');
  if (bytes.length > MOST_BYTES) {
    throw badRequest(
      `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${MOST_BYTES} bytes`,
    );
  }
  const size = sizeOf(bytes);
  if (!size || size.width === 0 || size.height === 0) throw badRequest('IMAGE_PROCESS_FAILED');
  const { width, height } = size;
  const ratio = Math.max(width / height, height / width);
  if (width + height > MOST_SIDES || ratio > MOST_RATIO)
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  return size;
}

function sizeOf(bytes: Buffer): Size | null {
  const magic = bytes.toString('latin1', 0, 12);
  if (magic.startsWith('\u0089PNG\r\n\u001a\n')) return sizeOfPng(bytes);
  if (magic.startsWith('\u00ff\u00d8\u00ff')) return sizeOfJpeg(bytes);
  if (magic.startsWith('GIF8') && bytes.length > 13) {
    return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  return null;
}

/** A PNG has its size in its first chunk, and is whole when its last chunk is there. */
function sizeOfPng(bytes: Buffer): Size | null {
  const isWhole =
    bytes.length > 44 && bytes.toString('latin1', bytes.length - 8, bytes.length - 4) === 'IEND';
  if (!isWhole || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** A JPEG has its size in its frame header, behind other segments, and an end of its own. */
function sizeOfJpeg(bytes: Buffer): Size | null {
  if (bytes.readUInt16BE(bytes.length - 2) !== 0xff_d9) return null;
  let at = 2;
  while (at + 9 < bytes.length) {
    const marker = bytes.readUInt16BE(at);
    if (marker < 0xff_01) return null;
    const isFrame =
      marker >= 0xff_c0 && marker <= 0xff_cf && ![0xff_c4, 0xff_c8, 0xff_cc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
