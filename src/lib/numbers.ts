/** A number as people of the language (a BCP 47 tag) shorten it: 12.3K, 1.2万, 12,3 mil. */
export function compactNumber(value: number, language: string): string {
  // Languages that the machine has no numbers of have English ones, wherever it stands.
  const format = new Intl.NumberFormat([language, 'en'], {
    notation: 'compact',
    maximumFractionDigits: 1,
  });
  return format.format(value);
}

/** "1 post", "1,200 posts", "2 stories": counted in English. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

/** "1 like", "1.2K likes", "3 replies": as {@link counted}, shortened. */
export function roughly(count: number, noun: string, plural = `${noun}s`): string {
  return `${compactNumber(count, 'en')} ${count === 1 ? noun : plural}`;
}
