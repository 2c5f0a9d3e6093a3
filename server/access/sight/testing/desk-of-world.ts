import { eq } from "drizzle-orm";
import { z } from "zod";
import { notifyAlerts } from "#db/connection/bus.ts";
import { noteAsked } from "#db/desk/acts/asked.ts";
import { applyChanges } from "#db/desk/alerts/alerts.ts";
import { ruleById } from "#db/desk/alerts/rules.ts";
import { attendances } from "#db/schema/projected.ts";
import type { SightWorld, WorldRoom } from "./world-kinds.ts";

/*
 * What the desk and the house enter about the rooms of a world: rules and what they alarm of, groups, what is told those
 * who wait, what is done about a wait, where other systems and chats are told. All of it has words of its own too.
 */

type Enter = (method: string, path: string, body: object) => Promise<string>;

const entered = z.looseObject({ id: z.string().optional() });

/** Enters all of it, as who sees everything. */
export async function enterDesk(world: SightWorld): Promise<void> {
  const enter: Enter = async (method, path, body) => {
    const answer = await world.client.send(method, `/api/v1/${path}`, body);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return entered.parse(await answer.json()).id ?? "";
  };
  const { house } = world;
  const chat = { kind: "slack", name: "Chat Pelwuxi", address: "https://93.184.216.34/pelwuxi" };
  house.channels.push(await enter("POST", "alert-channels", { ...chat, on: false }));
  const other = { url: "https://93.184.216.34/hexgobi", triggers: ["participant.joined"] };
  house.endpoints.push(await enter("POST", "endpoints", other));
  for (const [index, room] of world.rooms.entries()) {
    await enterOfRoom(world, room, index, enter);
    await alarm(world, room, "first");
  }
}

async function enterOfRoom(world: SightWorld, room: WorldRoom, index: number, enter: Enter) {
  const { house } = world;
  const word = (of: string) => `${of}${index}z`;
  const own = ["Rulqex", "Groupwyf", "Linkzor", "Tellvix"].map(word);
  const [rule = "", group = "", link = "", told = ""] = own;
  const note = word("Notegup");
  const source = room.sourceId;
  const links = [{ label: link, url: "https://records.example/{room}/{user_id}" }];
  const of = { source_id: source, rooms: [room.key] };
  house.groups.push(await enter("POST", "room-groups", { name: group, ...of, links }));
  const limits = { sources: [source], rooms: [room.key] };
  const person = world.people.find(({ rooms }) => rooms.length === 1 && rooms[0] === room);
  if (person === undefined) throw new Error(`nobody is in ${room.key} alone`);
  // By its usual name, which has the person's in it.
  const ofPerson = { kind: "person", person: person.name, does: "joined", ...limits };
  const ids = [
    await enter("POST", "alert-rules", { kind: "waiting", name: rule, ...limits }),
    await enter("POST", "alert-rules", ofPerson),
  ];
  house.rules.push(...ids);
  room.rules.push(...ids);
  await enter("PUT", "room-messages", { source, room: room.key, text: told });
  for (const id of room.waits.slice(0, 2)) {
    await enter("PUT", `waits/${id}/note`, { text: note });
  }
  // Whoever sees initials is not shown what was noted of somebody.
  world.names.push(note);
  room.words.push(...own, note, ...ids);
}

/** Has the rules of a room alarm of it, has somebody asked to be let in as host, and says so on the bus. */
export async function alarm(world: SightWorld, room: WorldRoom, why: string): Promise<void> {
  const { database, now } = world.client.app;
  const [meeting = ""] = room.meetings;
  const seen = await database.orm
    .select({ id: attendances.personId, participantIds: attendances.participantIds })
    .from(attendances)
    .where(eq(attendances.meetingId, meeting));
  for (const [index, id] of room.rules.entries()) {
    const rule = await ruleById(database.orm, id);
    const person = seen[index];
    if (rule === null || person === undefined) throw new Error(`nobody to alarm of in ${room.key}`);
    const subject = {
      key: `${room.key} ${index} ${why}`,
      ...{ sourceId: room.sourceId, roomId: Number(room.id), meetingId: meeting },
      ...{ personId: person.id, scheduledId: null },
    };
    const raised = { kind: "raised", rule, subject, since: now, overAt: null } as const;
    const made = await applyChanges(database.orm, [raised], now);
    room.alerts.push(...made);
    room.words.push(...made);
  }
  const by = `Askvux${room.id}z${why}`;
  room.words.push(by);
  const participantIds = seen[0]?.participantIds ?? [];
  const asked = { roomId: Number(room.id), act: "open_as_host", participantIds, by } as const;
  await noteAsked(database.orm, asked, now);
  await notifyAlerts(database.orm);
}
