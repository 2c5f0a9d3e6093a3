import type { About } from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import { nameOf, optionalKey, sha256, Unreadable } from "#server/providers/contract/provider.ts";
import type { Cells } from "./columns.ts";
import type { ColumnRole, ImportFormat } from "./languages/roles.ts";
import type { Remarks } from "./remarks.ts";
import type { Line } from "./schema.ts";

/** Somebody as a row names them. `own` is what the row itself says, by which a line and a connection are known. */
export interface NamedPerson extends Omit<About, "participantId"> {
  own: { name: string | null; userId: string | null };
}

/** An address, whole: a masked one is nobody's. */
export const ADDRESS = /^[^\s@*]+@[^\s@*]+$/;

/** Who a row is about. Throws `Unreadable` where it does not say, unless that is allowed. */
export function whoIn(
  format: ImportFormat,
  line: Line,
  cells: Cells,
  remarks: Remarks,
  mayBeNobody = false,
): NamedPerson {
  const email = cells.get("email")?.text ?? "";
  const name = nameOf(namedIn(cells));
  if (name === null && !mayBeNobody) throw new Unreadable("it does not say who");
  const userId = addressIn(email);
  const own = { name, userId };
  const lent = userId === null ? addressIn(line.email ?? "") : null;
  if (lent !== null) remarks.add("lent_email");
  const shown = shownName(name, line, cells);
  if (shown !== name) remarks.add("original_name", cells.get("name") ?? null);
  const isHost = hostIn(format, line, cells, userId ?? lent);
  return { name: shown, userId: userId ?? lent, isHost, own };
}

/** What a row calls somebody: their name, whole or in parts, or else their address; empty where it does not. */
export function namedIn(cells: Cells): string {
  const text = (role: ColumnRole) => cells.get(role)?.text ?? "";
  const full = [text("first"), text("last")].filter((part) => part !== "").join(" ");
  return text("name") || full || text("email");
}

/** The address as a user id; `null` for what is none. */
function addressIn(text: string): string | null {
  return ADDRESS.test(text) ? optionalKey(text.toLowerCase(), "email") : null;
}

const IN_BRACKETS =
  /^name \(|\(original|\(ursprüng|\(nom |\(nombre|\(nome |\(oor|\(ory|\(元|\(원|\(原/;

/** The name without the original one, which stands behind it in brackets where the heading says so. */
function shownName(name: string | null, { columns }: Line, cells: Cells): string | null {
  const heading = cells.get("name")?.column.normalize("NFKC").toLowerCase() ?? "";
  if (name === null || columns == null || !heading.endsWith(")") || !IN_BRACKETS.test(heading)) {
    return name;
  }
  const begin = bracketOf(name);
  if (begin === null) return name;
  const [shown, original] = [name.slice(0, begin).trim(), name.slice(begin + 1, -1)];
  // A program that sits in is known by what it is called there.
  return shown === "" || PROGRAM.test(original) ? name : shown;
}

const PROGRAM = /\.(?:ai|io|com)\b|\bbot\b|note ?taker/i;

/** Where the bracket begins that a name ends with. */
function bracketOf(name: string): number | null {
  if (!name.endsWith(")")) return null;
  let depth = 0;
  for (let at = name.length - 1; at > 0; at -= 1) {
    if (name[at] === ")") depth += 1;
    if (name[at] === "(") depth -= 1;
    // Zoom puts a space before it: a bracket within a word is a part of the name.
    if (depth === 0) return name[at - 1] === " " ? at : null;
  }
  return null;
}

/** What the file says: Teams of everybody, the others of one whose address they give; `null` where it is silent. */
function hostIn(
  format: ImportFormat,
  line: Line,
  cells: Cells,
  userId: string | null,
): boolean | null {
  if (format === "teams") {
    const role = cells.get("role")?.text;
    return role === undefined
      ? null
      : /^(?:co-?)?organi[sz]|^(?:개최자|開催者|组织者|召集人)/i.test(role);
  }
  if (line.part === "host") return true;
  const host = (cells.get("host")?.text ?? line.host ?? "").trim().toLowerCase();
  return host !== "" && host === userId ? true : null;
}

/** A connection is known by what the line says of it: the same line is the same connection in any file. */
export function asAbout(
  format: ImportFormat,
  { own, ...who }: NamedPerson,
  known: readonly string[],
): About {
  const named = [foldName(own.name) ?? "", ...known.slice(1)].join("\n");
  return { participantId: `${format}-${sha256(named).slice(0, 24)}`, ...who };
}
