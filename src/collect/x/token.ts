import { askX, type Asking, type XAccess } from './api.ts';

/**
 * Asks X how much its project has read, which needs the token and returns nothing that X charges for
 * (docs.x.com, "Usage": no posts and no people). Asked once: what fails may go well later.
 *
 * @throws SourceFailure where X does not accept the token, or is not reached.
 */
export async function tryToken(access: XAccess, asking: Asking): Promise<void> {
  await askX({ ...access, pausesMs: [] }, 'usage/tweets', {}, asking);
}
