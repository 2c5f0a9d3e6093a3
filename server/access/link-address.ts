/** The address of the page where a link is used. */
export function linkAddress(origin: string, token: string): string {
  return `${origin}/join/${token}`;
}
