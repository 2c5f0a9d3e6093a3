import type { Random, Some } from "./random.ts";

interface Culture {
  given: Some<string>;
  family: Some<string>;
  write: (given: string, family: string) => string;
}

const givenFirst = (given: string, family: string) => `${given} ${family}`;
const familyFirst = (given: string, family: string) => `${family}${given}`;

const cultures: Some<Culture> = [
  {
    given: [
      "Zoë",
      "José Ángel",
      "Siân",
      "Łukasz",
      "Renée",
      "Håkon",
      "Žofia",
      "İpek",
      "Grace",
      "Amélie",
    ],
    family: [
      "Müller",
      "Núñez",
      "Ó Briain",
      "Wiśniewski",
      "Lefèvre",
      "Ångström",
      "Dvořáková",
      "Yıldız",
    ],
    write: givenFirst,
  },
  {
    given: [
      "Ada",
      "Miriam",
      "Tom",
      "Priya",
      "Olu",
      "Chen",
      "Fatou",
      "Noah",
      "Aroha",
      "Kofi",
      "Leilani",
    ],
    family: [
      "Okafor",
      "Shah",
      "Lind",
      "Baker",
      "Diallo",
      "Ngata",
      "Mensah",
      "Kealoha",
      "van den Berg",
    ],
    write: givenFirst,
  },
  {
    given: ["أحمد", "ليلى", "يوسف", "مريم", "عمر", "هدى"],
    family: ["المصري", "الحسن", "بن علي", "خوري", "الزهراني"],
    write: givenFirst,
  },
  {
    given: ["נועה", "דוד", "תמר", "איתי", "שירה"],
    family: ["לוי", "כהן", "פרידמן", "בר-און"],
    write: givenFirst,
  },
  {
    given: ["雪", "伟", "美玲", "健", "陽菜", "민준", "서연"],
    family: ["李", "王", "陳", "佐藤", "田中", "김", "박"],
    write: familyFirst,
  },
  {
    given: ["Олена", "Дмитро", "Ирина", "Ελένη", "Γιώργος"],
    family: ["Шевченко", "Ковальчук", "Παπαδοπούλου", "Νικολάου"],
    write: givenFirst,
  },
  {
    given: ["Nguyễn Thị", "Trần Văn", "Phạm Minh"],
    family: ["Hồng", "Đức", "Quỳnh", "Sơn"],
    write: givenFirst,
  },
];

const emoji: Some<string> = ["🌸", "🚀", "👩🏽‍⚕️", "🏳️‍🌈", "🎧"];

const LONG_NAME =
  "Her Excellency Dr Maximiliana Theodora Konstantinopoulou-Featherstonehaugh of the Joint " +
  "Committee on Attendance, Punctuality and Remote Participation (joining from Llanfairpwllgwyngyll)";

/** Names that a page must bear; every meeting gets some of them, in turn. */
const demanding: Some<string> = [
  LONG_NAME,
  "👨‍👩‍👧‍👦 The Okonkwos",
  "عبد الرحمن \u202A(Room 4)\u202C",
  "O’Neil <b>“Bobby”</b> & Sons; --",
  "山田 太郎（営業部）",
  "דניאל ben-David 🎸",
];

/** What two phones in one meeting are both called. */
export const TWIN_NAME = "iPhone";

/** `count` names for one meeting, no two alike however they are folded. */
export function namesFor(random: Random, count: number, meeting: number): string[] {
  const taken = new Set([folded(TWIN_NAME)]);
  const names: string[] = [];
  const wanted = count > 2 ? [at(demanding, meeting), at(demanding, meeting + 3)] : [];
  while (names.length < count) {
    const due = names.length > 1 ? wanted.shift() : undefined;
    const name = unlike(taken, due ?? ordinary(random));
    taken.add(folded(name));
    names.push(name);
  }
  return names;
}

function ordinary(random: Random): string {
  const { given, family, write } = random.pick(cultures);
  const name = write(random.pick(given), random.pick(family));
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

function at(list: Some<string>, index: number): string {
  return list[index % list.length] ?? list[0];
}
