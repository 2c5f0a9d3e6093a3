import { v7 as uuid } from "uuid";
import { z } from "zod";
import type { Sight } from "#domain/access/sight.ts";
import { seesRoom } from "#domain/access/sight.ts";
import { clock } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { ApiClient } from "#server/http/testing/client.ts";
import { inCalendar } from "#server/scheduled/calendar/testing/in-calendar.ts";
import { bytesOf, ZOOM } from "#server/sources/imports/testing/files.ts";
import { botNamed } from "#server/testing/bot.ts";
import { deliverBodies, post } from "#server/testing/test-app.ts";
import { alarm, enterDesk } from "./desk-of-world.ts";
import type { SightWorld, WorldPerson, WorldRoom } from "./world-kinds.ts";

const ROOMS = [
  { key: "alg-qopzi", title: "Algebra Wuxemo" },
  { key: "alg-rivna", title: "Algebra Zobtak" },
  { key: "geo-fyxup", title: null },
  { key: "geo-hekol", title: "Geometry Jaxwim" },
];
const SOURCES = [
  { provider: "generic", name: "Clinic Vobrelu" },
  { provider: "generic", name: "School Dazqitu" },
  { provider: "attendee", name: "Team Kifyzor" },
] as const;

/** Syllables of which no two names have the same. */
const FIRST =
  "Abrix Belqo Cefyn Dorwa Ekziv Fanup Gilso Hapvy Ifrum Jecka Kolzi Lymbe Mirqa Nodux Ovepi Pazru Qinto Rewsa Sufle Tagbi Ubkel Vosha Wiplo Xanty Yedro Zukfa".split(
    " ",
  );
const LAST =
  "Zarnogel Yuptevix Xelbroma Wiqasdun Vomfetyr Ukilpash Torvequn Syxamold Rebdiwok Quspafen Polgyham Ondrexiv Nuwtabek Miqolser Lavpurig Kydzenot Jiwfabol Hoxteqar Gudmyvis Feplokaw".split(
    " ",
  );

/** Two first syllables and a last name: one for each number. */
function nameOf(index: number): string {
  const first = FIRST[index % FIRST.length] ?? "";
  const second = (FIRST[Math.floor(index / FIRST.length)] ?? "").toLowerCase();
  return `${first}${second}${index}q ${LAST[index % LAST.length] ?? ""}${index}q`;
}

const rows = z.object({ results: z.array(z.looseObject({ id: z.string() })) });
const entered = z.looseObject({ id: z.string() });

/** Builds the world with deliveries, and with what operators enter of it. */
export async function buildWorld(client: ApiClient): Promise<SightWorld> {
  const world: SightWorld = {
    client,
    ...{ rooms: [], people: [], links: [], apart: [], rulings: [] },
    ...{ names: [], userIds: [], statements: [], imports: [], looseList: "" },
    house: { groups: [], rules: [], channels: [], endpoints: [] },
  };
  let index = 0;
  const person = (userId: boolean): WorldPerson => {
    const name = nameOf(index);
    index += 1;
    const id = userId ? `${name.split(" ")[1]?.toLowerCase()}@id.example` : null;
    const one = { name, userId: id, connection: `p${index}`, id: "", rooms: [] };
    world.people.push(one);
    return one;
  };
  for (const [at, { provider, name }] of SOURCES.entries()) {
    const source = await client.app.account(provider);
    await send(client, "PATCH", `sources/${source.id}`, { name }, z.unknown());
    // Of each source somebody is in every room, by an id that lasts or by name.
    const everywhere = [person(true), person(false)];
    for (const [number, of] of ROOMS.entries()) {
      const key = provider === "attendee" ? `bot_${of.key}${at}` : `${of.key}-${at}`;
      const title = of.title && `${of.title}${at}`;
      const room: WorldRoom = {
        ...{ sourceId: source.id, sourceName: name, key, title, id: "", source },
        ...{
          meetings: [],
          deliveries: [],
          waits: [],
          scheduled: [],
          classLists: [],
          calendarEvent: "",
        },
        ...{ rules: [], alerts: [] },
        words: [key, ...(title === null ? [] : [title])],
      };
      world.rooms.push(room);
      const own = [person(number % 2 === 0), person(false)];
      await hold(world, room, [...own, ...everywhere], number % 2 === 0);
    }
  }
  await look(world);
  await enter(world);
  await enterDesk(world);
  world.names.push(...world.people.map(({ name }) => name));
  world.userIds.push(...world.people.flatMap(({ userId }) => userId ?? []));
  return world;
}

