/*
 * What was taken from a calendar follows it, but for what an operator changed by hand. Each part is compared by a mark:
 * what was last taken, what stands here, and what the calendar says. Marks hold nobody's name.
 */

export const PARTS = ["title", "times", "place", "people", "cancelled"] as const;
export type FollowedPart = (typeof PARTS)[number];
export type Marks = Readonly<Record<FollowedPart, string>>;

export interface Following {
  /** The parts that are to become as the calendar has them. */
  follow: FollowedPart[];
  /** The parts that an operator changed, and in which the calendar says otherwise. */
  byHand: FollowedPart[];
  /** What is taken then. */
  taken: Marks;
}

/** What is to follow a calendar. */
export function followed(taken: Marks, mine: Marks, theirs: Marks): Following {
  const follow = PARTS.filter((part) => mine[part] === taken[part] && theirs[part] !== taken[part]);
  const byHand = differing(taken, mine, theirs);
  const stays = new Set(byHand);
  const at = (part: FollowedPart) => (stays.has(part) ? taken[part] : theirs[part]);
  return {
    follow,
    byHand,
    taken: {
      ...{ title: at("title"), times: at("times"), place: at("place") },
      ...{ people: at("people"), cancelled: at("cancelled") },
    },
  };
}

function differing(taken: Marks, mine: Marks, theirs: Marks): FollowedPart[] {
  return PARTS.filter((part) => mine[part] !== taken[part] && mine[part] !== theirs[part]);
}
