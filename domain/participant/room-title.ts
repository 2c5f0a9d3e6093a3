/** A rule of a source for what its rooms are called: `ward-*` and `Ward *` call the room `ward-3` “Ward 3”. */
export interface RoomTitleRule {
  /** A key, where `*` stands for any text. */
  pattern: string;
  /** Each `*` stands for what the one at the same place in the pattern stood for. */
  title: string;
}

export const MOST_TITLE_RULES = 100;
export const LONGEST_TITLE = 200;

/** What a room is called: by hand, as its provider reported, or by the first rule that fits its key; else `null`. */
export function titleOfRoom(
  {
    key,
    givenTitle,
    reportedTitle,
  }: { key: string; givenTitle: string | null; reportedTitle: string | null },
  rules: readonly RoomTitleRule[],
): string | null {
  return givenTitle ?? reportedTitle ?? titleByRule(key, rules);
}

/** The title by the first rule that fits a key; `null` where none does. */
export function titleByRule(key: string, rules: readonly RoomTitleRule[]): string | null {
  for (const { pattern, title } of rules) {
    const stars = starsIn(pattern, key);
    if (stars === null) continue;
    let index = 0;
    const filled = title.replaceAll("*", () => {
      const star = stars[index] ?? "";
      index += 1;
      return star;
    });
    const words = filled.trim().slice(0, LONGEST_TITLE);
    if (words !== "") return words;
  }
  return null;
}

/**
 * What each `*` of a pattern stands for in a key, each as short as may be; `null` where the key does not fit. Upper
 * and lower case are different, as in keys. In time proportional to both lengths: patterns are somebody's.
 */
function starsIn(pattern: string, key: string): string[] | null {
  const [first = "", ...others] = pattern.split("*");
  if (!key.startsWith(first)) return null;
  if (others.length === 0) return key === first ? [] : null;
  const last = others.pop() ?? "";
  const stars: string[] = [];
  let from = first.length;
  for (const part of others) {
    const at = key.indexOf(part, from);
    if (at === -1) return null;
    stars.push(key.slice(from, at));
    from = at + part.length;
  }
  const end = key.length - last.length;
  if (end < from || !key.endsWith(last)) return null;
  return [...stars, key.slice(from, end)];
}