/** Two meetings in a room, of which the second may go on. */
async function hold(world: SightWorld, room: WorldRoom, people: WorldPerson[], goesOn: boolean) {
  const { app } = world.client;
  for (const one of people) one.rooms.push(room);
  const bodies: string[] = [];
  const bot = botNamed(room.key, room.title);
  const say = (type: string, at: Ms, who: WorldPerson, isHost = false) => {
    const { name, userId } = who;
    const participant = {
      id: `${who.connection}-${room.key}`,
      user_id: userId,
      name,
      is_host: isHost,
    };
    const named = { key: room.key, title: room.title };
    bodies.push(JSON.stringify({ type, room: named, participant, at: toWireTime(at) }));
  };
  const [first, second, third] = people;
  if (first === undefined || second === undefined || third === undefined) return;
  if (room.source.provider === "attendee") {
    for (const [number, one] of people.entries()) {
      const whom = { uuid: `${one.connection}-${room.key}`, user: one.userId };
      bodies.push(bot.joins(`10:0${number}`, one.name, whom));
      bodies.push(bot.leaves(`10:3${number}`, one.name, whom));
    }
  } else {
    for (const [number, one] of people.entries()) {
      say("participant.waiting", clock(`08:0${number}`), one);
      say("participant.admitted", clock(`08:1${number}`), one);
      say("participant.joined", clock(`08:1${number}:01`), one, number === 0);
    }
    for (const one of people) say("participant.left", clock("08:40"), one);
    say("participant.joined", clock("09:50"), first, true);
    say("participant.joined", clock("09:51"), third);
    say("participant.waiting", clock("09:52"), second);
    if (!goesOn) {
      say("participant.left", clock("09:54"), second);
      say("participant.left", clock("09:58"), first);
      say("participant.left", clock("09:58"), third);
    }
  }
  for (const body of bodies) await post(app, room.source, body);
}

/** Which ids all that came was given. */
async function look({ client, rooms: all, people }: SightWorld): Promise<void> {
  const list = async (path: string) => rows.parse(await client.read(`/api/v1/${path}`)).results;
  const found = z.looseObject({ id: z.string(), room: z.string() });
  const of = (key: unknown) => all.find((room) => room.key === key);
  for (const row of await list("rooms?from=2020-01-01&limit=200")) {
    const room = of(found.parse(row).room);
    if (room !== undefined) room.id = row.id;
  }
  for (const row of await list("meetings?limit=200")) {
    of(found.parse(row).room)?.meetings.push(row.id);
  }
  for (const row of await list("deliveries?limit=200")) {
    of(row["room"])?.deliveries.push(row.id);
  }
  for (const row of await list("waits?from=2020-01-01T00:00:00Z&limit=200")) {
    of(row["room"])?.waits.push(row.id);
  }
  for (const row of await list("people?limit=200")) {
    const person = people.find(({ name }) => name === row["name"]);
    if (person !== undefined) person.id = row.id;
  }
  for (const room of all) if (room.id === "") throw new Error(`no room ${room.key}`);
  for (const one of people) if (one.id === "") throw new Error(`nobody is ${one.name}`);
}

