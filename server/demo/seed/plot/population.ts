import type { Some } from "#server/demo/simulate/plot/random.ts";
import { streamOf } from "./chance.ts";

/** An invented person of a history. */
export interface Someone {
  name: string;
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
  const position = WEIGHTS.findIndex((weight) => dice < weight);
  const culture = cultures.at(position);
  const name = culture ? nameIn(culture) : "";
  const isKnown = random.next() < withUserId;
  return { name, userId: isKnown ? `${group.replaceAll(" ", "-")}-${index.toString(36)}` : null };

  function nameIn({ given, family, middle }: Culture): string {
    const between = random.pick(middle);
    const first = random.pick(given);
    return `${first}${between === "-" ? "" : ` ${between}`} ${random.pick(family)}`;
  }
}
