/** Longer addresses are no post's; a hundred of them would make a request that nobody takes. */
const LONGEST = 2048;

/** An address as Telegram links it, `null` where it is no web address. */
export function webAddress(url: string): string | null {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.href.length > LONGEST) return null;
  return parsed.href;
}
