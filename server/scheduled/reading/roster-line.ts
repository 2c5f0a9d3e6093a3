import { z } from "zod";
import { isEmail, LONGEST_EMAIL } from "#domain/identity/email.ts";
import { ROSTER_ROLES } from "#domain/scheduled/scheduled.ts";

/** A person of a roster as given, before they have a position. */
export interface GivenPerson {
  name: string | null;
  userId: string | null;
  email: string | null;
  role: "host" | "guest";
}

/** What is wrong with a request: in which field, and for a roster in which line. */
export interface Fault {
  field: string;
  /** From 1 on. */
  line?: number;
  message: string;
}

export const MOST_PEOPLE = 2_000;
const LONGEST = 300;

/** One line of text that PostgreSQL can store; `null` where it is blank. */
const line = (what: string, longest: number) =>
  z
    .string({ error: `the ${what} must be text` })
    .transform((text) => text.trim())
    .refine((text) => text.length <= longest, `the ${what} is longer than ${longest} characters`)
    .refine((text) => !/[\n\r]/.test(text), `the ${what} runs over a line: is a quote missing?`)
    .refine(
      (text) => !/\p{Cc}/u.test(text.replace(/[\n\r\t]/g, "")),
      `the ${what} has characters that cannot be written`,
    )
    .transform((text) => text || null)
    .nullish()
    .transform((text) => text ?? null);

/** The shape of a person of a roster, in JSON and in a row of a table. */
export const personShape = z
  .object(
    {
      name: line("name", LONGEST),
      user_id: line("user id", LONGEST),
      email: line("e-mail address", LONGEST_EMAIL).refine(
        (text) => text === null || isEmail(text),
        "that is no e-mail address",
      ),
      role: z
        .string()
        .transform((text) => text.trim().toLowerCase() || "guest")
        .pipe(z.enum(ROSTER_ROLES, { error: `the role must be ${ROSTER_ROLES.join(" or ")}` }))
        .nullish()
        .transform((role) => role ?? "guest"),
    },
    { error: "that is no person" },
  )
  .transform(
    ({ name, user_id: userId, email, role }): GivenPerson => ({ name, userId, email, role }),
  )
  .refine(
    ({ name, userId, email }) => name !== null || userId !== null || email !== null,
    "there is neither a name nor an address nor a user id",
  );

/** A person of a roster, and the line they are on. */
export interface PersonOnLine {
  line: number;
  person: GivenPerson;
}

/** The faults of a roster as a whole: a person in it twice, or more than `MOST_PEOPLE`. */
export function faultsAmong(placed: readonly PersonOnLine[]): Fault[] {
  const faults: Fault[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, person } of placed) {
    const key = identityOf(person);
    const before = key === null ? undefined : lineOf.get(key);
    if (key !== null && before === undefined) lineOf.set(key, line);
    if (before !== undefined) {
      const what = person.userId === null ? `the address ${person.email}` : `user ${person.userId}`;
      faults.push({ field: "roster", line, message: `${what} is in line ${before} already` });
    }
  }
  if (placed.length > MOST_PEOPLE) faults.push(tooMany(placed.length));
  return faults;
}

/** The fault of a roster with more than `MOST_PEOPLE`. */
export function tooMany(people: number): Fault {
  const message = `a roster has at most ${MOST_PEOPLE} people, and this has ${people}`;
  return { field: "roster", message };
}

/** What may be in a roster only once: a user id, or an address with a name. A name alone may come twice. */
function identityOf({ userId, email, name }: GivenPerson): string | null {
  if (userId !== null) return `u ${userId}`;
  return email === null ? null : `e ${email.toLowerCase()} ${name?.toLowerCase() ?? ""}`;
}
