/** Why the server refuses a text with markup; the message is the whole `description`. */
export class TelegramHtmlError extends Error {
  constructor(complaint: string) {
    super(`Bad Request: can't parse entities: ${complaint}`);
    this.name = 'TelegramHtmlError';
  }
}
