/**
 * What an update says of the host role, as Attendee writes it: nothing where the role is what was reported before.
 * Where nothing was, an update that carries the role is its change.
 */
export function hostChange(
  before: boolean | null,
  after: boolean | null,
): Record<string, { before: boolean; after: boolean }> {
  if (after === null || before === after) return {};
  return { isHost: { before: before ?? !after, after } };
}
