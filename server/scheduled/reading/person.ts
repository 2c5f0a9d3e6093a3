import { isEmail } from "#domain/identity/email.ts";
import type { ColumnMeaning } from "#domain/scheduled/reading.ts";
import { type RawPerson, type RosterReader, short } from "./lines.ts";
import {
  addressedIn,
  hasCommas,
  joinedName,
  namesIn,
  withoutMark,
  withoutScheme,
} from "./names.ts";
import { roleCalled } from "./words.ts";

/** The people in a row of a table, mostly one; `null` where it is undecided how to read the commas of the name. */
export function personOf(
  given: Partial<Record<ColumnMeaning, string>>,
  commas: RosterReader["commas"],
): { people: RawPerson[]; notes: string[] } | null {
  const notes: string[] = [];
  const clean = (text: string | undefined) => {
    const { text: rest, mark } = withoutMark(text ?? "");
    if (mark !== "" && rest !== "") notes.push(`“${mark}” is left out`);
    return rest === "" ? (text ?? "").trim() : rest;
  };
  const first = [clean(given.first_name), clean(given.middle_name)].join(" ").trim();
  const last = clean(given.last_name);
  let whole = clean(given.name);
  let email = withoutScheme((given.email ?? "").trim());
  if (/^(?:[-–—]+|n\/a)$/i.test(email)) {
    notes.push(`“${email}” is no address`);
    email = "";
  }
  const inEmail = isEmail(email) ? null : addressedIn(email);
  const inName = addressedIn(whole);
  if (inName !== null && (email === "" || isEmail(inName.email))) {
    whole = inName.name;
    email ||= inName.email;
  }
  if (inEmail !== null) {
    email = inEmail.email;
    if (first + last === "") whole ||= inEmail.name;
  }
  const isSplit = first !== "" && last !== "";
  const names = isSplit ? [joinedName(first, last)] : namesIn(whole || first || last, commas);
  if (names === null) return null;
  if (!isSplit && whole.includes(",") && hasCommas(whole))
    notes.push(`read from “${short(whole)}”`);
  const role = given.role === undefined ? undefined : (roleCalled(given.role) ?? given.role);
  const rest = {
    ...(given.user_id !== undefined && { user_id: given.user_id }),
    ...(role !== undefined && { role }),
  };
  return { people: names.map((name) => ({ name, email, ...rest })), notes };
}
