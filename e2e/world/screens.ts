import { expect, type Locator, type Page } from "@playwright/test";

/** Waits until the page is up to date with the server: from then on it moves by itself. */
export async function isLive(page: Page): Promise<void> {
  await expect(badge(page)).toContainText("Live");
}

/** The badge that shows how fresh the page is. */
export function badge(page: Page): Locator {
  return page.getByRole("banner").getByRole("status");
}

/** Marks the page; the returned function fails if the page was reloaded since. */
export async function mark(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => document.documentElement.setAttribute("data-opened", "once"));
  return () => expect(page.locator("html")).toHaveAttribute("data-opened", "once");
}

/** A headline number with its note, by its label. */
export function tile(page: Page, label: string): { number: Locator; note: Locator } {
  const group = page.locator("dl > div").filter({ has: page.getByText(label, { exact: true }) });
  return { number: group.locator("dd").first(), note: group.locator("dd").last() };
}

/** Chooses a time zone by its name, in the control with that label. */
export async function chooseZone(page: Page, control: Locator, zone: string): Promise<void> {
  await control.click();
  await page.getByRole("combobox", { name: "Search zones" }).fill(zone);
  await page.getByRole("option", { name: zone }).first().click();
}

/** Enters the operator's name, where the page asks for it. */
export async function sign(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Who are you?" });
  await dialog.getByRole("textbox").fill(name);
  await dialog.getByRole("button", { name: "Continue" }).click();
}

/** The Live page. */
export class LivePageObject {
  readonly page: Page;
  readonly waitingRoom: Locator;
  readonly justHappened: Locator;
  readonly meetings: Locator;

  constructor(page: Page) {
    this.page = page;
    this.waitingRoom = page.getByRole("region", { name: "Waiting room" });
    this.justHappened = page.getByRole("region", { name: "Just happened" });
    this.meetings = page.getByRole("region", { name: "Meetings in progress" });
  }

  async open(baseUrl = ""): Promise<void> {
    await this.page.goto(`${baseUrl}/`);
    await isLive(this.page);
  }

  row(name: string): Locator {
    return this.meetings.getByRole("listitem").filter({ hasText: name });
  }

  waiting(name: string): Locator {
    return this.waitingRoom.getByRole("listitem").filter({ hasText: name });
  }

  happened(words: string | RegExp): Locator {
    return this.justHappened.getByRole("listitem").filter({ hasText: words });
  }
}

/** The page of one meeting. */
export class MeetingPageObject {
  readonly page: Page;
  readonly lanes: Locator;
  readonly drawer: Locator;

  constructor(page: Page) {
    this.page = page;
    this.lanes = page.getByRole("listbox", { name: "People" });
    this.drawer = page.getByRole("region", { name: "Person" });
  }

  async open(id: string): Promise<void> {
    await this.page.goto(`/meetings/${id}`);
    await isLive(this.page);
  }

  lane(name: string): Locator {
    return this.lanes.getByRole("option", { name: new RegExp(`^${name},`) });
  }

  /** Groups and names in their order on the page: `["Waiting · 1", "Ada", …]`. */
  async rows(): Promise<string[]> {
    const rows = this.lanes.locator("> *");
    const read = await rows.evaluateAll((elements) =>
      elements.map((element) => ({
        top: element.getBoundingClientRect().top,
        text: element.querySelector("bdi")?.textContent ?? element.textContent ?? "",
      })),
    );
    return read.toSorted((a, b) => a.top - b.top).map(({ text }) => text);
  }
}
