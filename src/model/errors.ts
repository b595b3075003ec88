/** What kind of trouble a {@link UserError} reports; programs match on this, never on the text. */
export type ErrorCode =
  | 'config' // a file or variable of the configuration is wrong
  | 'usage' // the command line or the command asks for something that makes no sense
  | 'input' // a file that was given cannot be used
  | 'not-found' // what was asked for is not stored
  | 'not-allowed' // the person may not do that
  | 'database' // the database cannot be reached or started
  | 'cancelled'; // the person stopped it

/**
 * A failure whose text is written for a person: one sentence of what is wrong and what to do next.
 * Everything else that is thrown is a defect, and is shown as a single sentence with a reference.
 */
export class UserError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UserError';
    this.code = code;
  }
}
