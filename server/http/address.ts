/** An address without its host. */
export function pathOf(href: string): string {
  const { pathname, search, hash } = new URL(href);
  return pathname + search + hash;
}
