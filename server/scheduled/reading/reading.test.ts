import fc from "fast-check";
import { expect, test } from "vitest";
import { LANGUAGES } from "#server/providers/import/languages/all.ts";
import { readRoster } from "#server/scheduled/roster-text.ts";
import { HEADINGS } from "./headings/all.ts";
import { NO_READING_OPTIONS, type RosterReadingOptions } from "./lines.ts";
import { headingMeaning, MEANINGS_OF_WORDS, ROLES_OF_WORDS } from "./words.ts";

const read = (text: string, options: Partial<RosterReadingOptions> = {}) => {
  const { people, faults } = readRoster(text, { ...NO_READING_OPTIONS, ...options });
  expect(faults).toEqual([]);
  return people.map(({ name, email, userId }) =>
    [name, email, userId].filter((one) => one !== null),
  );
};
const names = (text: string, options: Partial<RosterReadingOptions> = {}) =>
  read(text, options).map(([name]) => name);
const refused = (text: string, options: Partial<RosterReadingOptions> = {}) =>
  readRoster(text, { ...NO_READING_OPTIONS, ...options }).reading.questions.map(
    ({ field }) => field,
  );

test("no word of a heading or of a role has two meanings", () => {
  for (const meanings of [MEANINGS_OF_WORDS, ROLES_OF_WORDS]) {
    for (const [word, all] of meanings) expect([...all], word).toHaveLength(1);
  }
});

test("the headings for names and addresses in each language's reports are known here too", () => {
  for (const { code, meet, zoom, teams } of LANGUAGES) {
    const expectMeaning = (words: readonly string[] | undefined, ...meanings: string[]) => {
      for (const word of words ?? []) {
        // A conference's own id of a participant is no column of a class list.
        if (/upn|participant identifier|participantid/.test(word)) continue;
        expect(meanings, `${code}: ${word}`).toContain(headingMeaning(word));
      }
    };
    expectMeaning(meet.first, "first_name", "name");
    expectMeaning(meet.last, "last_name", "name");
    expectMeaning(meet.email, "email");
    expectMeaning([...(meet.name ?? []), ...(teams.name ?? [])], "name", "whole_name");
    expectMeaning(zoom.email?.slice(-1), "email");
  }
});

test.each(Object.entries(HEADINGS))(
  "%s has headings for a name, its parts and an address",
  (_, words) => {
    const one = (meaning: keyof typeof words) => words[meaning]?.[0] ?? "";
    const [last, first] = [one("last_name"), one("first_name") || one("name")];
    expect(read(`${last};${first};${one("email")}\nMüller;Anna;anna@x.de`)).toEqual([
      ["Anna Müller", "anna@x.de"],
    ]);
    expect(names(`${first}\t${last}\nAnna\tMüller`)).toEqual(["Anna Müller"]);
    expect(names(`${one("whole_name")};${one("email")}\nAnna Müller;a@x.de`)).toEqual([
      "Anna Müller",
    ]);
  },
);

test("each language of the reports has headings for class lists", () => {
  const languages = Object.keys(HEADINGS);
  for (const { code } of LANGUAGES) expect(languages).toContain(code.toLowerCase());
});

test.each([
  ["Soyadı;Adı\nMüller;Anna", ["Anna Müller"]],
  ["SOYADI;ADI\nMüller;Anna", ["Anna Müller"]],
  ["Etternavn;Fornavn;E-post\nMüller;Anna;anna@x.no", ["Anna Müller", "anna@x.no"]],
  ["Efternavn;Fornavn\nMüller;Anna", ["Anna Müller"]],
  ["Efternamn;Förnamn\nMüller;Anna", ["Anna Müller"]],
  ["Фамилия;Имя;Эл. почта\nМюллер;Анна;anna@x.ru", ["Анна Мюллер", "anna@x.ru"]],
  ["Příjmení;Jméno\nMüller;Anna", ["Anna Müller"]],
  ["Achternaam;Tussenvoegsel;Voornaam\nGogh;van;Anna", ["Anna van Gogh"]],
  ["Achternaam;Tussenvoegsel;Voornaam\nMüller;;Anna", ["Anna Müller"]],
  ["Name;Pronouns;Email\nAnna Müller (she/her);she/her;a@x.de", ["Anna Müller", "a@x.de"]],
  ["Vorname;Nachname\nAnna (sie/ihr);Müller", ["Anna Müller"]],
])("a table with headings in its own language: %j", (text, person) => {
  expect(read(text)).toEqual([person]);
});

