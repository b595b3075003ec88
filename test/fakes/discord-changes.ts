/** Lets a test wait for what the fake comes to, without asking again and again. */
export class Changes {
  readonly #watchers = new Set<() => void>();

  notify(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** Resolves with what `read` returns as soon as it is not undefined. */
  until<T>(read: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const watcher = () => {
        try {
          const value = read();
          if (value === undefined) return;
          this.#watchers.delete(watcher);
          resolve(value);
        } catch (error) {
          this.#watchers.delete(watcher);
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      this.#watchers.add(watcher);
      watcher();
    });
  }
}
