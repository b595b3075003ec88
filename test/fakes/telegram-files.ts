import type { File, PhotoSize } from '@grammyjs/types';

import type { Upload } from './telegram-multipart.ts';
import { measurePhoto, type Size } from './telegram-photo.ts';
import { badRequest } from './telegram-refused.ts';

export type StoredFile = Size & {
  readonly id: string;
  readonly uniqueId: string;
  readonly path: string;
  readonly bytes: Buffer;
};

export type Uploads = ReadonlyMap<string, Upload>;

/** Files that were uploaded, which can be sent again by their identifiers. */
export class Files {
  readonly #files = new Map<string, StoredFile>();

  /**
   * The photo that a parameter means: an upload (`attach://name`) or one that is there already.
   * Addresses on the web are refused, as nothing is fetched from there. @throws Refused
   */
  photoOf(reference: string, uploads: Uploads): StoredFile {
    const [, name] = /^attach:\/\/(.+)$/.exec(reference) ?? [];
    if (name !== undefined) {
      const upload = uploads.get(name);
      if (!upload) throw badRequest("can't parse InputMedia: media not found");
      return this.#keep(upload.bytes);
    }
    const kept = this.#files.get(reference);
    if (kept) return kept;
    if (/^https?:/.test(reference)) throw badRequest('failed to get HTTP URL content');
    throw badRequest('wrong file identifier/HTTP URL specified');
  }

  fileOf(id: string): File {
    const file = this.#files.get(id);
    if (!file) throw badRequest('invalid file_id');
    const { uniqueId, path, bytes } = file;
    return { file_id: id, file_unique_id: uniqueId, file_size: bytes.length, file_path: path };
  }

  /** What lies under a path that `getFile` told. */
  read(path: string): Buffer | null {
    return [...this.#files.values()].find((file) => file.path === path)?.bytes ?? null;
  }

  #keep(bytes: Buffer): StoredFile {
    const size = measurePhoto(bytes);
    const number = this.#files.size + 1;
    const id = `AgACFakePhoto-${number}`;
    const path = `photos/file_${number}.jpg`;
    const file = { ...size, id, uniqueId: `AQADFake${number}`, path, bytes };
    this.#files.set(id, file);
    return file;
  }
}

export function photoSizesOf({ id, uniqueId, width, height, bytes }: StoredFile): PhotoSize[] {
  return [{ file_id: id, file_unique_id: uniqueId, width, height, file_size: bytes.length }];
}
