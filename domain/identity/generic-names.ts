/*
 * Words that devices and services put where a name belongs. A name made only of them does not identify
 * anyone: two connections with it at once are two people.
 */
const GENERIC = list(
  // Devices.
  "android chromebook desktop galaxy handy huawei imac ipad iphone ipod laptop lenovo macbook mobile moto",
  "motorola nokia oneplus oppo pc phone pixel poco realme redmi samsung smartphone tablet telefon telefono",
  "teléfono téléphone windows xiaomi xperia",
  // Placeholders for a name that was not given.
  "anonymous attendee caller guest host meeting participant student teams unknown user viewer visitor zoom",
  "anonym anonyme anonimo anónimo anônimo besucher gast gość invitado invitada convidado convidada invité invitée",
  "ospite nutzer benutzer teilnehmer utilisateur usuario usuário utente uczestnik użytkownik gebruiker deelnemer",
  "ゲスト ユーザー 参加者 게스트 사용자 참가자 访客 用户 訪客 使用者",
);
/** What follows such a word, and alone may well be a person's name. */
const QUALIFIERS = list("air honor mac max mini note plus pro s se tab ultra vivo xr xs");
const MODELS = list("sm gt rmx cph");
/** Numbers, model numbers, masked telephone numbers. */
const NUMBER = /^[\d*+#]+$|^(?:sm|gt|rmx|cph|desktop|laptop)-[a-z0-9]+$|^[a-z]{0,2}\d+[a-z]{0,2}$/u;

function list(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}

/** Whether a folded word is a device, a service, or only a part of a name as “von” is. */
export function isGenericWord(word: string): boolean {
  return GENERIC.has(word) || PARTICLES.has(word);
}

/** Whether a folded word belongs to such a name, where it stands in one: it may be a person's alone, as “Max”. */
export function isModelWord(word: string): boolean {
  return QUALIFIERS.has(word) || MODELS.has(word);
}

/** The words of a folded name. */
function wordsOf(folded: string): string[] {
  return folded.split(/[^\p{L}\p{M}\p{N}*+#'’-]+/u).filter((word) => word !== "");
}

/** Whether a folded name is only a device, a service or a number, so it names no person. */
export function namesNobody(folded: string): boolean {
  const words = wordsOf(folded);
  const isGeneric = (word: string) => GENERIC.has(word) || NUMBER.test(word);
  return (
    words.every((word) => isGeneric(word) || QUALIFIERS.has(word)) &&
    !words.every((word) => QUALIFIERS.has(word))
  );
}

/** Words that express possession, in one language or another. */
const PARTICLES = list("da de del der di do du van von 的 の");

/**
 * Whether two folded names cannot be of one human: neither is a part of the other, word by word, as "Ada"
 * is of "Ada Lovelace", of "Ada’s phone" or of "iPad de Ada". A name that names no person contradicts
 * nothing.
 */
export function namesContradict(one: string | null, other: string | null): boolean {
  if (one === null || other === null || one === other) return false;
  const [some, others] = [ownWords(one), ownWords(other)];
  return !isPartOf(some, others) && !isPartOf(others, some);
}

/** The words of a name that are no device, no service and no particle. */
function ownWords(folded: string): string[] {
  if (namesNobody(folded)) return [];
  return wordsOf(folded)
    .map((word) => word.replace(/['’]s?$/u, ""))
    .filter((word) => !GENERIC.has(word) && !PARTICLES.has(word));
}

function isPartOf(words: readonly string[], whole: readonly string[]): boolean {
  return words.every((word) =>
    whole.some((other) => other === word || other === `${word}s` || word === `${other}s`),
  );
}
