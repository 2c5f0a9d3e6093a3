/** Two of all people who are one person. */
export interface PersonPair {
  one: string;
  other: string;
}

/** The groups that links join, each in the order of ids: all people who can be reached from one another. */
export function groupsOf(links: readonly PersonPair[]): string[][] {
  const groups = new Map<string, Set<string>>();
  for (const { one, other } of links) {
    const [a, b] = [groups.get(one) ?? new Set([one]), groups.get(other) ?? new Set([other])];
    const both = new Set([...a, ...b]);
    for (const id of both) groups.set(id, both);
  }
  return [...new Set(groups.values())].map((group) => [...group].toSorted());
}
