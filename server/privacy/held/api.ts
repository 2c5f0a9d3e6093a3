import { sightNow } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import { personById } from "#db/people/person.ts";
import type { Sight } from "#domain/access/sight.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { notFound } from "#server/http/answer.ts";
import { download } from "#server/http/files/download.ts";
import { countTaken } from "#server/http/files/taken.ts";
import { xmlText } from "#server/http/files/workbook.ts";
import { shown } from "#server/http/shown.ts";
import { knownAsJson } from "#server/people/page.ts";
import { auditRead } from "#server/runtime/audit.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { type HeldPart, heldAbout, SECTIONS } from "./parts.ts";

/** `GET /api/v1/people/{id}/held`: everything that is held about a person, as JSON or to be read. */
export async function getHeld(
  id: string,
  format: "json" | "html",
  asking: Requester,
): Promise<Response> {
  const reader = database().orm;
  const sight = sightNow();
  const now = Date.now();
  const person = await personById(reader, id);
  if (person === null) throw notFound("person");
  const head = {
    person: {
      ...{ id: person.id, name: person.name },
      identities: person.knownAs.map(knownAsJson),
    },
    as_of: toWireTime(now),
  };
  const { countingEach, ending, taken } = countTaken();
  const parts = countingEach(heldAbout(reader, person, sight));
  const write = format === "json" ? asJson : asPage;
  const name = `held.${format}`;
  void taken.then(({ rows, outcome }) =>
    auditRead(actorOf(asking), {
      action: "file.taken",
      about: { kind: "person", id: person.id, label: person.name },
      outcome,
      details: { file: name, rows, narrowed: [] },
    }),
  );
  const type = format === "json" ? "application/json" : "text/html; charset=utf-8";
  const pieces = write(shown(head, sight), parts, sight);
  return download(ending(pieces), { name, type }, processContext().log);
}

type Head = { person: { name: string | null } } & Record<string, unknown>;

async function* asJson(
  head: Head,
  parts: AsyncIterable<HeldPart>,
  sight: Sight,
): AsyncGenerator<string> {
  yield JSON.stringify(head).slice(0, -1);
  let open = -1;
  let isFirst = true;
  for await (const { section, thing } of parts) {
    const place = SECTIONS.indexOf(section);
    while (open < place) {
      yield `${open < 0 ? "," : "],"}"${SECTIONS[open + 1]}":[`;
      open += 1;
      isFirst = true;
    }
    yield `${isFirst ? "" : ","}${JSON.stringify(shown(thing, sight))}`;
    isFirst = false;
  }
  while (open < SECTIONS.length - 1) {
    yield `${open < 0 ? "," : "],"}"${SECTIONS[open + 1]}":[`;
    open += 1;
  }
  yield "]}";
}

const TITLES = {
  names: "Names",
  meetings: "Meetings",
  roster_lines: "Lines of rosters and class lists",
  statements: "Statements",
};

const STYLE =
  "body{font:1rem/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;overflow-wrap:anywhere}dt{font-weight:600}dl{border-top:1px solid;padding-top:.5rem}";

/** A page without anything from elsewhere, that can be kept and printed. */
async function* asPage(
  { person, as_of }: Head,
  parts: AsyncIterable<HeldPart>,
  sight: Sight,
): AsyncGenerator<string> {
  const title = xmlText(`What is held about ${person.name ?? "somebody without a name"}`);
  yield `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style>`;
  yield `<h1>${title}</h1><p>${xmlText(String(as_of))}</p><pre>${xmlText(JSON.stringify(person, null, 2))}</pre>`;
  let open: HeldPart["section"] | null = null;
  for await (const { section, thing } of parts) {
    if (section !== open) yield `<h2>${TITLES[section]}</h2>`;
    open = section;
    yield `<dl>${definitions(shown(thing, sight))}</dl>`;
  }
  yield "</html>";
}

function definitions(thing: object): string {
  return Object.entries(thing)
    .map(([name, value]) => {
      const isPlain = typeof value !== "object" || value === null;
      const text = isPlain ? String(value ?? "–") : JSON.stringify(value, null, 2);
      const within = isPlain ? xmlText(text) : `<pre>${xmlText(text)}</pre>`;
      return `<dt>${xmlText(name.replaceAll("_", " "))}</dt><dd>${within}</dd>`;
    })
    .join("");
}
