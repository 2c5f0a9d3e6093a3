import { z } from "zod";
import { ago, ms } from "./clock.ts";
import { DailyRoom, guest } from "./daily.ts";
import type { Source } from "./http.ts";
import { jsonOf } from "./http.ts";

const made = z.object({ id: z.string() });
const list = z.object({
  results: z.array(z.object({ id: z.string(), name: z.string().optional() })),
});
const meeting = z.object({ people: z.array(z.object({ id: z.string() })) });

/** The addresses of what `everything` made, by the parts of the addresses of pages. */
export interface Made {
  open: string;
  ended: string;
  person: string;
  room: string;
  scheduled: string;
  emptyScheduled: string;
  classList: string;
  statement: string;
  source: string;
  delivery: string;
  endpoint: string;
}

/** One of each thing that can be changed: corrected, joined, kept apart, expected, stated and imported. */
export async function everything(baseUrl: string, daily: Source, key: string): Promise<Made> {
  const ask = async (method: string, path: string, body?: object | string): Promise<unknown> => {
    const isText = typeof body === "string";
    const response = await fetch(new URL(`/api/v1${path}`, baseUrl), {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": isText ? "application/octet-stream" : "application/json",
      },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    });
    const answer = await jsonOf(response);
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const ids = async (path: string) => list.parse(await ask("GET", path)).results;
  const first = async (path: string) => (await ids(path))[0]?.id ?? "none";

  const begin = ago("50:00");
  const lesson = new DailyRoom(daily, "lesson");
  for (const [name, from, to] of [
    ["Guest", "0:00", "9:00"],
    ["Guest", "10:00", "12:00"],
    ["Ada", "1:00", "12:00"],
    ["Bo", "30:00", "40:00"],
  ] as const) {
    await lesson.leaves(guest(name), { since: begin + ms(from), at: begin + ms(to) });
  }
  const ward = new DailyRoom(daily, "ward");
  await ward.joins(guest("Cleo", { owner: true, userId: "cleo" }), begin);
  await ward.joins(guest("Ada", { userId: "ada" }), begin);
  await ward.joins(guest("Guest"), begin);
  await ward.knocks(guest("Kofi"), ago("3:00"));
  await ward.knocks(guest("Lost"), ago("20:00"));

  const open = await first("/meetings?room=ward");
  // The earlier of two.
  const ended = (await ids("/meetings?room=lesson")).at(-1)?.id ?? "none";
  const room = await first("/rooms?q=lesson");
  const shown = await ids("/people");
  const called = (name: string) => shown.filter((one) => one.name === name).map(({ id }) => id);
  const classList = made.parse(
    await ask("POST", "/class-lists", { name: "Class", roster: "Ada\nNobody" }),
  ).id;
  await ask("PUT", `/rooms/${room}/class-list`, { class_list: classList });
  const start = { time_zone: "UTC", time: "09:00", weekdays: { fri: "10:00" } };
  await ask("PATCH", `/rooms/${room}/settings`, { start });
  const times = (from: string) => ({
    source: daily.path.split("/").at(-1),
    starts_at: new Date(ago(from)).toISOString(),
    ends_at: new Date(ago(from) + ms("90:00")).toISOString(),
  });
  const scheduled = made.parse(
    await ask("POST", "/scheduled-meetings", {
      ...times("49:00"),
      ...{ room: "ward", title: "Round", roster: "Cleo, host\nDr A. Lovelace\nMary" },
    }),
  ).id;
  const emptyScheduled = made.parse(
    await ask("POST", "/scheduled-meetings", { ...times("40:00"), room: "garden" }),
  ).id;
  const inside = meeting.parse(await ask("GET", `/meetings/${open}`)).people;
  await ask("PUT", `/scheduled-meetings/${scheduled}/matches`, {
    ...{ position: 2, meeting_id: open, person_id: inside[1]?.id },
  });
  await ask("POST", "/people/links", { people: called("Ada").slice(0, 2) });
  await ask("POST", "/people/apart", { people: [called("Bo")[0], called("Guest")[0]] });
  await ask("POST", `/meetings/${open}/rulings`, {
    ...{ verdict: "not_here", where: "waiting", person_ids: lastOf(inside) },
  });
  const statement = made.parse(
    await ask("POST", "/statements", {
      ...{ person_id: called("Bo")[0], tz: "UTC" },
      ...{ from: new Date(ago("1:00:00")).toISOString().slice(0, 10), to: today() },
    }),
  ).id;
  await ask(
    "POST",
    "/imports?file=old.csv&tz=UTC&room=Old&dates=day_first",
    "Name,Join Time,Leave Time\nEmmy,2026-03-30 09:00:00,2026-03-30 10:00:00\n",
  );
  const person = called("Ada")[0] ?? "none";
  const source = daily.path.split("/").at(-1) ?? "none";
  const delivery = await first(`/deliveries?source=${source}`);
  // Nothing is sent there.
  const told = { url: "https://93.184.216.34/hooks", triggers: ["endpoint.paused"] };
  const endpoint = made.parse(await ask("POST", "/endpoints", told)).id;
  const expected = { scheduled, emptyScheduled, classList };
  return { open, ended, person, room, statement, source, delivery, endpoint, ...expected };
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function lastOf(people: readonly { id: string }[]): string[] {
  return people.slice(-1).map(({ id }) => id);
}
