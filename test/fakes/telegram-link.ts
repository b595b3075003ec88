/** Schemes of the client's own, which are kept as they are. */
const OWN = /^(?:tg|ton|tonsite):/i;
const HTTP =
  /^(?:(?<scheme>https?):\/\/)?(?:[^/?#@]*@)?(?<host>[^/?#:@[\]]+|\[[0-9a-f:.]+\])(?::(?<port>\d{1,5}))?(?<rest>[/?#].*)?$/isu;

/** `mailto:`, `javascript:` and the like, but no `host:80`. */
const FOREIGN = /^(?!https?:)[a-z][a-z0-9+.-]*:(?!\d)/i;

/**
 * The address of a link as the server keeps it (`telegram.example` becomes
 * `http://telegram.example/`), or null where it is none that the server links to.
 */
export function checkLink(url: string): string | null {
  if (OWN.test(url)) return url;
  if (FOREIGN.test(url.trim())) return null;
  const { scheme = 'http', host = '', port, rest = '' } = HTTP.exec(url.trim())?.groups ?? {};
  const isHost = /[^.]\.[^.]/.test(host) && !/\s/.test(host);
  if (!isHost && !host.startsWith('[')) return null;
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return `${scheme.toLowerCase()}://${host.toLowerCase()}${port ? `:${port}` : ''}${escapeSpaces(path)}`;
}

/** What the server says of an address that it does not link to, or null where it does. */
export function complaintOfLink(url: string): string | null {
  if (url.trim() === '') return 'URL host is empty';
  if (checkLink(url) !== null) return null;
  return FOREIGN.test(url.trim()) ? 'Unsupported URL protocol' : 'Wrong HTTP URL';
}

/** Whom a link mentions, if it is `tg://user?id=…`. */
export function mentionedIn(url: string): number | null {
  const [, id] = /^(?:tg:\/\/|tg:)user\?(?:.*&)?id=(\d+)/i.exec(url) ?? [];
  return id === undefined || Number(id) === 0 ? null : Number(id);
}

function escapeSpaces(path: string): string {
  // oxlint-disable-next-line no-control-regex
  return path.replace(/[\u0000-\u0020]/gu, (each) => encodeURIComponent(each));
}
