import type { IdentityCorrection } from "#domain/identity/identity-correction.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What an operator did with one click: one correction, or several that belong together. */
export interface Act {
  verdict: IdentityCorrection["verdict"];
  by: string;
  at: Ms;
  rulings: IdentityCorrection[];
  /** The connections on either side; all on the first side where each connection is a person of its own. */
  participantIds: string[];
  apartFrom: string[];
}

const ONE_CLICK_MS = 30_000;

/** The corrections that name any of the connections, grouped by click, oldest first. */
export function actsOf(
  corrections: readonly IdentityCorrection[],
  participantIds: readonly string[],
): Act[] {
  const acts: Act[] = [];
  for (const correction of corrections) {
    const named = [...correction.participantIds, ...correction.apartFrom];
    if (!named.some((id) => participantIds.includes(id))) continue;
    const last = acts.at(-1);
    if (last !== undefined && isOfOneClick(last, correction)) {
      last.rulings.push(correction);
      // Each correction parts the same connections in another way: only together they part all from all.
      last.participantIds = named;
      last.apartFrom = [];
    } else {
      const { verdict, by, at, apartFrom } = correction;
      const sides = { participantIds: [...correction.participantIds], apartFrom: [...apartFrom] };
      acts.push({ verdict, by, at, rulings: [correction], ...sides });
    }
  }
  return acts;
}

function isOfOneClick(
  { verdict, by, at, participantIds, apartFrom }: Act,
  correction: IdentityCorrection,
): boolean {
  if (verdict !== "different" || correction.verdict !== "different") return false;
  if (by !== correction.by || correction.at - at > ONE_CLICK_MS) return false;
  const before = new Set([...participantIds, ...apartFrom]);
  const named = new Set([...correction.participantIds, ...correction.apartFrom]);
  return before.size === named.size && [...named].every((id) => before.has(id));
}
