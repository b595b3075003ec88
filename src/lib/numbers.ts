const FORMATS = {
  en: new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }),
  zh: new Intl.NumberFormat('zh-CN', { notation: 'compact', maximumFractionDigits: 1 }),
};

/** A number as people of the language shorten it: 12.3K, 1.2万. */
export function compactNumber(value: number, language: keyof typeof FORMATS): string {
  return FORMATS[language].format(value);
}

/** "1 post", "1,200 posts", "2 stories": counted in English. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

/** "1 like", "1.2K likes", "3 replies": as {@link counted}, shortened. */
export function roughly(count: number, noun: string, plural = `${noun}s`): string {
  return `${compactNumber(count, 'en')} ${count === 1 ? noun : plural}`;
}