test.each([
  ["First name,Middle name,Last name\nAnna,Maria,Müller", "Anna Müller", "Anna Maria Müller"],
  ["Vorname;Zweiter Vorname;Nachname\nAnna;Maria;Müller", "Anna Müller", "Anna Maria Müller"],
  ["Имя;Отчество;Фамилия\nАнна;Петровна;Мюллер", "Анна Мюллер", "Анна Петровна Мюллер"],
])(
  "a second name is left out with a note, and stays where its column is chosen: %j",
  (text, short, full) => {
    const { reading } = readRoster(text, NO_READING_OPTIONS);
    const line = reading.lines.find(({ kind }) => kind === "person");
    expect(line?.people.map(({ name }) => name)).toEqual([short]);
    expect(line?.notes.join()).toMatch(/“(?:Maria|Петровна)” is left out/);
    expect(names(text, { columns: [null, "middle_name", null] })).toEqual([full]);
  },
);

test.each([
  ["Anna (sie/ihr) Müller\nBen Ott (he, him)", ["Anna Müller", "Ben Ott"]],
  ["Müller, Anna (she/her)\nOtt, Ben [he/him]", ["Anna Müller", "Ben Ott"]],
  ["1. Anna Müller (they/them) <a@x.de>", ["Anna Müller"]],
  ["Anna Müller | she/her", ["Anna Müller"]],
])("pronouns are no part of a name: %j", (text, people) => {
  expect(names(text)).toEqual(people);
  expect(readRoster(text).reading.lines[0]?.notes.join()).toMatch(
    /“.*(?:sie|she|they).*” is left out/,
  );
});

test.each([
  ["Nachname;Vorname;E-Mail\nMüller;Anna;anna@x.de", ["Anna Müller", "anna@x.de"]],
  ["Last name,First name,Email\nMüller,Anna,anna@x.de", ["Anna Müller", "anna@x.de"]],
  ["Name;Vorname;E-Mail\nMüller;Anna;anna@x.de", ["Anna Müller", "anna@x.de"]],
  ["Nom\tPrénom\tCourriel\nMüller\tAnna\tanna@x.de", ["Anna Müller", "anna@x.de"]],
  ["Nome|Cognome|E-mail\nAnna|Müller|anna@x.de", ["Anna Müller", "anna@x.de"]],
  ["Nombre;Apellidos;Correo electrónico\nAnna;Müller;anna@x.de", ["Anna Müller", "anna@x.de"]],
  ["Imię;Nazwisko;Adres e-mail\nAnna;Müller;anna@x.de", ["Anna Müller", "anna@x.de"]],
  ["Voornaam;Achternaam;E-mailadres\nAnna;Müller;anna@x.de", ["Anna Müller", "anna@x.de"]],
  ["Name,Vorname\nAnna Müller,Anna", ["Anna Müller"]],
  ["姓,名,メール\n山田,太郎,t@x.jp", ["山田太郎", "t@x.jp"]],
  [
    "First name,Surname,ID number,Email address\nAnna,Müller,u7,anna@x.de",
    ["Anna Müller", "anna@x.de", "u7"],
  ],
  [
    '﻿Klasse 7b;;\r\n\r\n"Nachname";"Vorname";"E-Mail"\r\n"Müller";"Anna";"anna@x.de"\r\n',
    ["Anna Müller", "anna@x.de"],
  ],
  ["Klasse 7b\nName\nMüller, Anna", ["Anna Müller"]],
  ["Name;E-Mail\nMüller, Anna;Anna <anna@x.de>", ["Anna Müller", "anna@x.de"]],
  ["Student;Class;Email\n1. Anna Müller;7b;mailto:anna@x.de", ["Anna Müller", "anna@x.de"]],
  ["Nachname;Vorname;E-Mail\nMüller;Anna;–", ["Anna Müller"]],
  ["First,Last,Email\nAnna,Müller,anna@x.de", ["Anna Müller", "anna@x.de"]],
  ["First;Last\nAnna;Müller", ["Anna Müller"]],
  ["Last,First\nMüller,Anna", ["Anna Müller"]],
  ["Surname, First\nMüller, Anna", ["Anna Müller"]],
])("a table: %j", (text, person) => {
  expect(read(text)).toEqual([person]);
});

