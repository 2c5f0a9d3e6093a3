import { finder } from "#domain/identity/search.ts";
import type { Matched, PersonMet } from "./people.ts";

/** Why a search found a person; `null` where their name shows it. `found`: a name of theirs with its words. */
export function personMatched(
  { name, knownAs }: Pick<PersonMet, "name" | "knownAs">,
  query: string,
  found: { identity: string; name: string } | null,
): Matched | null {
  if (finder(query)(name)) return null;
  if (found !== null) {
    // A joined person is shown by their latest name.
    const own = knownAs.find(({ id }) => id === found.identity);
    const isOther = knownAs.length > 1 && own?.name !== name;
    return { name: found.name, as: isOther ? "joined" : "former_name" };
  }
  return knownAs.some(({ userId }) => userId === query) ? { name: query, as: "user_id" } : null;
}
