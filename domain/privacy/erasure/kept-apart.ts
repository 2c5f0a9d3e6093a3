/** A correction that keeps people as they were before a name was taken from some of them. */
export interface KeptGroup {
  verdict: "same" | "different";
  participantIds: string[];
  /** For `different`: who they are not. */
  apartFrom: string[];
}

/**
 * The corrections by which connections are the same people as before: who became one without having been is
 * different, and who was one is the same. Both are lists of people, each as their connections.
 */
export function keptGroups(
  before: readonly (readonly string[])[],
  after: readonly (readonly string[])[],
): KeptGroup[] {
  const wasIn = homesOf(before);
  const isIn = homesOf(after);
  const parted = after.flatMap((people): KeptGroup[] => {
    const parts = [...Map.groupBy(people, (id) => wasIn.get(id)).values()];
    return parts.slice(0, -1).map((part, index) => ({
      verdict: "different",
      participantIds: part,
      apartFrom: parts.slice(index + 1).flat(),
    }));
  });
  const joined = before.flatMap((people): KeptGroup[] => {
    const isOne = new Set(people.map((id) => isIn.get(id))).size <= 1;
    return isOne ? [] : [{ verdict: "same", participantIds: [...people], apartFrom: [] }];
  });
  return [...parted, ...joined];
}

function homesOf(groups: readonly (readonly string[])[]): Map<string, number> {
  return new Map(
    groups.flatMap((group, index) => group.map((id): [string, number] => [id, index])),
  );
}
