import * as z from "zod/mini";
import { isWhole, type Sight } from "#domain/access/sight.ts";
import { type AddressedOperation, partsOf } from "#server/http/openapi/testing/document.ts";
import { isByType } from "#server/http/operation.ts";
import { seenOf } from "./world.ts";
import type { SightWorld, WorldPerson, WorldRoom } from "./world-kinds.ts";

/** Something that an address may name, and whether it is in a sight. */
export interface Thing {
  id: string;
  isSeen: (sight: Sight) => boolean;
}

const always = () => true;

/** All that each part of an address may be, by the address up to it. */
export function thingsOf(world: SightWorld): Record<string, readonly Thing[]> {
  const inRoom = (room: WorldRoom) => (sight: Sight) => seenOf(world, sight).rooms.has(room);
  const met =
    (...people: WorldPerson[]) =>
    (sight: Sight) =>
      people.every(seenOf(world, sight).isMet);
  const ofRooms = (ids: (room: WorldRoom) => readonly string[]) =>
    world.rooms.flatMap((room) => ids(room).map((id) => ({ id, isSeen: inRoom(room) })));
  const people = world.people.map((person) => ({ id: person.id, isSeen: met(person) }));
  const ofHouse = (ids: readonly string[]) => ids.map((id) => ({ id, isSeen: isWhole }));
  const nowhere: Thing = {
    id: "00000000-0000-4000-8000-000000000000",
    isSeen: () => false,
  };
  const bots = ofRooms(({ meetings, source, key }) =>
    source.provider === "attendee" ? [key] : meetings,
  );
  return {
    "bots/{bot}": bots,
    "app_sessions/{bot}": bots,
    "class-lists/{id}": [
      ...ofRooms(({ classLists }) => classLists),
      { id: world.looseList, isSeen: (sight) => sight.sources === null && sight.rooms === null },
    ],
    "deliveries/{id}": world.rooms.flatMap((room) =>
      room.deliveries.map((id) => ({
        id,
        isSeen: inRoom(room),
      })),
    ),
    "deliveries/replays/{id}": [nowhere],
    "downloads/{id}": [{ id: "a-download-that-never-was", isSeen: () => false }],
    "imports/{id}": world.imports.map(({ id, sourceId }) => ({
      id,
      isSeen: ({ sources, rooms, masked }: Sight) =>
        !masked && rooms === null && (sources === null || sources.includes(sourceId)),
    })),
    "keys/{id}": [nowhere],
    "links/{token}": [nowhere],
    "me/devices/{id}": [nowhere],
    "me/sessions/{id}": [nowhere],
    "members/{id}": [nowhere],
    "meetings/{id}": [...ofRooms(({ meetings }) => meetings), nowhere],
    "meetings/{id}/rulings/{ruling}": world.rulings.map(({ id, room }) => ({
      id,
      isSeen: inRoom(room),
    })),
    "people/{id}": people,
    "people/{id}/with/{other}": people,
    "people/apart/{id}": world.apart.map(({ id, people: two }) => ({ id, isSeen: met(...two) })),
    "people/links/{id}": world.links.map(({ id, people: two }) => ({ id, isSeen: met(...two) })),
    "rooms/{id}": ofRooms(({ id }) => [id]),
    "scheduled-meetings/{id}": ofRooms(({ scheduled }) => scheduled),
    "room-groups/{id}": ofHouse(world.house.groups),
    "alert-rules/{id}": ofHouse(world.house.rules),
    "alert-channels/{id}": ofHouse(world.house.channels),
    "alerts/{id}": ofRooms(({ alerts }) => alerts),
    "endpoints/{id}": ofHouse(world.house.endpoints),
    "endpoints/{id}/attempts/{attempt}": [nowhere],
    "endpoints/{id}/resend/{job}": [nowhere],
    "shared/{token}": [nowhere],
    "shares/{id}": [nowhere],
    "wallboards/{token}": [nowhere],
    "sources/{id}": world.rooms.map(({ sourceId }) => ({
      id: sourceId,
      isSeen: (sight: Sight) => seenOf(world, sight).sourceIds.has(sourceId),
    })),
    "waits/{id}": ofRooms(({ waits }) => waits),
    "statements/{id}": world.statements.map((id) => ({ id, isSeen: always })),
  };
}

