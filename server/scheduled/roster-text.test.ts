import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRoster } from "./roster-text.ts";

const people = (text: string) => {
  const { people, faults } = readRoster(text);
  expect(faults).toEqual([]);
  return people.map(({ name, email, userId, role }) => [name, email, userId, role]);
};
const faults = (text: string) =>
  readRoster(text).faults.map(({ line, message }) => (line ? `line ${line}: ${message}` : message));

test("a person a line: a name, an address, or both", () => {
  expect(
    people(
      'Ada Lovelace\r\n\r\n  Grace Hopper <grace@navy.mil>  \nmargaret@nasa.gov\n"Wu, Chien" <wu@physics.org>\nO\'Brien, Miles\n',
    ),
  ).toEqual([
    ["Ada Lovelace", null, null, "guest"],
    ["Grace Hopper", "grace@navy.mil", null, "guest"],
    [null, "margaret@nasa.gov", null, "guest"],
    ["Chien Wu", "wu@physics.org", null, "guest"],
    ["Miles O'Brien", null, null, "guest"],
  ]);
});

test("a name may be followed by its address and role", () => {
  expect(people("Ada, ada@a.org, host\nBo; guest\nCy\tcy@c.org\nDee <d@d.org>, HOST")).toEqual([
    ["Ada", "ada@a.org", null, "host"],
    ["Bo", null, null, "guest"],
    ["Cy", "cy@c.org", null, "guest"],
    ["Dee", "d@d.org", null, "host"],
  ]);
});

test("a table with a heading has its columns in any order, and other columns are ignored", () => {
  expect(
    people(
      '\uFEFFRole,E-mail,Full name,Group,User ID\nhost,ada@a.org,"Lovelace, ""Ada""",A,u1\n,,Bo,B,\n',
    ),
  ).toEqual([
    ['"Ada" Lovelace', "ada@a.org", "u1", "host"],
    ["Bo", null, null, "guest"],
  ]);
  expect(people("name\temail\nAda\tada@a.org")).toEqual([["Ada", "ada@a.org", null, "guest"]]);
  expect(people("Name;user_id\nAda;17")).toEqual([["Ada", null, "17", "guest"]]);
  expect(people("name\nAda\nBo")).toEqual([
    ["Ada", null, null, "guest"],
    ["Bo", null, null, "guest"],
  ]);
});

test("a line that cannot be taken is a fault with its number", () => {
  expect(faults("Ada\n\n\nBo <bo at home>\n<>")).toEqual([
    "line 4: that is no e-mail address",
    "line 5: there is neither a name nor an address nor a user id",
  ]);
  expect(faults("name,role\nAda,host\n\nBo,boss\n,guest")).toEqual([
    "line 4: the role must be host or guest",
    "line 5: there is neither a name nor an address nor a user id",
  ]);
  expect(faults("name,name\nAda,Bo")).toEqual(["line 1: two columns are called name"]);
  // What has to be answered comes before what follows from it.
  expect(faults("Anna Müller\nBo; Lee")).toEqual([
    "columns: say which columns are the first and the last name, or the name",
    "line 1: there is neither a name nor an address nor a user id",
    "line 2: there is neither a name nor an address nor a user id",
  ]);
  expect(faults("name,email\nLovelace, Ada, ada@a.org")).toEqual([
    "line 2: “ ada@a.org” stands in no column: is a quote missing?",
  ]);
  expect(faults(`name\n${"a".repeat(301)}`)).toEqual([
    "line 2: the name is longer than 300 characters",
  ]);
  expect(faults("A\u0000da")).toEqual(["line 1: the name has characters that cannot be written"]);
});

test("lines are counted where a quoted name runs over several", () => {
  expect(faults('name,role\n"Ada\nLovelace",host\nBo,boss')).toEqual([
    "line 2: the name runs over a line: is a quote missing?",
    "line 4: the role must be host or guest",
  ]);
});

test("no person is on a roster twice, but two people may have one name", () => {
  expect(people("Kim\nKim")).toHaveLength(2);
  expect(faults("name,user_id\nKim,1\nKim Two,1")).toEqual(["line 3: user 1 is in line 2 already"]);
  expect(faults("Kim <k@k.org>\nkim <K@k.org>")).toEqual([
    "line 2: the address K@k.org is in line 1 already",
  ]);
});

test("a roster has a maximum size", () => {
  expect(faults("Ada\n".repeat(2_001))).toEqual([
    "a roster has at most 2000 people, and this has 2001",
  ]);
  expect(readRoster(" \n\t\n").people).toEqual([]);
});

test("a text that is too long to be a roster is not read", () => {
  expect(faults(`Ada\n${"a".repeat(10_001)}\nBo <bo at home>`)).toEqual([
    "line 2: the line is longer than 10000 characters",
  ]);
  expect(faults("\n".repeat(20_000))).toEqual([
    "a roster has at most 20000 lines, and this has 20001",
  ]);
  expect(faults(`name${",x".repeat(200)}\nAda`)).toEqual([
    "a roster has at most 200 columns, and this has 201",
  ]);
});

test("a heading named like a property of every object is unknown", () => {
  expect(people("Constructor\nAda").map(([name]) => name)).toEqual(["Constructor", "Ada"]);
});

describe("a hostile line costs not much more than another of its length", () => {
  /** The shortest of several runs, the one least disturbed by other work of the machine. */
  const costOf = (text: string) => {
    const tries = Array.from({ length: 5 }, () => {
      const began = performance.now();
      readRoster(text);
      return performance.now() - began;
    });
    return Math.min(...tries);
  };

  test.each<[string, (n: number) => string]>([
    ["a name of spaces", (n) => `a${" ".repeat(n)}b`],
    ["open brackets", (n) => `a${"<".repeat(n)}`],
    ["pairs of brackets", (n) => `a${"<>".repeat(n / 2)}b`],
    ["quotes", (n) => '"'.repeat(n)],
    ["an address without an end", (n) => `${"a.".repeat(n / 2)}@`],
    ["separators", (n) => `name${",".repeat(n)}`],
    ["headings of one name", (n) => `name${",name".repeat(n / 5)}`],
  ])("%s in a line", (_what, shape) => {
    const hard = `Ada\n${shape(9_000)}`;
    costOf(hard);
    expect(costOf(hard)).toBeLessThan(100 * costOf(`Ada\n${"a".repeat(9_000)}`) + 50);
  });
});

test("the reading has an entry for every line that is not blank", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme", maxLength: 30 }).map((s) => s.replace(/[\n\r]/g, ""))),
      (lines) => {
        const all = ["Zoe", ...lines];
        const { people, reading } = readRoster(all.join("\n"));
        const entries = new Map(reading.lines.map((one) => [one.line, one]));
        for (const [index, line] of all.entries()) {
          if (line.trim() !== "") expect(entries.get(index + 1), line).toBeDefined();
        }
        const taken = reading.lines.flatMap((one) => one.people);
        expect(taken.map(({ name }) => name)).toEqual(people.map(({ name }) => name));
        for (const one of reading.lines) {
          expect(one.kind === "person" ? one.people : one.notes).not.toHaveLength(0);
        }
      },
    ),
  );
});
