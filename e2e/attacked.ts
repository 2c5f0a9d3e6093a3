import { randomUUID } from "node:crypto";
import type { Known } from "./hostile/bodies.ts";
import { cookieOf, idsIn } from "./hostile/known.ts";
import { Victim } from "./hostile/victim.ts";
import { AttendeeBot } from "./world/attendee.ts";
import { ago } from "./world/clock.ts";
import { rollcall } from "./world/command.ts";
import { DailyRoom, guest, signedByDaily } from "./world/daily.ts";
import { addSource, textIn } from "./world/source.ts";

/** A server with a little of everything, and what an attacker could know of it at best. */
export async function attacked(): Promise<{ victim: Victim; known: Known }> {
  const victim = await Victim.start();
  const baseUrl = `http://127.0.0.1:${victim.port}`;
  const key = textIn(await rollcall(victim.dataDir, "key", "create", "--name", "Mutations"), "key");
  const daily = await addSource(victim.dataDir, baseUrl, "daily");
  const attendee = await addSource(victim.dataDir, baseUrl, "attendee");
  const room = new DailyRoom(daily, "ward-0");
  const [ada, bo] = [guest("Ada", { userId: "u1" }), guest("Bo")];
  await room.joins(ada, ago("20:00"));
  await room.knocks(bo, ago("15:00"));
  await room.stopsWaiting(bo, { since: ago("15:00"), at: ago("12:00") });
  await room.leaves(ada, { since: ago("20:00"), at: ago("10:00") });
  const bot = new AttendeeBot(attendee, "Renewal");
  await bot.arrives(ago("9:00"));
  await bot.joins({ uuid: "1", name: "M. Haddad", isHost: true }, ago("8:00"));
  const known: Known = {
    key,
    cookie: await cookieOf(baseUrl),
    ids: [...(await idsIn({ baseUrl, key })), bot.id, randomUUID(), "none"],
    webhooks: [
      { path: daily.path, sign: (body) => signedByDaily(body, daily.secret).headers },
      { path: attendee.path, sign: (body) => signedByDaily(body, attendee.secret).headers },
    ],
  };
  return { victim, known };
}
