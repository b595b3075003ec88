import { paragraph, root, text } from '../lib/tree.ts';
import { addressOfPart, readAddress } from '../model/address.ts';
import { UserError } from '../model/errors.ts';
import { marksOf, partMessage, sourcesMessage } from '../publish/digest-message.ts';
import { citedPosts } from '../store/posts.ts';
import { reportNumbered } from '../store/reports.ts';
import { textsIn } from '../texts/texts.ts';
import type { Context, Reply } from './command.ts';

/**
 * What a button asks for, by what it carries. Buttons may be weeks old, and what they carry comes from
 * outside: the report must be there, and one of a topic that the program has.
 *
 * @throws {UserError} where it is not there (any more).
 */
export async function showAddressed(carried: string, context: Context): Promise<Reply> {
  const { db, bureau, language } = context;
  const address = readAddress(carried);
  const report = address && (await reportNumbered(db, address.report));
  const isOurs = report && bureau.topics.some(({ key }) => key === report.topic);
  if (!isOurs) throw new UserError('not-found', textsIn(language).oldButton);
  if (address.kind === 'ask') {
    return { tree: root([paragraph([text(textsIn(language).askHow)])]), shown: report };
  }
  const posts = await citedPosts(db, report);
  if (address.kind === 'sources') return { ...sourcesMessage(report, posts), shown: report };
  if (!marksOf(report).includes(address.part)) {
    throw new UserError('not-found', textsIn(language).oldButton);
  }
  return {
    ...partMessage(report, posts, address.part),
    shown: report,
    about: { report: report.id, section: addressOfPart(address.part), turn: null },
  };
}
