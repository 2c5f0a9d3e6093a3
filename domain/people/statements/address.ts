/** The address of a statement, with the hash that a check compares. */
export function statementPath({ id, hash }: { id: string; hash: string }): string {
  return `/statements/${id}?hash=${hash}`;
}
