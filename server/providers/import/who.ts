import type { About } from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import { nameOf, optionalKey, sha256, Unreadable } from "#server/providers/contract/reading.ts";
import type { Cells } from "./columns.ts";
import type { ColumnRole, ImportFormat } from "./languages/roles.ts";
import type { Remarks } from "./remarks.ts";
import type { Line } from "./schema.ts";

/** A person as a row names them. `own` is from the row itself; line and connection are identified by it. */
export interface NamedPerson extends Omit<About, "participantId"> {
  own: { name: string | null; userId: string | null };
}

/** A whole address: a masked one identifies no person. */
export const ADDRESS = /^[^\s@*]+@[^\s@*]+$/;

/** The person a row is about. Throws `Unreadable` where it names none, unless `mayBeNameless`. */
export function whoIn(
  format: ImportFormat,
  line: Line,
  cells: Cells,
  remarks: Remarks,
  mayBeNameless = false,
): NamedPerson {
  const email = cells.get("email")?.text ?? "";
  const name = nameOf(namedIn(cells));
  if (name === null && !mayBeNameless) throw new Unreadable("it does not say who");
  const userId = addressIn(email);
  const own = { name, userId };
  const lent = userId === null ? addressIn(line.email ?? "") : null;
  if (lent !== null) remarks.add("lent_email");
  const shown = shownName(name, line, cells);
  if (shown !== name) remarks.add("original_name", cells.get("name") ?? null);
  const isHost = hostIn(format, line, cells, userId ?? lent);
  return { name: shown, userId: userId ?? lent, isHost, own };
}

/** The name in a row, whole or in parts, or else the address; empty where it has neither. */
export function namedIn(cells: Cells): string {
  const text = (role: ColumnRole) => cells.get(role)?.text ?? "";
  const full = [text("first"), text("last")].filter((part) => part !== "").join(" ");
  return text("name") || full || text("email");
}

/** The address as a user id; `null` for text that is no address. */
function addressIn(text: string): string | null {
  return ADDRESS.test(text) ? optionalKey(text.toLowerCase(), "email") : null;
}

const IN_BRACKETS =
  /^name \(|\(original|\(ursprüng|\(nom |\(nombre|\(nome |\(oor|\(ory|\(元|\(원|\(原/;

/** The name without the original name in brackets after it, where the heading announces one. */
function shownName(name: string | null, { columns }: Line, cells: Cells): string | null {
  const heading = cells.get("name")?.column.normalize("NFKC").toLowerCase() ?? "";
  if (name === null || columns == null || !heading.endsWith(")") || !IN_BRACKETS.test(heading)) {
    return name;
  }
  const begin = bracketOf(name);
  if (begin === null) return name;
  const [shown, original] = [name.slice(0, begin).trim(), name.slice(begin + 1, -1)];
  // A note-taker is recognised by the name in brackets.
  return shown === "" || PROGRAM.test(original) ? name : shown;
}

const PROGRAM = /\.(?:ai|io|com)\b|\bbot\b|note ?taker/i;

/** The index of the bracket that a name ends with; `null` where it ends without one. */
function bracketOf(name: string): number | null {
  if (!name.endsWith(")")) return null;
  let depth = 0;
  for (let at = name.length - 1; at > 0; at -= 1) {
    if (name[at] === ")") depth += 1;
    if (name[at] === "(") depth -= 1;
    // Zoom writes a space before it: a bracket within a word is part of the name.
    if (depth === 0) return name[at - 1] === " " ? at : null;
  }
  return null;
}

/** Teams states it for all people, the others for one address; `null` where the file states nothing. */
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

/** Derives the connection's id from the line's own values: the same line is the same connection in any file. */
export function asAbout(
  format: ImportFormat,
  { own, ...who }: NamedPerson,
  idParts: readonly string[],
): About {
  const named = [foldName(own.name) ?? "", ...idParts.slice(1)].join("\n");
  return { participantId: `${format}-${sha256(named).slice(0, 24)}`, ...who };
}
