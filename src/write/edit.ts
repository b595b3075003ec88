import { ModelFailure } from '../claude/failure.ts';
import { wordsOfLine } from '../model/report.ts';
import type { Checker, Problem, Verdict } from '../model/verdict.ts';
import { problemInWords } from '../texts/texts.ts';
import { type Draft, draftsFrom } from './draft.ts';
import { faultsOf, repetitionsIn } from './faults.ts';
import { judge } from './judge.ts';
import { type Newsroom, questionOf } from './newsroom.ts';
import { askForRepair } from './prompts.ts';
import { readReply } from './reply.ts';
import { isSuspicion } from './verify/check.ts';

/** A draft that may stand, and why; its origin is what the model wrote first. */
export type Passed = {
  readonly origin: Draft;
  readonly draft: Draft;
  readonly verdict: Verdict;
};

/** A draft that may not, even rewritten. */
export type Failed = {
  readonly origin: Draft;
  readonly draft: Draft;
  readonly problems: readonly Problem[];
};

/** What became of drafts, in their order. */
export type Edited = { readonly passed: readonly Passed[]; readonly failed: readonly Failed[] };

/**
 * Checks drafts against their posts, and against the drafts that stand in the report already. What
 * fails is rewritten once, with the reason, and checked again; what fails then is dropped.
 */
export async function edit(
  room: Newsroom,
  drafts: readonly Draft[],
  standing: readonly Draft[] = [],
): Promise<Edited> {
  const first = await review(room, drafts, standing);
  const failing = drafts.filter((draft) => first.problems.has(draft));
  const sound = drafts.filter((draft) => !first.problems.has(draft));
  const rewritten = await rewrite(room, failing, first.problems);
  const seconds = [...rewritten.values()].filter((draft) => draft !== null);
  const second = await review(room, seconds, [...standing, ...sound]);
  const passed: Passed[] = [];
  const failed: Failed[] = [];
  for (const origin of drafts) {
    const problems = first.problems.get(origin);
    const again = rewritten.get(origin) ?? null;
    const still = again && second.problems.get(again);
    if (problems === undefined) {
      const verdict = { kind: 'supported', by: first.checker(origin) } as const;
      passed.push({ origin, draft: origin, verdict });
    } else if (again && still === undefined) {
      const verdict = { kind: 'repaired', by: second.checker(again), problems } as const;
      passed.push({ origin, draft: again, verdict });
    } else {
      failed.push({ origin, draft: again ?? origin, problems: still ?? problems });
    }
  }
  return { passed, failed };
}

type Review = {
  /** What is wrong with every draft with which something is. */
  readonly problems: ReadonlyMap<Draft, readonly Problem[]>;
  readonly checker: (draft: Draft) => Checker;
};

async function review(
  room: Newsroom,
  drafts: readonly Draft[],
  standing: readonly Draft[],
): Promise<Review> {
  const found = new Map<Draft, readonly Problem[]>();
  for (const draft of drafts) {
    const problems = faultsOf(draft, room.yardstick);
    if (problems.length > 0) found.set(draft, problems);
  }
  const suspects = drafts.filter((draft) => found.get(draft)?.every(isSuspicion));
  const judged = await judge(room, suspects);
  for (const [draft, against] of judged) {
    if (against === null) found.delete(draft);
    else found.set(draft, [{ kind: 'judged', what: against }]);
  }
  // What does not stand cannot be repeated.
  const sound = drafts.filter((draft) => !found.has(draft));
  for (const [draft, problem] of repetitionsIn([...standing, ...sound])) {
    found.set(draft, [problem]);
  }
  return { problems: found, checker: (draft) => (judged.has(draft) ? 'model' : 'rules') };
}

/** Each draft written once more; `null` where that was not possible. */
async function rewrite(
  room: Newsroom,
  failing: readonly Draft[],
  problems: ReadonlyMap<Draft, readonly Problem[]>,
): Promise<Map<Draft, Draft | null>> {
  if (failing.length === 0) return new Map();
  const { evidence, desk } = room;
  const question = questionOf(
    room,
    'repair',
    askForRepair(
      failing.map((draft) => ({
        part: draft.part,
        words: wordsOfLine(draft),
        problems: (problems.get(draft) ?? []).map((problem) => problemInWords(problem, 'en')),
        marks: draft.posts.map(({ id }) => evidence.marks.get(id) ?? id),
      })),
    ),
  );
  try {
    return await desk.ask(question, (text) => {
      const reply = readReply(text);
      const { length } = reply.lines;
      if (length !== failing.length) {
        throw new ModelFailure('unreadable', `It has ${length} lines, not ${failing.length}.`);
      }
      return new Map(
        failing.map((draft, place) => {
          const basis = draft.basis.map(({ address }) => address);
          const lines = reply.lines.slice(place, place + 1).map((line) => ({ ...line, basis }));
          const [again] = draftsFrom({ ...reply, lines }, draft.part, evidence, draft.basis);
          return [draft, again ?? null];
        }),
      );
    });
  } catch (error) {
    if (error instanceof ModelFailure) return new Map();
    throw error;
  }
}
