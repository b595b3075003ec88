const FORMATS = {
  en: new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }),
  zh: new Intl.NumberFormat('zh-CN', { notation: 'compact', maximumFractionDigits: 1 }),
};

/** A number as people of the language shorten it: 12.3K, 1.2万. */
export function compactNumber(value: number, language: keyof typeof FORMATS): string {
  return FORMATS[language].format(value);
}
