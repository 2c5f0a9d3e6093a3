import type { ColumnMeaning } from "#domain/history/expected/reading.ts";
import type { Role } from "#domain/history/expected/scheduled.ts";

/*
 * What the columns of class lists are called, in the languages of the imports. `name` may be the whole name or
 * the part of it that no other column has: "Name; Vorname", "Nome; Cognome".
 */

export type HeadingMeaning = ColumnMeaning | "whole_name";
type Words = Partial<Record<HeadingMeaning, readonly string[]>>;

const WORDS: Readonly<Record<string, Words>> = {
  en: {
    name: ["name", "names"],
    whole_name: [
      ...["full name", "display name", "user name", "participant", "participant name"],
      ...["participants", "person", "people", "student", "student name", "students", "pupil"],
      ...["pupil name", "attendee", "guest", "member", "learner", "first name last name"],
      ...["first name surname", "last name first name", "surname first name", "name and surname"],
      ...["first last", "last first", "surname first"],
    ],
    first_name: [
      ...["first name", "firstname", "given name", "given names", "forename", "first names"],
      ...["first", "given", "forenames"],
    ],
    last_name: ["last name", "surname", "family name", "last names", "surnames", "last", "family"],
    email: ["email", "e-mail address", "mail", "user email", "email id", "mail address"],
    user_id: [
      ...["user id", "user", "id", "external id", "student id", "id number", "sis user id"],
      ...["student number", "participant id", "login"],
    ],
    role: ["role", "roles"],
    ignore: [
      ...["class", "group", "groups", "section", "phone", "telephone", "mobile", "birthday"],
      ...["date of birth", "gender", "sex", "address", "city", "number", "no", "nr", "#", "notes"],
      ...["note", "comment", "comments", "department", "grade", "title", "middle name"],
    ],
  },
  de: {
    whole_name: [
      ...["vollständiger name", "anzeigename", "teilnehmer", "teilnehmerin", "teilnehmende"],
      ...["teilnehmer/in", "teilnehmername", "schüler", "schülerin", "schüler/in", "schülername"],
      ...[
        "vor- und nachname",
        "vorname nachname",
        "nachname vorname",
        "name vorname",
        "student/in",
      ],
      ...["studierende", "mitglied", "klient", "patient", "nachname, vorname"],
    ],
    first_name: ["vorname", "vornamen", "rufname"],
    last_name: ["nachname", "familienname", "zuname", "nachnamen"],
    email: ["e-mail-adresse", "mailadresse", "emailadresse", "benutzer-e-mail"],
    user_id: [
      ...["benutzer-id", "nutzer-id", "benutzerkennung", "benutzername", "kennung"],
      ...["matrikelnummer", "matrikelnr", "schülernummer", "teilnehmer-id"],
    ],
    role: ["rolle", "funktion"],
    ignore: [
      ...["klasse", "gruppe", "kurs", "telefon", "handy", "mobil", "geburtsdatum", "geburtstag"],
      ...["geschlecht", "anschrift", "adresse", "ort", "plz", "nummer", "lfd. nr.", "bemerkung"],
      ...["bemerkungen", "anrede", "titel", "straße", "jahrgang", "abteilung"],
    ],
  },
  fr: {
    name: ["nom"],
    whole_name: ["nom complet", "participants inscrits", "élève", "étudiant", "nom et prénom"],
    first_name: ["prénom", "prénoms"],
    last_name: ["nom de famille"],
    email: ["adresse e-mail", "courriel", "adresse électronique", "mél"],
    user_id: ["identifiant", "id utilisateur", "numéro étudiant"],
    role: ["rôle"],
    ignore: ["classe", "groupe", "téléphone", "date de naissance", "sexe", "numéro", "remarques"],
  },
  es: {
    name: ["nombre"],
    whole_name: ["nombre completo", "nombre y apellidos", "apellidos y nombre", "alumno", "alumna"],
    first_name: ["nombre de pila", "nombres"],
    last_name: ["apellido", "apellidos"],
    email: ["correo electrónico", "correo", "dirección de correo electrónico"],
    user_id: ["id de usuario", "identificador", "matrícula"],
    role: ["rol"],
    ignore: ["clase", "grupo", "teléfono", "fecha de nacimiento", "sexo", "número", "curso"],
  },
  pt: {
    name: ["nome"],
    whole_name: ["nome completo", "aluno", "aluna", "estudante", "nome e sobrenome"],
    first_name: ["primeiro nome", "nome próprio"],
    last_name: ["sobrenome", "apelido", "último nome"],
    email: ["endereço de e-mail", "correio eletrónico", "correio eletrônico"],
    user_id: ["id do usuário", "id do utilizador"],
    role: ["função", "papel"],
    ignore: ["turma", "telefone", "data de nascimento"],
  },
  it: {
    whole_name: [
      "nome e cognome",
      "cognome e nome",
      "studente",
      "partecipante",
      "alunno",
      "alunna",
    ],
    last_name: ["cognome", "cognomi"],
    email: ["indirizzo e-mail", "posta elettronica", "indirizzo email"],
    user_id: ["id utente", "matricola"],
    role: ["ruolo"],
    ignore: ["gruppo", "telefono", "data di nascita", "numero", "sesso"],
  },
  nl: {
    name: ["naam"],
    whole_name: ["volledige naam", "deelnemer", "leerling", "weergavenaam"],
    first_name: ["voornaam", "roepnaam"],
    last_name: ["achternaam", "familienaam"],
    email: ["e-mailadres"],
    user_id: ["gebruikers-id", "leerlingnummer", "studentnummer"],
    ignore: ["klas", "groep", "telefoon", "geboortedatum", "tussenvoegsel", "geslacht"],
  },
  pl: {
    name: ["nazwa"],
    whole_name: ["imię i nazwisko", "nazwisko i imię", "pełna nazwa", "uczeń", "uczestnik"],
    first_name: ["imię", "imiona"],
    last_name: ["nazwisko"],
    email: ["adres e-mail", "poczta"],
    user_id: ["identyfikator", "id użytkownika"],
    role: ["rola"],
    ignore: ["klasa", "grupa", "data urodzenia", "numer", "płeć"],
  },
  ja: {
    name: ["名前"],
    whole_name: ["氏名", "参加者", "生徒", "生徒名", "表示名"],
    first_name: ["名"],
    last_name: ["姓", "苗字"],
    email: ["メールアドレス", "メール", "電子メール"],
    user_id: ["ユーザーid", "学籍番号"],
    role: ["役割"],
    ignore: ["クラス", "電話", "電話番号", "生年月日", "番号"],
  },
  ko: {
    name: ["이름"],
    whole_name: ["성명", "학생", "참가자", "전체 이름"],
    last_name: ["성"],
    email: ["이메일", "전자 메일", "이메일 주소"],
    user_id: ["사용자 id", "학번"],
    role: ["역할"],
    ignore: ["반", "전화", "전화번호", "생년월일", "번호"],
  },
  "zh-hans": {
    name: ["名称", "名字"],
    whole_name: ["姓名", "全名", "学生", "参会者"],
    last_name: ["姓氏"],
    email: ["电子邮件", "电子邮件地址", "邮箱"],
    user_id: ["用户id", "学号"],
    role: ["角色"],
    ignore: ["班级", "电话", "出生日期", "编号", "序号"],
  },
  "zh-hant": {
    name: ["名稱"],
    whole_name: ["學生", "參與者", "參加者"],
    email: ["電子郵件", "電子郵件地址", "電郵"],
    user_id: ["使用者id", "學號"],
    ignore: ["班級", "電話", "編號", "序號"],
  },
};