/** An operation with a thing for each part of its address. */
export interface Triple {
  operation: AddressedOperation;
  address: string;
  /** What the address names, and what the body does. */
  things: readonly Thing[];
  written: readonly Thing[];
  body: string | null;
}

/** What a body is about besides the address. */
interface Written {
  body: object | string;
  things?: readonly Thing[];
}

const DAYS = { from: "2026-11-01", to: "2026-11-30" };
const TIMES = { starts_at: "2026-12-01T10:00:00Z", ends_at: "2026-12-01T11:00:00Z" };

/**
 * What an operation is sent that is about something besides its address, or is no JSON. Any other says by its `example`
 * what it is sent; one that reads a body and says nothing cannot be asked, which fails the test.
 */
export function bodiesOf(
  world: SightWorld,
  things: Readonly<Record<string, readonly Thing[]>>,
): Record<string, (pick: <T>(all: readonly T[]) => T) => Written> {
  const people = things["people/{id}"] ?? [];
  const two = (pick: <T>(all: readonly T[]) => T): Written => {
    const one = pick(people);
    const other = pick(people.filter(({ id }) => id !== one.id));
    return { body: { people: [one.id, other.id] }, things: [one, other] };
  };
  const roomOf = (pick: <T>(all: readonly T[]) => T) => {
    const room = pick(world.rooms);
    const isSeen = (sight: Sight) => seenOf(world, sight).rooms.has(room);
    return { room, thing: { id: room.id, isSeen } };
  };
  const lesson = (pick: <T>(all: readonly T[]) => T): Written => {
    const { room, thing } = roomOf(pick);
    const body = { source: room.sourceId, room: room.key, title: "New", ...TIMES };
    return { body, things: [thing] };
  };
  const inCalendar = (pick: <T>(all: readonly T[]) => T): Written => {
    const { room, thing } = roomOf(pick);
    return { body: { ids: [room.calendarEvent] }, things: [thing] };
  };
  const list = () => ({ body: { name: "New", roster: "Somebody" } });
  return {
    "POST /api/v1/calendar-events/take": inCalendar,
    "POST /api/v1/calendar-events/leave-out": inCalendar,
    "POST /api/v1/class-lists": list,
    "PUT /api/v1/class-lists/{id}": list,
    "POST /api/v1/deliveries/replays": (pick) => {
      const one = pick(things["deliveries/{id}"] ?? []);
      return { body: { ids: [one.id] }, things: [one] };
    },
    "POST /api/v1/imports": () => ({ body: "Name\nSomebody" }),
    "POST /api/v1/links/{token}": () => ({ body: { password: "three unrelated words" } }),
    // An address that is none of a push service, so that nobody has a device.
    "POST /api/v1/me/devices": () => ({ body: { name: "Phone", subscription: {} } }),
    "PUT /api/v1/me/password": () => ({ body: { current: "one", new: "other" } }),
    "POST /api/v1/members": () => ({ body: { name: "New", email: "new@example.com" } }),
    "POST /api/v1/shares": (pick) => {
      const { room, thing } = roomOf(pick);
      const [meeting_id = ""] = room.meetings;
      return { body: { meeting_id }, things: [thing] };
    },
    "POST /api/v1/meetings/{id}/rulings": (pick) => {
      const { room, thing } = roomOf(pick);
      const [meeting = ""] = room.meetings;
      return { body: { verdict: "joined", with: meeting }, things: [thing] };
    },
    // No source of theirs keeps a key, so nobody is asked anything.
    "POST /api/v1/meetings/{id}/acts": () => ({ body: { act: "open_as_host" } }),
    "POST /api/v1/password-resets": () => ({ body: { email: "nobody@example.com" } }),
    "POST /api/v1/people/apart": two,
    "POST /api/v1/people/links": two,
    "PUT /api/v1/rooms/{id}/class-list": () => ({ body: { class_list: null } }),
    "POST /api/v1/rosters/read": () => ({ body: "Somebody" }),
    "PUT /api/v1/room-messages": (pick) => {
      const { room, thing } = roomOf(pick);
      const body = { source: room.sourceId, room: room.key, text: "Running 15 minutes late" };
      return { body, things: [thing] };
    },
    "POST /api/v1/scheduled-meetings": lesson,
    "PUT /api/v1/scheduled-meetings/{id}": lesson,
    "PUT /api/v1/scheduled-meetings/{id}/matches": (pick) => {
      const { room, thing } = roomOf(pick);
      const [meeting_id = ""] = room.meetings;
      return { body: { position: 1, meeting_id, person_id: "u:nobody" }, things: [thing] };
    },
    "DELETE /api/v1/scheduled-meetings/{id}/matches": () => ({ body: { position: 1 } }),
    "PUT /api/v1/scheduled-meetings/{id}/roster": () => ({ body: { roster: "Somebody" } }),
    "POST /api/v1/statements": (pick) => {
      const one = pick(people);
      return { body: { person_id: one.id, ...DAYS }, things: [one] };
    },
  };
}

