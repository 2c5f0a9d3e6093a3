/**
 * Abbreviations that are no zone of the IANA database and that engines accept all the same: BST for Dhaka,
 * IST for Kolkata, where PostgreSQL takes London and Jerusalem. It is not clear which is meant.
 */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  "ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST".split(
    " ",
  ),
);

/** Whether a text names a zone of the IANA database; an offset such as `+01:00` is none, nor is `IST`. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return false;
  if (ABBREVIATIONS.has(name.toUpperCase())) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
