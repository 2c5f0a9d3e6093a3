import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { connectable } from "#server/providers/providers.ts";
import { root } from "./project.mjs";

/*
 * What a provider is called, nobody knows but its folder and the registry: a fact about it is a member of the
 * contract. The provider of files is the feature `imports`, and goes by `IMPORT` of `domain/sources/imports/imports.ts`.
 */

/** Where a name may stand, and why. */
const ALLOWED = [
  { place: "server/providers/providers.ts", because: "it is the registry" },
  { place: "server/integrations/bots/", because: "it answers as Attendee's own API does" },
  {
    place: "domain/integrations/outgoing/",
    because: "webhooks are signed as one of two providers signs",
  },
  {
    place: "server/integrations/outgoing/telling/",
    because: "it tells what users put to a bot, as its provider would",
  },
  {
    place: "server/demo/",
    because: "its plots are played as providers that report such a meeting",
  },
  { place: "server/sources/imports/", because: "it tells the kinds of attendance files apart" },
  { place: "domain/sources/imports/imports.ts", because: "it lists the kinds of attendance files" },
  { place: "components/sources/imports/", because: "it says which kinds of files can be imported" },
  {
    place: "server/cli/rollcall.ts",
    because: "its help says which kinds of files can be imported",
  },
  { place: "domain/rooms/register/", because: "an attendee there is a person of a register" },
  {
    place: "domain/desk/alerts/channel.ts",
    because: "alerts are told in chats, of which one is Teams",
  },
  { place: "components/desk/alerts/", because: "it says in which chats alerts can be told" },
  { place: "server/scheduled/reading/words.ts", because: "`attendee` is a heading of rosters" },
];

const titles = connectable.map(({ title }) => title);
/** The systems for meetings that a provider's bots visit, or whose files are imported. */
const SYSTEMS = ["Zoom", "Teams", "Meet", "Webex"];
const called = [...connectable.map(({ name }) => name), ...SYSTEMS.map((one) => one.toLowerCase())];

const words = called.join("|");
const NAMED = new RegExp(
  [
    `["'\`](?:${words})["'\`]`,
    `(?<![\\w-])(?:${words})\\??:\\s`,
    `\\.(?:${words})\\b(?!\\.)`,
    `"(?:#server/providers|\\.)/(?:${words})/`,
    `\\b(?:${[...titles, "Zoom", "Teams", "Webex", "Google Meet"].join("|")})\\b`,
  ].join("|"),
);

/** The lines of a source that name a provider, without those of its comments. */
function naming(text: string): string[] {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .split("\n")
    .filter((line) => NAMED.test(line.replace(/(?:^|\s)\/\/ .*$/, "")));
}

const sources = spawnSync("git", ["ls-files", "app", "components", "db", "domain", "server"], {
  cwd: root,
  encoding: "utf8",
}).stdout.split("\n");
const code = sources.filter(
  (path) =>
    /\.tsx?$/.test(path) &&
    !/\.test\.tsx?$|\/testing\//.test(path) &&
    !/^server\/providers\/[^/]+\//.test(path),
);
const found = code
  .map((path) => ({ path, lines: naming(readFileSync(join(root, path), "utf8")) }))
  .filter(({ lines }) => lines.length > 0);

test("no file but a provider's own and the registry names a provider", () => {
  const elsewhere = found.filter(
    ({ path }) => !ALLOWED.some(({ place }) => path.startsWith(place)),
  );
  expect(elsewhere).toEqual([]);
});

test.each(ALLOWED)("$place may, because $because, and does", ({ place }) => {
  expect(found.some(({ path }) => path.startsWith(place))).toBe(true);
});

test.each([
  'if (source.provider === "daily") return null;',
  "const silence = { attendee: 12 };",
  'import { sign } from "#server/providers/daily/sign.ts";',
  "return silence.daily;",
  "<p>Copy it from Zoom</p>",
])("%s is found, and is not in a comment", (line) => {
  expect(naming(line)).toEqual([line]);
  expect(naming(`/* ${line} */`)).toEqual([]);
  expect(naming(`// ${line}`)).toEqual([]);
});