test.each([
  "Calling;Byname;Email\nMüller;Anna;anna@x.de",
  "Surname;Calling;Email\nMüller;Anna;anna@x.de",
])("a column with an unknown heading may be the name, or half of it: %j", (text) => {
  expect(refused(text)).toEqual(["columns"]);
});

test("half of a name has no note that it was read from another text", () => {
  const { reading } = readRoster("First;Last\nAnna;Müller\n;Schmidt\nBen;", NO_READING_OPTIONS);
  expect(JSON.stringify(reading)).not.toContain("read from");
});

test.each([
  [
    "1. Anna\n2) Ben\n(3) Cleo\n- Dora\n• Emil\n☐ Finn\n[ ] Gus\n☐ 8. Hal",
    ["Anna", "Ben", "Cleo", "Dora", "Emil", "Finn", "Gus", "Hal"],
  ],
  ["1 Anna\n2 Ben", ["Anna", "Ben"]],
  ["Müller, Anna\nSchmidt, Ben", ["Anna Müller", "Ben Schmidt"]],
  ["Müller, Anna", ["Anna Müller"]],
  [
    "Smith, Jr.\nKing, Martin Luther, Jr.\nJohn Smith, Jr.\nCurie, Marie, PhD",
    ["Smith, Jr.", "Martin Luther King, Jr.", "John Smith, Jr.", "Marie Curie, PhD"],
  ],
  ["García Márquez, Gabriel José\nMüller, Anna", ["Gabriel José García Márquez", "Anna Müller"]],
  ["Klasse 7b:\nAnna\nBen", ["Anna", "Ben"]],
  ["Kurs 3\nAnna", ["Anna"]],
  ["Anna Müller anna@x.de\nBen (ben@x.de)", ["Anna Müller", "Ben"]],
  ["Anna Müller <a@x.de>, Ben Ott <b@x.de>; Cleo <c@x.de>", ["Anna Müller", "Ben Ott", "Cleo"]],
  ["Müller, Anna <a@x.de>; Ott, Ben <b@x.de>", ["Anna Müller", "Ben Ott"]],
  ["Müller, Anna; anna@x.de\nOtt, Ben; ben@x.de", ["Anna Müller", "Ben Ott"]],
  ["Anna Müller, 7b\nBen Ott, 7b", ["Anna Müller", "Ben Ott"]],
  ["a@x.de, b@x.de; c@x.de", ["a@x.de", "b@x.de", "c@x.de"]],
])("a list: %j", (text, people) => {
  expect(names(text)).toEqual(people);
});

