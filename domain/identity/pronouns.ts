/*
 * Pronouns that people write behind or into their names: "Anna Müller (she/her)". They are no part of the name.
 */

const PRONOUNS: ReadonlySet<string> = new Set(
  [
    "she her hers he him his they them their theirs it its ze zir hir xe xem fae faer ey em any all",
    "sie ihr ihre er ihm ihn sein dey deren denen xier xieser hen",
    "elle il iel ielle lui elles ils ael al ol",
    "ella él el ellas ellos ela ele elu dela dele elas eles lei loro lə",
    "zij ze haar hij hem die diens hun hon henne hennes han honom ham hende de dem hän",
    "ona jej ją on jego jemu oni ono její jeho njegova njegov она её ее он его они их вона її він його вони",
    "αυτή αυτός αυτό o 彼女 彼 彼ら 她 他 他们 ta 그녀 그 그들",
  ].flatMap((words) => words.split(" ")),
);
/** Pronouns that count even alone: they are no name and no nickname. */
const ALONE: ReadonlySet<string> = new Set(["she", "he", "they", "sie", "er", "iel", "hän"]);
const PHRASE =
  /^(?:any|all|no|ask(?: me)?(?: for)?(?: my)?) pronouns$|^(?:keine|alle) pronomen$|^(?:they|she|he) ?(?:and|or) ?(?:they|she|he)$/u;
const TITLED = /^(?:my )?(?:pronouns|pronomen|pronoms|pronombres|pronomes|pronomi)\s*:\s*/u;

const IN_BRACKETS = /[([{<（［]([^()[\]{}<>（）［］]{1,60})[)\]}>）］]/gu;
/** Without brackets only at the very end, and with slashes between. */
const AT_THE_END = /[ \u00a0](?:[-–—|·•] ?)?(\p{L}{1,8}(?:\/\p{L}{1,8}){1,3})\s*$/u;

function arePronouns(text: string): boolean {
  const folded = text.normalize("NFC").toLowerCase().trim().replace(TITLED, "");
  if (PHRASE.test(folded) || ALONE.has(folded)) return true;
  const words = folded.split(/\s*[/|,;·•+&／]\s*/u);
  return words.length > 1 && words.every((word) => PRONOUNS.has(word));
}

/**
 * A text without the pronouns in brackets or at its end, and those pronouns. A text of pronouns alone stays
 * as it is.
 */
export function withoutPronouns(text: string): { text: string; pronouns: string[] } {
  const pronouns: string[] = [];
  const leave = (whole: string, inner: string) => {
    if (!arePronouns(inner)) return whole;
    pronouns.push(whole.trim());
    return " ";
  };
  const rest = text.replace(IN_BRACKETS, leave).replace(AT_THE_END, leave);
  return pronouns.length === 0 || rest.trim() === ""
    ? { text, pronouns: [] }
    : { text: rest.replace(/ {2,}/g, " "), pronouns };
}
