import { type Random, type Some, streamOf } from "./random.ts";

/** An invented person. */
export interface Someone {
  /** `null` where the provider is not told it. */
  name: string | null;
  /** `null` for a person who always comes as a guest, with a name only. */
  userId: string | null;
}

interface Culture {
  given: Some<string>;
  family: Some<string>;
  /** Goes between the two, so that people with common names differ. */
  middle: Some<string>;
}

/** Given names, family names, and what goes between, `-` for nothing. */
const NAME_LISTS: Some<[given: string, family: string, middle: string]> = [
  [
    "Ada Grace Tom Miriam Noah Olivia Jack Freya Harry Isla George Ruby Leo Poppy Arthur Maya Oscar Ella Theo Alice Henry Evie Max Rosie Daniel Clara",
    "Baker Lind Clarke Hughes Turner Cooper Ward Morgan Reid Fraser Murray Graham Ellis Shaw Palmer Mills Knight Lloyd Barnes Dixon Hart Webb Ford Stone O’Neil Frost",
    "- - - A. B. C. D. E. F. G. J. K. L. M. P. R. S. T.",
  ],
  [
    "Jürgen Zoë Anna Lukas Marie Paul Lena Jonas Emma Felix Hannah Moritz Sophie Tim Katharina Björn Åsa Søren Ingrid Håkon Käthe Nils",
    "Müller Schröder Weiß Vogel Krüger Böhm Jansen Lindqvist Ångström Sørensen Haugen Berglund Köhler Groß Brandt Ziegler Hofmann Kühn Dahl Nyström",
    "- - - Maria Luise Peter Johann Elisabeth Karl",
  ],
  [
    "José Ana João Beatriz Miguel Inés Pedro Lucía Tiago Sofía Mateus Valentina Renée Amélie Łukasz Žofia Siân",
    "Núñez Silva Costa García Pereira Muñoz Carvalho López Araújo Peña Lefèvre Moreau Wiśniewski Dvořáková Nowak",
    "- - Luís María dos del van",
  ],
  [
    "Priya Olu Chen Fatou Kofi Amina Ravi Ngozi Wei Leilani Arjun Zainab Tunde Mei Kwame Aisha Sanjay Thabo",
    "Okafor Shah Diallo Mensah Patel Iyer Ngata Adeyemi Singh Mwangi Rao Otieno Chaudhary Kealoha Das Banda",
    "- - Kumar Abeni Devi Jun",
  ],
  [
    "أحمد ليلى يوسف مريم عمر هدى נועה דוד תמר Олена Дмитро Ирина Ελένη Γιώργος İpek",
    "المصري الحسن خوري לוי כהן Шевченко Ковальчук Παπαδοπούλου Νικολάου Yıldız",
    "- -",
  ],
  ["雪 伟 美玲 健 陽菜 민준 서연", "李 王 陳 佐藤 田中 김 박", "-"],
];

const cultures = NAME_LISTS.map(
  ([given, family, middle]): Culture => ({
    given: namesIn(given),
    family: namesIn(family),
    middle: namesIn(middle),
  }),
);

/** Cumulative shares of the cultures above; the rest have names of the last. */
const WEIGHTS = [0.42, 0.65, 0.8, 0.93, 0.98];

function namesIn(text: string): Some<string> {
  const [first = "", ...rest] = text.split(" ");
  return [first, ...rest];
}

/** Number `index` of a group, always the same person; a share `withUserId` of the group has a user id. */
export function someone(group: string, index: number, withUserId: number): Someone {
  const random = streamOf(group, "person", index);
  const dice = random.next();
  const name = nameFrom(
    random,
    WEIGHTS.findIndex((weight) => dice < weight),
  );
  const isKnown = random.next() < withUserId;
  return { name, userId: isKnown ? `${group.replaceAll(" ", "-")}-${index.toString(36)}` : null };
}

/** A name of the culture at a position, counted from the end where it is below 0. */
function nameFrom(random: Random, position: number): string {
  const culture = cultures.at(position);
  if (culture === undefined) return "";
  const between = random.pick(culture.middle);
  const first = random.pick(culture.given);
  return `${first}${between === "-" ? "" : ` ${between}`} ${random.pick(culture.family)}`;
}

const emoji: Some<string> = ["🌸", "🚀", "👩🏽‍⚕️", "🏳️‍🌈", "🎧"];

const LONG_NAME =
  "Her Excellency Dr Maximiliana Theodora Konstantinopoulou-Featherstonehaugh of the Joint " +
  "Committee on Attendance, Punctuality and Remote Participation (joining from Llanfairpwllgwyngyll)";

/** Names that a page must bear; every company gets some of them, in turn. */
const demanding: Some<string> = [
  LONG_NAME,
  "👨‍👩‍👧‍👦 The Okonkwos",
  "عبد الرحمن \u202A(Room 4)\u202C",
  "O’Neil <b>“Bobby”</b> & Sons; --",
  "山田 太郎（営業部）",
  "דניאל ben-David 🎸",
];

/** What two phones in one meeting are both called, or one that was given a link. */
export const PHONE: Someone = { name: "iPhone", userId: null };

/** `count` names, no two alike however they are folded, from every culture alike, and some demanding ones. */
export function distinctNames(random: Random, count: number, company: number): string[] {
  const taken = new Set([folded(PHONE.name ?? "")]);
  const names: string[] = [];
  const wanted = count > 2 ? [demandingName(company), demandingName(company + 3)] : [];
  while (names.length < count) {
    const due = names.length > 1 ? wanted.shift() : undefined;
    const name = unlike(taken, due ?? ordinaryName(random));
    taken.add(folded(name));
    names.push(name);
  }
  return names;
}

function demandingName(index: number): string {
  return demanding[index % demanding.length] ?? LONG_NAME;
}

function ordinaryName(random: Random): string {
  const name = nameFrom(random, random.int(0, cultures.length - 1));
  return random.chance(0.06) ? `${name} ${random.pick(emoji)}` : name;
}

/** Colleagues of one name number themselves, in a meeting of hundreds. */
function unlike(taken: ReadonlySet<string>, name: string): string {
  let candidate = name;
  for (let n = 2; taken.has(folded(candidate)); n += 1) candidate = `${name} (${n})`;
  return candidate;
}

function folded(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}
