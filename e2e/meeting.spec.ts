import { expect } from "@playwright/test";
import type { ApiMeeting } from "./world/api.ts";
import { ago, ms } from "./world/clock.ts";
import { costsLittle, opensNoTables, timesSent } from "./world/costs.ts";
import { guest } from "./world/daily.ts";
import { isLive, MeetingPageObject, mark, tile } from "./world/screens.ts";
import { test } from "./world/test.ts";

test("a lane per person, in groups, and each moves by itself", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("algebra");
  const lindqvist = guest("R. Lindqvist", { owner: true });
  const nina = guest("Nina");
  const ivan = guest("Ivan");
  const kofi = guest("Kofi");
  const bipol = guest("bipol");
  await room.joins(lindqvist, ago("42:10"));
  await room.joins(nina, ago("41:00"));
  const ivanCame = ago("40:00");
  await room.joins(ivan, ivanCame);
  await room.leaves(ivan, { since: ivanCame, at: ivanCame + ms("27:04") });
  const kofiCame = ago("20:00");
  await room.knocks(kofi, kofiCame);
  await room.stopsWaiting(kofi, { since: kofiCame, at: kofiCame + ms("4:26") });
  await room.knocks(bipol, ago("0:48"));

  const meeting = new MeetingPageObject(page);
  const { id } = await api.meetingOf(room.name);
  await meeting.open(id);
  await costsLittle(page);
  const isTheSamePage = await mark(page);
  await expect(page).toHaveTitle(`(1 waiting) ${room.name} · Rollcall`);
  expect(await meeting.rows()).toEqual([
    "Waiting · 1",
    "bipol",
    "In the meeting · 2",
    "R. Lindqvist",
    "Nina",
    "Left · 1",
    "Ivan",
    "Not admitted · 1",
    "Kofi",
  ]);
  await expect(meeting.lane("Ivan")).toContainText("27:04");
  await expect(meeting.lane("Kofi")).toHaveAccessibleName("Kofi, not admitted, waited 4:26");
  await expect(tile(page, "Left before admitted").note).toHaveText("after 4:26");
  await expect(tile(page, "Here now").note).toContainText("peak 3 at ");

  await room.joins(bipol);
  await expect
    .poll(() => meeting.rows())
    .toEqual([
      "In the meeting · 3",
      "R. Lindqvist",
      "Nina",
      "bipol",
      "Left · 1",
      "Ivan",
      "Not admitted · 1",
      "Kofi",
    ]);
  await room.leaves(nina, { since: ago("41:00") });
  await expect(meeting.lane("Nina")).toHaveAccessibleName(/^Nina, left, attended 41:\d\d, /);
  await expect(tile(page, "Here now").number).toHaveText("2");
  await expect(tile(page, "Came in").number).toHaveText("4");
  await isTheSamePage();
  // Twice: their lane, and the state.
  expect(await timesSent(page, `/meetings/${id}`, "Ivan")).toBe(2);
  await opensNoTables(page.context(), `/meetings/${id}`);
});

test("the drawer shows why a person's time is what it is", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("algebra");
  const account = { userId: "lena@example.edu" };
  const begin = ago("40:00");
  const at = (time: string) => begin + ms(time);
  const lena = guest("Lena Fischer", account);
  await room.joins(guest("Host", { owner: true }), begin);
  await room.knocks(lena, at("1:37"));
  await room.joins(lena, at("2:11"));
  await room.leaves(lena, { since: at("2:11"), at: at("21:40") });
  const again = guest("Lena Fischer", account);
  await room.joins(again, at("21:49"));
  await room.leaves(again, { since: at("21:49"), at: at("25:00") });
  await room.joins(guest("Lena Fischer", account), at("30:45"));

  const meeting = new MeetingPageObject(page);
  await meeting.open((await api.meetingOf(room.name)).id);
  await expect(meeting.drawer).toHaveText("Choose a lane to see how somebody’s time adds up.");
  await meeting.lane("Lena Fischer").click();
  await expect(meeting.drawer.getByRole("heading", { level: 2 })).toHaveText("Lena Fischer");
  await expect(meeting.drawer).toContainText("signed in · lena@example.edu · 3 connections");
  const reasons = meeting.drawer.getByRole("list", { name: "Stretches" }).locator("> li > p");
  await expect(reasons).toContainText([
    /34 s waited, then admitted; .*waiting does not count$/,
    /19:29 in, reported$/,
    /9 s away, joined by the grace of 30 s$/,
    /3:11 in, reported$/,
    /5:45 away, does not count$/,
    /– now (9|10):\d\d in, still open$/,
  ]);
  // 19:29 + 0:09 + 3:11, and the 9:15 of the visit that has not ended.
  const attended = meeting.drawer.getByText(/^32:\d\d$/);
  await expect(attended).toBeVisible();
  await expect(meeting.drawer.getByRole("heading", { name: /^Why 32:\d\d\?$/ })).toBeVisible();
  const first = await attended.textContent();
  await expect(attended).not.toHaveText(first ?? "");
  await expect(meeting.lane("Lena Fischer"), "one lane, however many connections").toHaveCount(1);

  await meeting.drawer.getByRole("button", { name: "Close" }).click();
  await expect(meeting.drawer).toContainText("Choose a lane");
});

