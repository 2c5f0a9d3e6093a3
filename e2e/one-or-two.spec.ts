import { randomBytes } from "node:crypto";
import { expect } from "@playwright/test";
import { isAccessible } from "./world/access.ts";
import { ago, ms } from "./world/clock.ts";
import { DailyRoom, guest } from "./world/daily.ts";
import { isLive, LivePageObject, MeetingPageObject, sign } from "./world/screens.ts";
import { addSource } from "./world/source.ts";
import { test } from "./world/test.ts";

const BEGAN = ago("40:00");
const at = (time: string) => BEGAN + ms(time);

/** Ada was there twice, with five minutes in between. */
async function interrupted(room: DailyRoom): Promise<void> {
  for (const [from, to] of [
    ["0:00", "10:00"],
    ["15:00", "25:00"],
  ] as const) {
    await room.leaves(guest("Ada"), { since: at(from), at: at(to) });
  }
}

test("an interrupted meeting is joined by hand, signed, and separated again", async ({
  page,
  openRoom,
  world: { api },
}) => {
  const room = openRoom("interrupted");
  await interrupted(room);
  const [one, other] = await api.meetingsOf(room.name);
  if (!one || !other) throw new Error("there should be two meetings by now");
  const meeting = new MeetingPageObject(page);
  await meeting.open(one.id);
  const card = page.getByRole("region", { name: "One meeting or two" });
  await expect(card).toContainText("5:00 apart");

  await card.getByRole("button", { name: "Join" }).click();
  await sign(page, "Marta at reception");
  await expect(card).toContainText(
    /Joined over the break from .* by Marta at reception · (?:\d+ \w+ )?\d\d:\d\d/,
  );
  const [joined, ...others] = await api.meetingsOf(room.name);
  expect(others).toEqual([]);
  const answer = await api.meeting(joined?.id ?? "");
  expect(answer.people.map((person) => person.attended_ms)).toEqual([ms("20:00")]);

  await card.getByRole("button", { name: "Undo" }).click();
  await expect(card).toContainText("5:00 apart");
  expect(await api.meetingsOf(room.name)).toHaveLength(2);
});

test("a person who waits and is no longer there is put away by hand, for every reader, and comes back", async ({
  page,
  browser,
  openRoom,
  world: { api, baseUrl },
}) => {
  const room = openRoom("ghost");
  const context = await browser.newContext();
  const [here, there] = [new LivePageObject(page), new LivePageObject(await context.newPage())];
  await room.knocks(guest("Ghost Writer"), ago("41:00"));
  await Promise.all([here.open(), there.open(baseUrl)]);
  await expect(there.waiting("Ghost Writer")).toBeVisible();

  const action = here
    .waiting("Ghost Writer")
    .getByRole("button", { name: "Ghost Writer: not here any more" });
  await action.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Ghost Writer: not here any more" });
  await dialog.getByLabel("Your name").fill("Marta at reception");
  await dialog.getByRole("button", { name: "Not here any more" }).click();
  for (const screen of [here, there]) {
    await expect(screen.waiting("Ghost Writer")).toHaveCount(0);
    await expect(screen.row(room.name)).toHaveCount(0);
  }
  const [meeting] = await api.meetingsOf(room.name);
  if (!meeting) throw new Error("there should be a meeting by now");
  const otherPage = new MeetingPageObject(there.page);
  await there.page.goto(`${baseUrl}/meetings/${meeting.id}`);
  const correction = there.page.getByRole("region", { name: "Put away by hand" });
  await expect(correction).toContainText(
    /Ghost Writer not here any more by .*, said by Marta at reception · /,
  );
  await expect(otherPage.lane("Ghost Writer")).toContainText("Ghost Writer");

  // Their row is gone, and the focus is on the button that undoes it; afterwards where it was.
  await expect(page.getByText(/^Ghost Writer: not here any more$/)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(here.waiting("Ghost Writer")).toBeVisible();
  await expect(here.waitingRoom).toBeFocused();
  await expect(correction).toHaveCount(0);
  await context.close();
});

test("a source with a longer gap is rebuilt, and the page shows the progress", async ({
  page,
  world: { api, dataDir, baseUrl },
}) => {
  const source = await addSource(dataDir, baseUrl, "daily");
  const room = new DailyRoom(source, `ward-${randomBytes(3).toString("hex")}`);
  await interrupted(room);
  expect(await api.meetingsOf(room.name)).toHaveLength(2);

  await page.goto("/sources");
  await isLive(page);
  const inList = page.getByRole("region").filter({ hasText: "Clinic" }).first();
  await expect(inList).toContainText("A new meeting begins after 2 min empty.");
  await isAccessible(page, "the sources", { themes: ["light", "dark"], widths: [1440, 390] });
  await page.goto(`/sources/${source.path.split("/").at(-1)}`);
  await isLive(page);
  const card = page.getByRole("region", { name: "Settings" });
  const save = card.getByRole("button", { name: "Save" });
  await expect(save).toBeDisabled();
  const gap = card.getByLabel("A new meeting begins after, in seconds empty");
  await expect(gap).toHaveValue("120");

  await gap.fill("600");
  await save.click();
  const progress = card.getByRole("progressbar");
  await expect(progress).toBeVisible();
  await expect(progress, "and says so until it is").toHaveCount(0);
  await expect(gap).toHaveValue("600");
  expect(await api.meetingsOf(room.name)).toHaveLength(1);

  await gap.fill("120");
  await save.click();
  await expect.poll(async () => (await api.meetingsOf(room.name)).length).toBe(2);
});
