import { randomUUID } from "node:crypto";
import { eventOfAttendee, eventOfDaily, type Known } from "./hostile/bodies.ts";
import { cookieOf, idsIn } from "./hostile/known.ts";
import { AttendeeBot, type AttendeeJson, signedByAttendee } from "./world/attendee.ts";
import { ago } from "./world/clock.ts";
import { rollcall } from "./world/command.ts";
import { DailyRoom, guest, signedByDaily } from "./world/daily.ts";
import { addSource, textIn } from "./world/source.ts";
import { Victim } from "./world/victim.ts";

/** A server with some data of every kind, and the most that an attacker could know of it. */
export async function attacked(): Promise<{ victim: Victim; known: Known }> {
  const victim = await Victim.start();
  try {
    return { victim, known: await furnished(victim) };
  } catch (error) {
    await victim.stop();
    throw error;
  }
}

async function furnished({ dataDir, baseUrl }: Victim): Promise<Known> {
  const key = textIn(await rollcall(dataDir, "key", "create", "--name", "Mutations"), "key");
  const daily = await addSource(dataDir, baseUrl, "daily");
  const attendee = await addSource(dataDir, baseUrl, "attendee");
  const room = new DailyRoom(daily, "ward-0");
  const [ada, bo] = [guest("Ada", { userId: "u1" }), guest("Bo")];
  await room.joins(ada, ago("20:00"));
  await room.knocks(bo, ago("15:00"));
  await room.stopsWaiting(bo, { since: ago("15:00"), at: ago("12:00") });
  await room.leaves(ada, { since: ago("20:00"), at: ago("10:00") });
  const bot = new AttendeeBot(attendee, "Renewal");
  await bot.arrives(ago("9:00"));
  await bot.joins({ uuid: "1", name: "M. Haddad", isHost: true }, ago("8:00"));
  return {
    key,
    cookie: await cookieOf(baseUrl),
    ids: [...(await idsIn({ baseUrl, key })), bot.id, randomUUID(), "none"],
    webhooks: [
      {
        path: daily.path,
        event: eventOfDaily,
        sign: (body) => signedByDaily(body, daily.secret).headers,
      },
      {
        path: attendee.path,
        event: eventOfAttendee,
        sign: (body) => signedByAttendee(jsonOf(body), attendee.secret).headers,
      },
    ],
  };
}

/** The JSON of a text; `null` where it is none, and then no signature is right for it. */
function jsonOf(text: string): AttendeeJson {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