test("who hosted when, and when there was no host", async ({ page, openRoom, world: { api } }) => {
  const room = openRoom("algebra");
  const singh = guest("P. Singh", { owner: true });
  const begin = ago("42:00");
  await room.joins(singh, begin);
  await room.joins(guest("Nina"), begin + ms("1:00"));
  await room.leaves(singh, { since: begin, at: begin + ms("18:00") });
  await room.joins(guest("R. Lindqvist", { owner: true }), begin + ms("20:00"));

  await new MeetingPageObject(page).open((await api.meetingOf(room.name)).id);
  const strip = page.getByRole("img", { name: /^Host: / });
  // Shortly after midnight the meeting began on the day before, and the page shows that day.
  const time = "(?:\\d+ [A-Z][a-z]+ )?\\d\\d:\\d\\d";
  const times = `${time} – ${time}`;
  await expect(strip).toHaveAccessibleName(
    new RegExp(`^Host: P. Singh ${times}, nobody ${times}, R. Lindqvist ${time} – now$`),
  );
  const history = page.getByRole("region", { name: "Host history" }).getByRole("listitem");
  await expect(history).toContainText(["P. Singh", "nobody", "R. Lindqvist"]);
  await expect(tile(page, "Host cover").number).toHaveText("95%");
  await expect(tile(page, "Host cover").note).toHaveText("2:00 without a host");
});

test("where a bot leaves first, the times it did not report are marked as inferred", async ({
  page,
  sendBot,
  world: { api },
}) => {
  const bot = sendBot("Northwind renewal");
  const begin = ago("30:00");
  const haddad = { uuid: "1", name: "M. Haddad", isHost: true };
  const chloe = { uuid: "2", name: "Chloé" };
  await bot.arrives(begin);
  await bot.joins(haddad, begin + ms("1:00"));
  await bot.joins(chloe, begin + ms("2:30"));
  await bot.leaves(chloe, begin + ms("10:00"));

  const meeting = new MeetingPageObject(page);
  await meeting.open((await api.meetingOf(bot.id)).id);
  await expect(tile(page, "Here now").number).toHaveText("1");

  await bot.departs(begin + ms("29:51"));
  await expect(page.getByText("Ended after 28:51")).toBeVisible();
  await expect(tile(page, "Here now").number).toHaveText("0");
  await expect(meeting.lane("M. Haddad")).toContainText("≥ 28:51");
  await expect(meeting.lane("M. Haddad")).toHaveAccessibleName(/attended at least 28:51,/);
  await expect(meeting.lane("Chloé")).not.toContainText("≥");
  await meeting.lane("M. Haddad").click();
  await expect(meeting.drawer.getByRole("list", { name: "Stretches" })).toContainText(
    "28:51 in; nobody reported the leave: the bot left then",
  );
  const answer = await api.meetingOf(bot.id);
  expect(answer.people.map(({ name, visits }) => [name, visits.map(({ end }) => end)])).toEqual([
    ["M. Haddad", ["inferred"]],
    ["Chloé", ["reported"]],
  ]);
});

test("the keyboard walks over the lanes", async ({ page, openRoom, world: { api } }) => {
  const room = openRoom("algebra");
  const names = Array.from({ length: 15 }, (_, n) => `Pupil ${String(n + 1).padStart(2, "0")}`);
  for (const [n, name] of names.entries()) {
    await room.joins(guest(name), ago("20:00") + n * 1000);
  }
  const meeting = new MeetingPageObject(page);
  await meeting.open((await api.meetingOf(room.name)).id);
  await page.getByRole("slider", { name: "Window to" }).focus();
  await page.keyboard.press("Tab");

  const walk = [
    ["", 1],
    ["ArrowDown", 2],
    ["ArrowDown", 3],
    ["ArrowUp", 2],
    ["End", 15],
    ["ArrowDown", 15],
    ["PageUp", 5],
    ["Home", 1],
  ] as const;
  for (const [key, position] of walk) {
    if (key !== "") await page.keyboard.press(key);
    const lane = meeting.lane(names[position - 1] ?? "");
    await expect(lane).toBeFocused();
    await expect(lane).toBeInViewport();
    await expect(lane).toHaveAttribute("aria-posinset", String(position));
  }
  await page.keyboard.press("Enter");
  await expect(meeting.lane("Pupil 01")).toHaveAttribute("aria-selected", "true");
  await expect(meeting.drawer.getByRole("heading", { level: 2 })).toHaveText("Pupil 01");
  await page.keyboard.press("Escape");
  await expect(meeting.drawer).toContainText("Choose a lane");

  await page.getByRole("searchbox", { name: "Find a person" }).fill("pupil 1");
  await expect(meeting.lanes.getByRole("option")).toHaveCount(6);
});

