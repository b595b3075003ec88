/** Items in disjoint groups; joining two joins their groups. */
export class Groups<T> {
  readonly #parent: Map<T, T>;

  constructor(items: Iterable<T>) {
    this.#parent = new Map(Array.from(items, (item) => [item, item]));
  }

  join(a: T, b: T): void {
    this.#parent.set(this.#root(a), this.#root(b));
  }

  /** The groups, each with its items in the order in which they were given. */
  all(): T[][] {
    return [...Map.groupBy(this.#parent.keys(), (item) => this.#root(item)).values()];
  }

  #root(item: T): T {
    let root = item;
    for (
      let up = this.#parent.get(root);
      up !== undefined && up !== root;
      up = this.#parent.get(root)
    ) {
      root = up;
    }
    for (let at = item; at !== root;) {
      const up = this.#parent.get(at) ?? root;
      this.#parent.set(at, root);
      at = up;
    }
    return root;
  }
}
