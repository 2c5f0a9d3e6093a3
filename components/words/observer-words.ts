import type { Observer } from "#domain/meeting/observer.ts";
import type { ProviderWords } from "#domain/sources/provider-words.ts";

/** A bot's state in a few words; `null` for a bot that is in, or left by itself. */
export function observerWords({ state, by }: Observer): string | null {
  const whom = by === null ? "" : ` (by ${by})`;
  switch (state) {
    case "not_let_in":
      return `bot not let in${whom}`;
    case "removed":
      return by === null ? "bot removed" : `bot removed by ${by}`;
    case "left":
    case "let_in":
      return null;
    default:
      return state satisfies never;
  }
}

/**
 * A bot's state as a sentence with the reason; `null` for a bot that is in, or left by itself. `providers` have the
 * words for the reasons of `provider`, which reported it.
 */
export function observerSentence(
  observer: Observer,
  provider: string,
  providers: readonly ProviderWords[],
): string | null {
  const words = observerWords(observer);
  if (words === null) return null;
  const own = providers.find(({ name }) => name === provider);
  const because = reasonWords(observer.reason, own?.observerReasons ?? {});
  const why = observer.by !== null || because === null ? "" : `: ${because}`;
  const end =
    observer.state === "not_let_in"
      ? " Nothing of the meeting was seen, so it does not count as one that took place."
      : " Nothing after that was seen.";
  return `The ${words.replace("not let in", "was not let in").replace("removed", "was removed")}${why}.${end}`;
}

/** The reason, in our words where there are some; `null` where none is reported. */
function reasonWords(
  reason: string | null,
  words: ProviderWords["observerReasons"],
): string | null {
  if (reason === null) return null;
  const [change = "", kind = change] = reason.split("/");
  return words[kind] ?? words[change] ?? `“${reason}”`;
}