test("lines that have or may have several people raise a question", () => {
  expect(refused("Anna, Ben, Cleo")).toEqual(["commas"]);
  expect(names("Anna, Ben, Cleo", { commas: "people" })).toEqual(["Anna", "Ben", "Cleo"]);
  expect(refused("Anna, Ben\nCleo, Dora, Emil")).toEqual(["commas"]);
  expect(refused("Anna Müller, Ben Schmidt")).toEqual(["commas"]);
  expect(names("Anna Müller, Ben Schmidt", { commas: "people" })).toEqual([
    "Anna Müller",
    "Ben Schmidt",
  ]);
  expect(names("Müller, Anna", { commas: "part_of_name" })).toEqual(["Müller, Anna"]);
  expect(names("Anna; Ben; Cleo", { commas: "people" })).toEqual(["Anna", "Ben", "Cleo"]);
  expect(readRoster("Anna, Ben, Cleo").faults).toMatchObject([{ field: "roster", line: 1 }]);
});

test("two columns without a heading raise the question which is the first name", () => {
  const text = "Müller;Anna;anna@x.de\nOtt;Ben;ben@x.de";
  expect(refused(text)).toEqual(["columns"]);
  expect(names(text, { columns: ["last_name", "first_name", null] })).toEqual([
    "Anna Müller",
    "Ben Ott",
  ]);
  expect(read("7b;Anna Müller;anna@x.de\n7b;Ben Ott;ben@x.de")).toEqual([
    ["Anna Müller", "anna@x.de"],
    ["Ben Ott", "ben@x.de"],
  ]);
});

test("a reading can be overridden by options", () => {
  const text = "Name;Vorname;Kennzeichen\nAnna;Müller;k1";
  expect(read(text)).toEqual([["Müller Anna"]]);
  expect(read(text, { columns: ["first_name", "last_name", "user_id"] })).toEqual([
    ["Anna Müller", "k1"],
  ]);
  expect(names("Student\nAnna", { headingLine: 0 })).toEqual(["Student", "Anna"]);
  expect(names("Wer\nAnna", { headingLine: 1, columns: ["name"] })).toEqual(["Anna"]);
});

test("each line has how it was read, and why", () => {
  const { reading } = readRoster(
    "Klasse 7b\nName;Vorname;Klasse\n;;\n\n1. Müller;Anna;7b\nName;Vorname;Klasse",
  );
  expect(reading.lines.map(({ line, kind, notes }) => [line, kind, notes.join()])).toEqual([
    [1, "left_out", "stands above the heading"],
    [2, "heading", "names the columns"],
    [3, "left_out", "nothing stands in its columns"],
    [5, "person", "“1.” is left out"],
    [6, "heading", "names the columns once more"],
  ]);
  expect(reading.columns?.map(({ as }) => as)).toEqual(["last_name", "first_name", "ignore"]);
});

test("a list reads the same with any delimiter and any order of its columns", () => {
  const word = fc.stringMatching(/^[A-ZÄÖÜ][a-zäöüß]{2,10}$/);
  const person = fc.record({ first: word, last: word, mail: fc.stringMatching(/^[a-z]{3,8}$/) });
  fc.assert(
    fc.property(
      fc.uniqueArray(person, { minLength: 1, maxLength: 20, selector: ({ mail }) => mail }),
      fc.constantFrom(";", ",", "\t", "|"),
      fc.constantFrom("\n", "\r\n"),
      fc.shuffledSubarray(["Vorname", "Nachname", "E-Mail"], { minLength: 3 }),
      fc.boolean(),
      (people, delimiter, end, columns, isQuoted) => {
        const cell = (text: string) => (isQuoted ? `"${text}"` : text);
        const rows = people.map(({ first, last, mail }) => {
          const by: Record<string, string> = {
            Vorname: first,
            Nachname: last,
            "E-Mail": `${mail}@x.org`,
          };
          return columns.map((name) => cell(by[name] ?? "")).join(delimiter);
        });
        const text = ["", columns.map(cell).join(delimiter), "", ...rows, ""].join(end);
        expect(read(`\uFEFF${text}`)).toEqual(
          people.map(({ first, last, mail }) => [`${first} ${last}`, `${mail}@x.org`]),
        );
      },
    ),
    { numRuns: 60 },
  );
});