const ROLE_WORDS: Readonly<Record<Role, readonly string[]>> = {
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
  ],
  guest: [
    ...["guest", "student", "pupil", "participant", "attendee", "member", "learner", "schüler"],
    ...["schülerin", "teilnehmer", "teilnehmerin", "studierende", "élève", "étudiant", "étudiante"],
    ...["alumno", "alumna", "estudiante", "aluno", "aluna", "estudante", "studente", "studentessa"],
    ...["leerling", "deelnemer", "uczeń", "uczennica", "生徒", "学生", "학생", "學生"],
  ],
};

/** What a list is called that stands above it: "Klasse 7b". */
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
];

/** Letters and digits alone, small, and those of Latin without what is above and below them. */
export function foldWord(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}#]/gu, "");
}

/** Every meaning of each word: more than one is a mistake in the words. */
export const MEANINGS_OF_WORDS: ReadonlyMap<string, ReadonlySet<HeadingMeaning>> = meaningsOf(
  Object.values(WORDS).flatMap((words) =>
    Object.entries(words).map(([meaning, all]) => [meaning as HeadingMeaning, all] as const),
  ),
);

/** The same of roles. */
export const ROLES_OF_WORDS: ReadonlyMap<string, ReadonlySet<Role>> = meaningsOf([
  ["host", ROLE_WORDS.host],
  ["guest", ROLE_WORDS.guest],
]);

const GROUPS = new Set(GROUP_WORDS.map(foldWord));

function meaningsOf<T>(told: readonly (readonly [T, readonly string[]])[]): Map<string, Set<T>> {
  const meanings = new Map<string, Set<T>>();
  for (const [meaning, words] of told) {
    for (const word of words) {
      const folded = foldWord(word);
      meanings.set(folded, (meanings.get(folded) ?? new Set()).add(meaning));
    }
  }
  return meanings;
}

/** What a column is by what it is called; `null` where nobody knows. What stands in brackets may be left out. */
export function headingMeaning(heading: string): HeadingMeaning | null {
  if (heading.length > 60) return null;
  const short = heading.replace(/[([].*$/, "");
  const [one] =
    MEANINGS_OF_WORDS.get(foldWord(heading)) ?? MEANINGS_OF_WORDS.get(foldWord(short)) ?? [];
  return one ?? null;
}

/** Which role a word names; `null` where it names none. */
export function roleCalled(word: string): Role | null {
  if (word.length > 40) return null;
  const [one] = ROLES_OF_WORDS.get(foldWord(word)) ?? [];
  return one ?? null;
}

/** Whether a line says which class or course the list is of: "Klasse 7b", "Teilnehmer:". */
export function isTitle(line: string): boolean {
  if (line.length > 120 || line.includes("@")) return false;
  const text = line.trim();
  if (/[:：]$/.test(text)) return true;
  const [first = ""] = text.split(/[\s:]+/);
  const rest = text.slice(first.length);
  return GROUPS.has(foldWord(first)) && (rest === "" || /\d/.test(rest) || /^\s*:/.test(rest));
}
