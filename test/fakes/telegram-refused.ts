export type Parameters = {
  readonly retry_after?: number;
  readonly migrate_to_chat_id?: number;
};

/** What the Bot API answers with instead of a result; the message is its `description`. */
export class Refused extends Error {
  readonly code: number;
  readonly parameters: Parameters | undefined;

  constructor(code: number, description: string, parameters?: Parameters) {
    super(description);
    this.name = 'Refused';
    this.code = code;
    this.parameters = parameters;
  }
}

export function badRequest(complaint: string, parameters?: Parameters): Refused {
  return new Refused(400, `Bad Request: ${complaint}`, parameters);
}

export function forbidden(complaint: string): Refused {
  return new Refused(403, `Forbidden: ${complaint}`);
}

export function conflict(complaint: string): Refused {
  return new Refused(409, `Conflict: ${complaint}`);
}

/** @param seconds after which the request may be sent again; whole ones, at least 1. */
export function tooManyRequests(seconds: number): Refused {
  const description = `Too Many Requests: retry after ${seconds}`;
  return new Refused(429, description, { retry_after: seconds });
}