test("repeated, late and disordered deliveries change no number", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("late");
  const begin = ago("30:00");
  const at = (time: string) => begin + ms(time);
  const account = { userId: "u-17" };
  const before = guest("Yuki", account);
  const after = guest("Yuki", account);
  const host = guest("Host", { owner: true });
  const first = await room.joins(host, begin);
  // Their leave is reported before their join, and both after they are back.
  const back = await room.joins(after, at("10:09"));
  await room.leaves(before, { since: at("2:00"), at: at("10:00") });
  await room.joins(before, at("2:00"));

  const meeting = new MeetingPageObject(page);
  await meeting.open((await api.meetingOf(room.name)).id);
  await expect(tile(page, "Here now").number).toHaveText("2");
  await expect(meeting.lane("Yuki")).toHaveText(/^Yuki28:\d\d$/);
  const answer = await api.meetingOf(room.name);

  for (const letter of [first, back, first]) await room.repeats(letter);
  expect(timeless(await api.meetingOf(room.name))).toEqual(timeless(answer));
  await expect(tile(page, "Here now").number).toHaveText("2");
  await expect(tile(page, "Came in").number).toHaveText("2");
});

test("an unknown address of a meeting", async ({ page }) => {
  for (const id of ["0192f0c0-0000-7000-8000-000000000000", "nonsense"]) {
    const response = await page.goto(`/meetings/${id}`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("No such meeting");
    await expect(page).toHaveTitle("No such meeting · Rollcall");
  }
  await page.getByRole("link", { name: "All meetings" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Meetings");
});

test("two meetings of a room become one, and the old address redirects", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("bridge");
  const begin = ago("40:00");
  const at = (time: string) => begin + ms(time);
  const ada = guest("Ada");
  const bo = guest("Bo");
  const chen = guest("Chen");
  await room.joins(ada, at("0:00"));
  await room.leaves(ada, { since: at("0:00"), at: at("10:00") });
  await room.joins(bo, at("20:00"));
  const [earlier, later] = await api.meetingsOf(room.name);
  if (!earlier || !later) throw new Error("there should be two meetings by now");

  const meeting = new MeetingPageObject(page);
  await meeting.open(later.id);
  const isTheSamePage = await mark(page);
  await expect(tile(page, "Came in").number).toHaveText("1");

  // Chen was there all the time between, and that is reported only now.
  await room.leaves(chen, { since: at("9:00"), at: at("21:00") });
  await expect(tile(page, "Came in").number).toHaveText("3");
  await expect
    .poll(() => meeting.rows())
    .toEqual(["In the meeting · 1", "Bo", "Left · 2", "Ada", "Chen"]);
  const [survivor, ...others] = await api.meetingsOf(room.name);
  expect(others).toEqual([]);
  await expect(page).toHaveURL(`/meetings/${survivor?.id}`);
  await isTheSamePage();

  const mergedId = survivor?.id === later.id ? earlier.id : later.id;
  const response = await page.goto(`/meetings/${mergedId}?raw=1`);
  expect(response?.request().redirectedFrom()?.url()).toContain(mergedId);
  await expect(page).toHaveURL(`/meetings/${survivor?.id}?raw=1`);
  await isLive(page);
  expect((await api.meeting(mergedId)).id).toBe(survivor?.id);

  await room.leaves(bo, { since: at("20:00") });
  await expect(tile(page, "Here now").number).toHaveText("0");
});

/** The meeting without the moment of the answer: repeated requests answer the same. */
function timeless({ as_of: _, ...meeting }: ApiMeeting): unknown {
  return {
    ...meeting,
    people: meeting.people.map((person) => ({
      ...person,
      attended_ms: person.status === "present" ? "runs" : person.attended_ms,
    })),
  };
}

test("data that the provider deleted is erased here too: the numbers stay, with when and why", async ({
  page,
  sendBot,
  world: { api },
}) => {
  const bot = sendBot("Northwind renewal");
  const begin = ago("30:00");
  const chloe = { uuid: "2", name: "Chloé" };
  await bot.arrives(begin);
  await bot.joins({ uuid: "1", name: "M. Haddad", isHost: true }, begin + ms("1:00"));
  await bot.joins(chloe, begin + ms("2:30"));
  await bot.leaves(chloe, begin + ms("10:00"));
  await bot.departs(begin + ms("29:51"));

  const meeting = new MeetingPageObject(page);
  const { id } = await api.meetingOf(bot.id);
  await meeting.open(id);
  await expect(meeting.lane("Chloé")).toBeVisible();
  await bot.forgets();
  await expect(page.getByText(/erased/).first(), "by itself").toBeVisible();
  await expect(page.getByText("Chloé")).toHaveCount(0);
  await expect(tile(page, "People").number).toHaveText("2");
  const answer = await api.meeting(id);
  expect(answer.people).toEqual([]);
  expect(answer.peak?.count).toBe(2);
  expect(JSON.stringify(await api.get(`/api/v1/meetings/${id}/events`))).not.toContain("Haddad");
});
