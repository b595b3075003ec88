import type { Failure } from './claude-behaviours.ts';

/** Thrown where the fake answers with an error of its own. */
export class Refused extends Error {
  readonly failure: Failure;

  constructor(message: string, type: Failure['type'] = 'invalid_request_error', status = 400) {
    super(message);
    this.failure = { status, type, message };
  }
}
