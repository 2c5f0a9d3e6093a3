import { ApiError } from "#server/api/answer.ts";

/** What an address says; `null` where that cannot be read. */
export function leniently<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

/** An address without its host. */
export function pathOf(href: string): string {
  const { pathname, search } = new URL(href);
  return pathname + search;
}
