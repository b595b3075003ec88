import { PrivateAddress } from './address.ts';
import { SourceFailure } from './source.ts';

const DAY = 24 * 3600 * 1000;

/** The failure that a status of HTTP stands for; the server may say when to come again. */
export function ofAnswer(status: number, retryAt: Date | null): SourceFailure {
  if (status === 429 || (status === 503 && retryAt !== null)) {
    return new SourceFailure('limited', 'it is asked too often', { retryAt });
  }
  const words = WORDS[status];
  if (words !== undefined) return new SourceFailure('refused', `${words} (${status})`);
  if (status >= 500) {
    return new SourceFailure('unreachable', `its server is in trouble (${status})`, { retryAt });
  }
  if (status >= 400) return new SourceFailure('refused', `its server refuses it (${status})`);
  return new SourceFailure('unreadable', `its server answered something strange (${status})`);
}

const WORDS: Readonly<Record<number, string>> = {
  401: 'it wants a password',
  402: 'it wants to be paid',
  403: 'it may not be read',
  404: 'there is nothing at its address',
  410: 'it has been given up',
};

const RESETS = ['retry-after', 'ratelimit-reset', 'x-ratelimit-reset'];
/** Numbers above it are seconds since 1970, below it seconds from now. */
const FIRST_EPOCH = 1e9;

/** When a server wants to be asked again, as its headers say; a day from now at the latest. */
export function retryAtOf(headerOf: (name: string) => string | null, now: Date): Date | null {
  const text = RESETS.map((name) => headerOf(name)?.trim()).find((value) => value) ?? '';
  const seconds = /^\d{1,12}$/.test(text) ? Number(text) : null;
  const start = seconds !== null && seconds < FIRST_EPOCH ? now.getTime() : 0;
  const at = seconds === null ? Date.parse(text) : start + seconds * 1000;
  return at > now.getTime() ? new Date(Math.min(at, now.getTime() + DAY)) : null;
}

/** What went wrong on the way, in words; names and addresses of machines stay out of them. */
export function ofError(error: unknown): SourceFailure {
  if (error instanceof SourceFailure) return error;
  if (causesOf(error).some((cause) => cause instanceof PrivateAddress)) {
    return new SourceFailure(
      'refused',
      'it lies in a private network: collect.private_addresses in chorus.yaml allows it',
      { cause: error },
    );
  }
  const words = codesOf(error)
    .map(wordsOf)
    .find((found) => found !== null);
  return new SourceFailure('unreachable', words ?? 'it could not be reached', { cause: error });
}

/** An error with what it was caused by: several attempts to connect come as one. */
function causesOf(error: unknown): unknown[] {
  const inner = error instanceof AggregateError ? error.errors.slice(0, 10) : [];
  const cause = error instanceof Error && error.cause !== undefined ? [error.cause] : [];
  return [error, ...inner, ...cause];
}

function codesOf(error: unknown): string[] {
  return causesOf(error)
    .map((cause) => {
      if (!(cause instanceof Error)) return '';
      return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
    })
    .filter((code) => code !== '');
}

function wordsOf(code: string): string | null {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its server cannot be found';
  if (code === 'ECONNREFUSED') return 'its server takes no connections';
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'its server does not answer';
  if (/CERT|ALTNAME|SIGNED|TLS|SSL/.test(code))
    return 'its server cannot prove that it is the right one';
  if (/^(?:Z_|ERR_BROTLI|ERR__)/.test(code)) return 'what it sends cannot be unpacked';
  if (
    /HTTPParserError|HPE_INVALID_EOF|UND_ERR_SOCKET|ECONNRESET|EPIPE|CONTENT_LENGTH|ABORTED|PREMATURE/.test(
      code,
    )
  ) {
    return 'its server broke off';
  }
  if (/^(?:HPE_|UND_ERR)/.test(code)) return 'its server does not speak HTTP as it should';
  return null;
}
