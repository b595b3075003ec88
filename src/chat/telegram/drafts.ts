/** Drafts that are being written in private chats, and chats that take none. */
export class Drafts {
  readonly #written = new Map<string, AbortController>();
  readonly #refusing = new Set<string>();
  #isUnknown = false;

  /** Whether a chat may have drafts, as far as is known. */
  isTaken(chat: string): boolean {
    return !this.#isUnknown && !this.#refusing.has(chat);
  }

  /** Notes that a chat takes none; or, where the server does not know such a thing, that none does. */
  refuse(chat: string, isUnknown: boolean): void {
    if (isUnknown) this.#isUnknown = true;
    else if (this.#refusing.size < MOST_NOTED) this.#refusing.add(chat);
  }

  begin(chat: string, draft: number, stop: AbortController): void {
    this.#written.set(`${chat} ${draft}`, stop);
  }

  end(chat: string, draft: number): void {
    this.#written.delete(`${chat} ${draft}`);
  }

  /** Its reader has had enough of a draft. */
  stop(chat: string, draft: number): void {
    this.#written.get(`${chat} ${draft}`)?.abort(new Error('its reader stopped it'));
  }
}

const MOST_NOTED = 10_000;
