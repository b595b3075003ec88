/** One line of `errors` in Discord's form of an invalid body. */
export type Complaint = {
  readonly path: readonly (string | number)[];
  /** Such as `BASE_TYPE_MAX_LENGTH`. */
  readonly code: string;
  readonly message: string;
};

/** An answer that is an error, as Discord words it. */
export class Refused extends Error {
  readonly status: number;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: object, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** The errors that have a number, with the status and the words that Discord gives them. */
const NUMBERED = {
  10002: [404, 'Unknown Application'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  20012: [403, 'You are not authorized to perform this action on this application'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50041: [400, 'Invalid API version provided'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160004: [400, 'A thread has already been created for this message'],
} as const;

export function refuse(code: keyof typeof NUMBERED): Refused {
  const [status, message] = NUMBERED[code];
  return new Refused(status, { message, code });
}

export function notFound(): Refused {
  return new Refused(404, { message: '404: Not Found', code: 0 });
}

export function unauthorized(): Refused {
  return new Refused(401, { message: '401: Unauthorized', code: 0 });
}

/** What Discord answers where it breaks on a message that its rules allow. */
export function internal(): Refused {
  return new Refused(500, { message: '500: Internal Server Error', code: 0 });
}

/** @throws Refused with code 50035 where there is a complaint. */
export function throwComplaints(complaints: readonly Complaint[]): void {
  if (complaints.length === 0) return;
  const errors: Record<string, unknown> = {};
  for (const complaint of complaints) place(errors, complaint);
  throw new Refused(400, { message: 'Invalid Form Body', code: 50035, errors });
}

function place(errors: Record<string, unknown>, { path, code, message }: Complaint): void {
  let node = errors;
  for (const step of path) node = (node[String(step)] ??= {}) as Record<string, unknown>;
  const list = (node['_errors'] ??= []) as object[];
  list.push({ code, message });
}
