import { fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { pass } from "#components/testing/render-live.tsx";
import { DownloadMenu, formatsOf } from "./download-menu.tsx";
import { FilesNotice } from "./files-notice.tsx";

// Its loading is awaited by no clock that a test pushes, so it is there before.
beforeAll(() => import("#server/http/files/schema.ts"));

/** The server's answers about a file, one after the other; the last one repeats. */
let answers: object[];
let asked: string[];

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  asked = [];
  vi.stubGlobal("fetch", async (path: string, { method = "GET" }: RequestInit = {}) => {
    asked.push(`${method} ${path.replace(/[0-9a-f-]{36}/, "<id>")}`);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer === undefined ? Response.json({}, { status: 404 }) : Response.json(answer);
  });
});
afterEach(async () => {
  await pass(60_000);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const running = (rows: number) => ({ name: "waits.csv", rows, state: "running" });

async function download() {
  render(
    <>
      <DownloadMenu of="this list" choices={formatsOf("/api/v1/waits", { tz: "UTC" })} />
      <FilesNotice />
    </>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Download" }));
  await pass(0);
  const link = screen.getByRole("link", { name: /^CSV/ });
  expect(link.getAttribute("href"), "a link to be copied").toBe(
    "/api/v1/waits.csv?tz=UTC&for=people&locale=en-US",
  );
  link.addEventListener("click", (event) => event.preventDefault());
  fireEvent.click(link);
  await pass(0);
  return link;
}
const announced = () => document.querySelector("[aria-live]")?.textContent;
const line = () => within(screen.getByRole("list", { name: "Files" })).getByRole("listitem");

describe("a download", () => {
  it("is a plain link, and the file's progress is followed row by row until it is complete", async () => {
    answers = [running(500), running(120_000), { ...running(240_311), state: "done" }];
    const link = await download();
    expect(link.getAttribute("href")).toMatch(
      /^\/api\/v1\/waits\.csv\?tz=UTC&for=people&locale=en-US&download=[0-9a-f-]{36}$/,
    );
    await pass(500);
    expect(line().textContent).toContain("waits.csvPreparing… 500 rows");
    await pass(500);
    expect(line().textContent).toContain("Preparing… 120\u202f000 rows");
    expect(announced()).toBe("waits.csv: preparing.");
    await pass(500);
    expect(line().textContent).toContain("Complete · 240\u202f311 rows");
    expect(announced()).toContain("Complete · 240\u202f311 rows");
    await pass(6_000);
    expect(screen.queryByRole("list", { name: "Files" })).toBeNull();
  });

  it("is cancelled from here, and the page says that the file is not whole", async () => {
    answers = [running(500)];
    await download();
    await pass(500);
    answers = [{ stopped: true }, { ...running(700), state: "stopped" }];
    fireEvent.click(screen.getByRole("button", { name: "Cancel waits.csv" }));
    await pass(500);
    expect(asked).toContain("DELETE /api/v1/downloads/<id>");
    expect(line().textContent).toContain("Cancelled: the file is incomplete");
  });

  it("that broke off stays listed until the reader dismisses it", async () => {
    answers = [{ ...running(700), state: "failed" }];
    await download();
    await pass(30_000);
    expect(line().textContent).toContain("Interrupted: the file is incomplete. Try again.");
    fireEvent.click(screen.getByRole("button", { name: "Dismiss waits.csv" }));
    expect(screen.queryByRole("list", { name: "Files" })).toBeNull();
  });

  it("that this server does not know is left to the browser", async () => {
    await download();
    await pass(500);
    expect(screen.queryByRole("list", { name: "Files" })).toBeNull();
    await pass(30_000);
    const questions = asked.length;
    await pass(30_000);
    expect(asked.length).toBe(questions);
  });
});
