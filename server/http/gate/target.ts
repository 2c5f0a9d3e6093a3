/** Where a request goes: the path on which the gate decides and which it passes on, and the query with its `?`. */
export interface RequestTarget {
  path: string;
  search: string;
}

/** An address that is not ours, or that could be read in two ways. The message says what is wrong. */
export class BadTarget extends Error {
  override name = "BadTarget";
}

const ORIGIN = "http://localhost";
/** Such a path can be read in one way only. */
const PLAIN = /^(?:\/[\w-]+)+$/;

/**
 * Reads the target of a request line, once for all parts: the gate decides on the same text that it passes on.
 * Throws `BadTarget` where a proxy or a handler could read another path in it.
 */
export function targetOf(raw: string, host: string | null): RequestTarget {
  const [path = "", ...query] = ownForm(raw, host).split("?");
  if (query.length === 0 && PLAIN.test(path)) return { path, search: "" };
  const url = URL.parse(ORIGIN + path);
  if (url === null || url.pathname !== path || url.host !== "localhost") {
    throw new BadTarget("the path is not in its plain form");
  }
  if (!readingsOf(path).every(isPlain)) {
    throw new BadTarget("the path has empty or dotted parts, or a backslash");
  }
  return { path, search: searchOf(query.join("?")) };
}

/** The target from its first slash on. A whole address must name the host of the request. */
function ownForm(raw: string, host: string | null): string {
  if (raw.startsWith("/")) return raw;
  const [, authority = null, rest = ""] = /^http:\/\/([^/?#]*)(.*)$/is.exec(raw) ?? [];
  if (authority === null || host === null || authority.toLowerCase() !== host.toLowerCase()) {
    throw new BadTarget("the address is not one of this server");
  }
  return rest.startsWith("/") ? rest : `/${rest}`;
}

function isPlain(path: string): boolean {
  return !/\\|\/\/|\/\.{1,2}(?:\/|$)/.test(path);
}

/** A path as it is, and as a program that decodes it once or several times would read it. */
function readingsOf(path: string): string[] {
  const readings = [path];
  try {
    for (let read = decodeURIComponent(path); read !== readings.at(-1); ) {
      readings.push(read);
      read = decodeURIComponent(read);
    }
  } catch (cause) {
    // Only the path as it was sent must have sound escapes.
    if (readings.length === 1) throw new BadTarget("the path has a broken escape", { cause });
  }
  return readings;
}

function searchOf(query: string): string {
  if (/#/.test(query)) throw new BadTarget("a fragment is never sent");
  if (/%00/.test(query)) throw new BadTarget("the query has a NUL");
  return new URL(`${ORIGIN}/?${query}`).search;
}