/** What operators enter: lists, rosters, corrections, statements, an import. */
async function enter(world: SightWorld): Promise<void> {
  const { client, rooms: all, people } = world;
  const roster = (index: number) => {
    const names = [nameOf(300 + index * 2), nameOf(301 + index * 2)];
    world.names.push(...names);
    const email = `roster-${index}-wixbu@mail.example`;
    world.userIds.push(email);
    return { text: `${names[0]} <${email}>\n${names[1]}, host`, names, email };
  };
  for (const [index, room] of all.entries()) {
    const own = roster(index);
    const lesson = {
      ...{ source: room.sourceId, room: room.key, title: room.title ?? undefined },
      ...{ starts_at: "2026-11-20T08:00:00Z", ends_at: "2026-11-20T08:45:00Z", roster: own.text },
    };
    const { id } = await send(client, "POST", "scheduled-meetings", lesson, entered);
    room.scheduled.push(id);
    room.words.push(...own.names, own.email, id);
    const invited = roster(400 + index);
    const called = `Calendar Vubqel${index}z`;
    room.calendarEvent = await inCalendar(client.app, room.sourceId, {
      ...{ place: room.key, name: called },
      invited: [
        { name: invited.names[1] ?? null, email: null, role: "host" },
        { name: invited.names[0] ?? null, email: invited.email, role: "guest" },
      ],
    });
    room.words.push(...invited.names, invited.email, called, room.calendarEvent);
    if (index % 3 !== 0) continue;
    const other = roster(100 + index);
    const list = { name: `List Hovdak${index}`, roster: other.text };
    const { id: listId } = await send(client, "POST", "class-lists", list, entered);
    await send(client, "PUT", `rooms/${room.id}/class-list`, { class_list: listId }, z.unknown());
    room.classLists.push(listId);
    room.words.push(...other.names, other.email, list.name, listId);
  }
  const loose = roster(200);
  const list = { name: "List Unattached", roster: loose.text };
  world.looseList = (await send(client, "POST", "class-lists", list, entered)).id;
  for (const [index, room] of all.entries()) {
    const own = people.filter((one) => one.rooms.length === 1 && one.rooms[0] === room);
    const [one, other] = own;
    if (one === undefined || other === undefined) continue;
    const both = { people: [one.id, other.id] };
    if (index % 2 === 0) {
      const said = z.object({ apart: z.string() });
      const { apart } = await send(client, "POST", "people/apart", both, said);
      world.apart.push({ id: apart, people: [one, other] });
    } else if (index % 4 === 1) {
      const said = z.object({ link: z.string() });
      const { link } = await send(client, "POST", "people/links", both, said);
      world.links.push({ id: link, people: [one, other] });
    }
    const [meeting = ""] = room.meetings;
    const here = `${one.connection}-${room.key}`;
    const correction = { verdict: "person", participant_ids: [here] };
    const said = z.object({ ruling: z.string() });
    const { ruling } = await send(client, "POST", `meetings/${meeting}/rulings`, correction, said);
    world.rulings.push({ id: ruling, room });
  }
  const [someone] = people;
  const days = { person_id: someone?.id, from: "2026-11-01", to: "2026-11-30" };
  world.statements.push((await send(client, "POST", "statements", days, entered)).id);
  const sent = await client.put(
    "/api/v1/imports?file=hexqual.csv&dates=month_first",
    bytesOf(ZOOM).slice(),
  );
  const { id } = entered.parse(await sent.json());
  const sources = rows.parse(await client.read("/api/v1/sources")).results;
  const sourceId = sources.find(({ provider }) => provider === "import")?.id ?? "";
  world.imports.push({ id, sourceId });
}

async function send<Kind extends z.ZodType>(
  client: ApiClient,
  method: string,
  path: string,
  body: object,
  kind: Kind,
): Promise<z.infer<Kind>> {
  const answer = await client.send(method, `/api/v1/${path}`, body);
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return kind.parse(await answer.json());
}

/** More of what happens in a room: somebody new comes in, knocks, and somebody who was there comes again. */
export async function goOn(world: SightWorld, room: WorldRoom, turn: number): Promise<void> {
  const { app } = world.client;
  const newcomer = nameOf(500 + turn);
  world.names.push(newcomer);
  room.words.push(newcomer);
  const again = world.people.find(({ rooms: own }) => own.includes(room) && own.length > 1);
  const at = clock("09:59") + turn;
  const who = (name: string, userId: string | null) => ({
    ...{ participantId: `${uuid()}`, userId, name, isHost: null },
  });
  await deliverBodies(app, room.source, room.key, [
    { type: "joined", at, ...who(newcomer, null) },
    ...(room.source.provider === "attendee"
      ? []
      : [{ type: "knocked" as const, at: at + 1, ...who(newcomer, null) }]),
    ...(again === undefined
      ? []
      : [{ type: "joined" as const, at: at + 2, ...who(again.name, again.userId) }]),
  ]);
  await alarm(world, room, String(turn));
}

/** What of the world is in a sight, by the pure function alone. */
export function seenOf({ rooms: all, people }: SightWorld, sight: Sight) {
  const seen = new Set(all.filter((room) => seesRoom(sight, room)));
  const isMet = (person: WorldPerson) => person.rooms.some((room) => seen.has(room));
  const sourceIds = new Set(sight.sources ?? [...seen].map(({ sourceId }) => sourceId));
  return { rooms: seen, isMet, sourceIds, people: people.filter(isMet) };
}

/** Words that no answer to somebody with a sight may have, in small letters. */
export function hiddenWords(world: SightWorld, sight: Sight): string[] {
  const seen = seenOf(world, sight);
  const words: string[] = [];
  for (const room of world.rooms) {
    if (!seen.sourceIds.has(room.sourceId)) words.push(room.sourceId, room.sourceName);
    if (seen.rooms.has(room)) continue;
    words.push(...room.words, ...room.meetings, ...room.scheduled, ...room.classLists);
  }
  for (const person of world.people) {
    if (seen.isMet(person)) continue;
    words.push(
      ...person.name.split(" "),
      person.id,
      ...(person.userId === null ? [] : [person.userId]),
    );
  }
  if (sight.masked) words.push(...world.names.flatMap((name) => name.split(" ")), ...world.userIds);
  return [...new Set(words.map((word) => word.toLowerCase()))];
}