/** What a list is asked besides: words, sources, rooms, people and orders, seen or not. */
function queryOf(
  world: SightWorld,
  { takes, path }: AddressedOperation,
  pick: <T>(all: readonly T[]) => T,
): URLSearchParams {
  const query = new URLSearchParams();
  const maybe = (name: string, value: () => string) => {
    if (name in takes && pick([true, false, false])) query.set(name, value());
  };
  if ("from" in takes)
    query.set("from", path.includes("waits") ? "2020-01-01T00:00:00Z" : "2020-01-01");
  const word = () =>
    pick(pick([...world.names, ...world.rooms.map(({ key }) => key)]).split(/[ -]/));
  maybe("q", word);
  maybe("source", () => pick(world.rooms).sourceId);
  maybe("room", () => pick(world.rooms).key);
  maybe("person", () => pick([...world.names, ...world.userIds]));
  maybe("limit", () => pick(["1", "5", "200"]));
  return query;
}

/** An operation, asked about something. */
export function tripleOf(
  world: SightWorld,
  operation: AddressedOperation,
  known: {
    things: Readonly<Record<string, readonly Thing[]>>;
    bodies: ReturnType<typeof bodiesOf>;
  },
  pick: <T>(all: readonly T[]) => T,
): Triple {
  const { method, path } = operation;
  let address = path;
  const things: Thing[] = [];
  for (const part of partsOf(path)) {
    const upTo = path.slice(0, path.indexOf(`{${part}}`)).replace("/api/v1/", "");
    if (part === "format") {
      address = address.replace("{format}", pick(["json", "csv"]));
      continue;
    }
    const all = known.things[`${upTo}{${part}}`];
    if (all === undefined) throw new Error(`what ${upTo}{${part}} may be is not known here`);
    const thing = pick(all);
    things.push(thing);
    address = address.replace(`{${part}}`, encodeURIComponent(thing.id));
  }
  const query = method === "GET" ? queryOf(world, operation, pick).toString() : "";
  if (query !== "") address += `?${query}`;
  if (method === "GET") return { operation, address, things, written: [], body: null };
  const { body, things: more = [] } = known.bodies[`${method} ${path}`]?.(pick) ?? {
    body: exampleOf(operation),
  };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { operation, address, things, written: more, body: text };
}

/** What an operation says that it is sent; nothing where it reads nothing. Throws where it does not say. */
export function exampleOf({ method, path, body = null, example }: AddressedOperation): object {
  if (example !== undefined) return example;
  if (body === null || (!isByType(body) && z.safeParse(body, {}).success)) return {};
  throw new Error(`what ${method} ${path} is sent is not said by its example`);
}
