import type { RosterRole } from "#domain/scheduled/scheduled.ts";
import { HEADINGS } from "./headings/all.ts";
import { HEADING_MEANINGS, type HeadingMeaning } from "./headings/heading.ts";

const ROLE_WORDS: Readonly<Record<RosterRole, readonly string[]>> = {
  host: [
    ...["host", "teacher", "trainer", "tutor", "instructor", "organizer", "organiser", "lecturer"],
    ...["lehrer", "lehrerin", "lehrkraft", "dozent", "dozentin", "leitung", "professeur"],
    ...["enseignant", "enseignante", "profesor", "profesora", "professor", "professora", "docente"],
    ...[
      "insegnante",
      "docent",
      "leraar",
      "nauczyciel",
      "nauczycielka",
      "先生",
      "教師",
      "교사",
      "教师",
      "老师",
    ],
    ...["lærer", "lærar", "underviser", "lärare", "opettaja", "öğretmen", "eğitmen", "učitel"],
    ...["učitelka", "učiteľ", "tanár", "profesoară", "učitelj", "учитель", "преподаватель"],
    ...["вчитель", "викладач", "учител", "καθηγητής", "guru", "giáo viên", "معلم", "מורה"],
  ],
  guest: [
    ...["guest", "student", "pupil", "participant", "attendee", "member", "learner", "schüler"],
    ...["schülerin", "teilnehmer", "teilnehmerin", "studierende", "élève", "étudiant", "étudiante"],
    ...["alumno", "alumna", "estudiante", "aluno", "aluna", "estudante", "studente", "studentessa"],
    ...["leerling", "deelnemer", "uczeń", "uczennica", "生徒", "学生", "학생", "學生"],
    ...["elev", "deltaker", "deltager", "deltagare", "studerende", "oppilas", "opiskelija"],
    ...["öğrenci", "katılımcı", "žák", "žiak", "diák", "tanuló", "učenik", "učenec", "ученик"],
    ...["студент", "участник", "учень", "учасник", "μαθητής", "siswa", "học sinh", "طالب", "תלמיד"],
  ],
};

/** The words of a title above a list: "Klasse 7b". */
const GROUP_WORDS: readonly string[] = [
  ...["class", "course", "group", "grade", "year", "form", "section", "klasse", "kurs", "gruppe"],
  ...["jahrgang", "schuljahr", "stufe", "classe", "groupe", "clase", "grupo", "turma", "gruppo"],
  ...[
    "klas",
    "groep",
    "klasa",
    "grupa",
    "cours",
    "curso",
    "corso",
    "teilnehmerliste",
    "klassenliste",
  ],
  ...["klass", "luokka", "třída", "trieda", "osztály", "sınıf", "класс", "группа", "клас", "kelas"],
];

/** A word folded for comparison: letters, digits and `#` only, in lower case, without combining diacritics. */
export function foldWord(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}#]/gu, "");
}

/** Every meaning of each word. More than one is a mistake in the lists of words; a test checks that. */
export const MEANINGS_OF_WORDS: ReadonlyMap<string, ReadonlySet<HeadingMeaning>> = meaningsOf(
  Object.values(HEADINGS).flatMap((words) =>
    HEADING_MEANINGS.map((meaning) => [meaning, words[meaning] ?? []] as const),
  ),
);

/** Every role of each word. More than one is a mistake too. */
export const ROLES_OF_WORDS: ReadonlyMap<string, ReadonlySet<RosterRole>> = meaningsOf([
  ["host", ROLE_WORDS.host],
  ["guest", ROLE_WORDS.guest],
]);

const GROUPS = new Set(GROUP_WORDS.map(foldWord));

function meaningsOf<T>(wordsOf: readonly (readonly [T, readonly string[]])[]): Map<string, Set<T>> {
  const meanings = new Map<string, Set<T>>();
  for (const [meaning, words] of wordsOf) {
    for (const word of words) {
      const folded = foldWord(word);
      meanings.set(folded, (meanings.get(folded) ?? new Set()).add(meaning));
    }
  }
  return meanings;
}

/** The meaning of a column's heading; `null` where it is not recognised. Text in brackets may be left out. */
export function headingMeaning(heading: string): HeadingMeaning | null {
  if (heading.length > 60) return null;
  const short = heading.replace(/[([].*$/, "");
  const [one] =
    MEANINGS_OF_WORDS.get(foldWord(heading)) ?? MEANINGS_OF_WORDS.get(foldWord(short)) ?? [];
  return one ?? null;
}

/** The role that a word names; `null` where it names none. */
export function roleCalled(word: string): RosterRole | null {
  if (word.length > 40) return null;
  const [one] = ROLES_OF_WORDS.get(foldWord(word)) ?? [];
  return one ?? null;
}

/** Whether a line is the title of a list: "Klasse 7b", "Teilnehmer:". */
export function isTitle(line: string): boolean {
  if (line.length > 120 || line.includes("@")) return false;
  const text = line.trim();
  if (/[:：]$/.test(text)) return true;
  const [first = ""] = text.split(/[\s:]+/);
  const rest = text.slice(first.length);
  return GROUPS.has(foldWord(first)) && (rest === "" || /\d/.test(rest) || /^\s*:/.test(rest));
}
