import { createHmac } from "node:crypto";
import { isGenericWord, isModelWord, namesNobody } from "#domain/identity/generic-names.ts";
import { foldName } from "#domain/identity/name.ts";
import { isNoteTakerName, isNoteTakerWord } from "#domain/identity/note-taker.ts";
import { withoutPronouns } from "#domain/identity/pronouns.ts";

/* Made-up names, ids and texts in place of real ones: the same for the same, and for no other, in one file. */

/** Runs of letters with their marks, parted as note-takers' names are, and runs of digits. */
const WORDS = /\p{sc=Hiragana}+|(?:(?!\p{sc=Hiragana})[\p{L}\p{M}])+|\p{N}+/gu;
/** Short numbers, as of a room or of a device, name nobody. */
const SHORT_NUMBER = 3;
const VOWELS = "aeiou";
const CONSONANTS = "bdfgklmnprstvz";
/** Letters of other scripts, from which words of these scripts are made. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/^\p{sc=Cyrillic}/u, "бвгдзклмнпрстфаеиоу"],
  [/^\p{sc=Greek}/u, "βγδζκλμνπρστφαειοω"],
  [/^\p{sc=Han}/u, "金木水火土山川田石竹花草春夏秋冬東西南北白黒青赤"],
  [/^\p{sc=Hangul}/u, "가나다라마바사아자차카타파하고노도로모보소오"],
  [/^\p{sc=Hiragana}/u, "かきくけこさしすせそたちつてとなにぬねの"],
  [/^\p{sc=Katakana}/u, "カキクケコサシスセソタチツテトナニヌネノ"],
  [/^\p{sc=Arabic}/u, "بتثجحدرسشصطعفقكلم"],
  [/^\p{sc=Hebrew}/u, "אבגדהוזחטכלמנסעפצקרש"],
];
/** So often a word of the same length is tried, before a longer one is. */
const TRIES = 40;
const KEPT_IN_IDS: ReadonlySet<string> = new Set(["bot", "app", "session", "msg"]);

export class MadeUp {
  readonly #key: Buffer;
  readonly #words = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #ids: ReadonlyMap<string, string>;
  readonly #noteTakers: readonly string[];

  /** `ids` are those of which the order counts, in that order; `noteTakers` what sources say of note-takers. */
  constructor(key: Buffer, ids: readonly string[], noteTakers: readonly string[] = []) {
    this.#key = key;
    this.#noteTakers = noteTakers;
    this.#ids = new Map(ids.map((id, index) => [id, `c-${String(index + 1).padStart(8, "0")}`]));
  }

  /**
   * A name: word for word, so that what is the same when folded still is, and what is a part of another still is. What
   * says that it is nobody's, or a note-taker's, or how somebody is addressed, stays.
   */
  name(text: string): string {
    const { text: plain, pronouns } = withoutPronouns(text);
    const isNoteTaker = isNoteTakerName(text, this.#noteTakers);
    const isNobody = namesNobody(foldName(text) ?? "");
    const keeps = (word: string) =>
      (isNoteTaker && isNoteTakerWord(word)) ||
      isGenericWord(word) ||
      (isNobody && (isModelWord(word) || word.length < 3));
    const made = this.#replaced(plain, keeps);
    return pronouns.length === 0 ? made : `${made.trimEnd()} ${pronouns.join(" ")}`;
  }

  /** What a source says of note-takers: words of their names, and with a minus the name of a person. */
  phrase(phrase: string): string {
    return phrase.startsWith("-") ? `-${this.name(phrase.slice(1))}` : this.name(phrase);
  }

  /** What calls a room something, or any other text. */
  text(text: string): string {
    return this.#replaced(text, () => false);
  }

  /** An id, or an address: as a whole, so that nothing of it is left. */
  id(id: string): string {
    const known = this.#ids.get(id);
    if (known !== undefined) return known;
    if (UUID.test(id)) return this.uuid(id);
    const prefix = /^[a-z]+(?=_)/.exec(id)?.[0];
    const hex = this.#hash("id", id).toString("hex").slice(0, 16);
    return prefix !== undefined && KEPT_IN_IDS.has(prefix) ? `${prefix}_${hex}` : `x-${hex}`;
  }

  /** A UUID in place of one. Where it begins with a time, as ours do, that stays: it says when, and not who. */
  uuid(uuid: string): string {
    const hex = this.#hash("uuid", uuid).toString("hex");
    const isTimed = UUID.test(uuid) && uuid[14] === "7";
    const start = isTimed ? uuid.slice(0, 13) : `${hex.slice(24, 32)}-${hex.slice(32, 36)}`;
    return `${start}-${isTimed ? 7 : 4}${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
  }

  /** A digest in the form of a UUID. */
  digest(uuid: string): string {
    return this.uuid(`digest ${uuid}`);
  }

  #replaced(text: string, keeps: (word: string) => boolean): string {
    const visible = text.normalize("NFC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");
    return visible.replace(WORDS, (word, at: number) => {
      const folded = foldName(word) ?? word;
      const isPossessive = /[\p{L}]['’]$/u.test(visible.slice(Math.max(0, at - 2), at));
      if (keeps(folded) || (folded === "s" && isPossessive)) return word;
      if (/^\p{N}+$/u.test(word)) return this.#number(folded);
      const made = this.#word(folded);
      if (word === folded) return made;
      const isShouted = word.length > 1 && word === word.toUpperCase();
      return isShouted ? made.toUpperCase() : made.charAt(0).toUpperCase() + made.slice(1);
    });
  }

  #number(digits: string): string {
    if (digits.length <= SHORT_NUMBER) return digits;
    return this.#once(`n ${digits}`, digits.length, (hash, length) =>
      Array.from({ length }, (_, at) => String((hash[at % hash.length] ?? 0) % 10)).join(""),
    );
  }

  /** Of a word with an s at its end, that of the word without: it may be of somebody. */
  #word(folded: string): string {
    if (folded.length > 2 && folded.endsWith("s")) return `${this.#word(folded.slice(0, -1))}s`;
    const letters = SCRIPTS.find(([script]) => script.test(folded))?.[1];
    return this.#once(`w ${folded}`, [...folded].length, (hash, length) =>
      Array.from({ length }, (_, at) => {
        const own = letters ?? (at % 2 === 0 ? CONSONANTS : VOWELS);
        return [...own][(hash[at % hash.length] ?? 0) % [...own].length] ?? "";
      }).join(""),
    );
  }

  /** Nothing else is made up alike, and it is no word that means something. */
  #once(what: string, length: number, make: (hash: Buffer, length: number) => string): string {
    const known = this.#words.get(what);
    if (known !== undefined) return known;
    for (let attempt = 0; ; attempt += 1) {
      const longer = Math.floor(attempt / TRIES);
      const made = make(this.#hash(what, String(attempt)), length + longer);
      const isOther = what !== `w ${made}` && what !== `n ${made}`;
      const means = isGenericWord(made) || isNoteTakerWord(made) || /s$/.test(made);
      if (this.#taken.has(made) || means || !isOther) continue;
      this.#taken.add(made);
      this.#words.set(what, made);
      return made;
    }
  }

  #hash(kind: string, value: string): Buffer {
    return createHmac("sha256", this.#key).update(`${kind}\0${value}`).digest();
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
