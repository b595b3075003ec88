/** What is wrong with a line of a report; `what` is the word or figure in question, as it stands there. */
export type Problem =
  /** Names no post. */
  | { readonly kind: 'no-citation' }
  /** Names a post that the writer was never shown. */
  | { readonly kind: 'unknown-citation'; readonly what: string }
  /** A number, amount, percentage, date or unit that no cited post has. */
  | { readonly kind: 'number'; readonly what: string }
  /** A person, product, company or handle that neither the cited posts nor their authors have. */
  | { readonly kind: 'name'; readonly what: string }
  /** Quoted words that stand in no cited post. */
  | { readonly kind: 'quotation'; readonly what: string }
  /** Close to none of the cited posts. */
  | { readonly kind: 'unlike' }
  /** Says more than the posts do: "confirmed", "first", "all". */
  | { readonly kind: 'overstated'; readonly what: string }
  /** Not in the language of the report. */
  | { readonly kind: 'language' }
  /** A link, a mention or markup, which only code makes. */
  | { readonly kind: 'markup'; readonly what: string }
  /** Far longer than a line. */
  | { readonly kind: 'length' }
  /** Tells again what stands elsewhere, in this report or in an earlier one. */
  | { readonly kind: 'repeated'; readonly what: string }
  /** What a checking model said. */
  | { readonly kind: 'judged'; readonly what: string };

/** Why a line stands in the report. */
export type Verdict =
  /** Its words are a post's own. */
  | { readonly kind: 'quoted' }
  /** Every check found its words in the cited posts. */
  | { readonly kind: 'supported'; readonly by: Checker }
  /** The first version had these problems; the second has none. */
  | { readonly kind: 'repaired'; readonly by: Checker; readonly problems: readonly Problem[] };

/** Who looked at a line: the rules alone, or the rules and a model. */
export type Checker = 'rules' | 'model';
