const PROBLEMS = 'https://api.x.com/2/problems';

export type Problem = Readonly<Record<string, unknown>>;

/** Thrown where the fake answers with an error. */
export class Refused extends Error {
  readonly status: number;
  /** `null`: without a body. */
  readonly body: Problem | null;

  constructor(status: number, body: Problem | null) {
    super(`${status}`);
    this.status = status;
    this.body = body;
  }
}

/** What is wrong with one parameter. */
export type Complaint = { readonly parameters: Problem; readonly message: string };

export function complaint(name: string, values: readonly string[], message: string): Complaint {
  return { parameters: { [name]: values }, message };
}

export function invalid(complaints: readonly Complaint[]): Refused {
  return new Refused(400, {
    errors: complaints,
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: `${PROBLEMS}/invalid-request`,
  });
}

export const unauthorized = plain(401, 'Unauthorized');
export const tooManyRequests = plain(429, 'Too Many Requests');
export const outOfCredits = new Refused(402, {
  title: 'CreditsDepleted',
  detail: 'Your enrolled account does not have any credits to fulfill this request.',
  type: `${PROBLEMS}/credits`,
});
export const usageCapped = new Refused(429, {
  title: 'UsageCapExceeded',
  detail: 'Usage cap exceeded: Monthly product cap',
  period: 'Monthly',
  scope: 'Product',
  type: `${PROBLEMS}/usage-capped`,
});

export function plain(status: number, title: string): Refused {
  return new Refused(status, { title, type: 'about:blank', status, detail: title });
}

/** Something that was asked for, by which parameter, with which value. */
export type Wanted = {
  readonly kind: 'tweet' | 'user' | 'list';
  readonly parameter: string;
  readonly value: string;
};

export function notFound(wanted: Wanted): Problem {
  const { kind, parameter, value } = wanted;
  return {
    ...named(wanted),
    title: 'Not Found Error',
    detail: `Could not find ${kind} with ${parameter}: [${value}].`,
    type: `${PROBLEMS}/resource-not-found`,
  };
}

export function suspended(wanted: Wanted): Problem {
  return {
    ...named(wanted),
    title: 'Forbidden',
    detail: `User has been suspended: [${wanted.value}].`,
    type: `${PROBLEMS}/resource-not-found`,
  };
}

export function notAuthorized(wanted: Wanted): Problem {
  const { kind, parameter, value } = wanted;
  const noun = kind === 'tweet' ? 'Tweet' : kind;
  return {
    ...named(wanted),
    title: 'Authorization Error',
    detail: `Sorry, you are not authorized to see the ${noun} with ${parameter}: [${value}].`,
    type: `${PROBLEMS}/not-authorized-for-resource`,
  };
}

/** Numbers that only the author of a post may see. */
export function privateField(field: string, id: string): Problem {
  return {
    resource_id: id,
    parameter: field,
    resource_type: 'tweet',
    title: 'Field Authorization Error',
    value: id,
    detail: `Sorry, you are not authorized to access '${field}' on the Tweet with ids : [${id}].`,
    type: `${PROBLEMS}/not-authorized-for-field`,
  };
}

function named({ kind, parameter, value }: Wanted): Problem {
  return { value, parameter, resource_type: kind, resource_id: value };
}
