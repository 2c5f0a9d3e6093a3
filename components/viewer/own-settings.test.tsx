import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { KeptNotice } from "#components/frame/kept-notice.tsx";
import { ThemeSwitch } from "#components/frame/theme-switch.tsx";
import { type MeShown, NOTHING_CHOSEN } from "./me.tsx";
import { OwnChanges, OwnSettingsProvider, useOwnSettings } from "./own-settings.tsx";

const ADA: MeShown = {
  ...{ id: "m1", name: "Ada", email: "ada@example.com", role: "viewer", second_factor: false },
  ...{ sources: null, rooms: null, masked: false, changed_at: "2026-11-20T10:00:00.000Z" },
  settings: { ...NOTHING_CHOSEN, theme: "dark" },
};

let sent: unknown[];
let answer: (settings: object) => Response;
const reload = vi.fn();

beforeEach(() => {
  sent = [];
  answer = (settings) =>
    Response.json({
      ...ADA,
      changed_at: "2026-11-20T10:05:00.000Z",
      settings: { ...ADA.settings, ...settings },
    });
  vi.stubGlobal(
    "fetch",
    async (path: string, { method, body }: { method: string; body: string }) => {
      const given = JSON.parse(body);
      sent.push([method, path, given]);
      return answer(given.settings);
    },
  );
  vi.stubGlobal("location", { ...window.location, reload });
  reload.mockClear();
});
afterEach(() => {
  vi.unstubAllGlobals();
  delete document.documentElement.dataset["theme"];
});

function Shown() {
  return <p>{JSON.stringify(useOwnSettings().settings)}</p>;
}

function page(me: MeShown, changedAt: string | null = me.changed_at) {
  return (
    <OwnSettingsProvider me={me}>
      <ThemeSwitch />
      <Shown />
      <KeptNotice />
      <OwnChanges changedAt={changedAt} />
    </OwnSettingsProvider>
  );
}

const theme = () => document.documentElement.dataset["theme"];

it("shows what a member chose in place of what the browser keeps, and stores a change quietly", async () => {
  localStorage.setItem("rollcall-theme", "light");
  render(page(ADA));
  expect([theme(), localStorage.getItem("rollcall-theme")]).toEqual(["dark", "dark"]);
  fireEvent.click(screen.getByRole("radio", { name: "Light" }));
  expect(theme()).toBe("light");
  await waitFor(() =>
    expect(sent).toEqual([["PATCH", "/api/v1/me", { settings: { theme: "light" } }]]),
  );
  expect(screen.getByRole("alert").textContent).toBe("");
});

it("goes back and says so where a change is not stored", async () => {
  answer = () => Response.json({ error: { code: "x", message: "It is away." } }, { status: 503 });
  render(page(ADA));
  fireEvent.click(screen.getByRole("radio", { name: "Match the system" }));
  expect(theme()).toBeUndefined();
  await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("It is away."));
  expect(theme()).toBe("dark");
  fireEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(screen.getByRole("alert").textContent).toBe("");
});

it("stores nothing where nobody signs in: the browser keeps it", () => {
  render(page({ ...ADA, id: null, changed_at: null }));
  fireEvent.click(screen.getByRole("radio", { name: "Light" }));
  expect([theme(), localStorage.getItem("rollcall-theme"), sent]).toEqual(["light", "light", []]);
});

it("loads a page anew that knows of a later change by another device, and none of its own", async () => {
  const { rerender } = render(page(ADA));
  fireEvent.click(screen.getByRole("radio", { name: "Light" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  await act(async () => rerender(page(ADA, "2026-11-20T10:05:00.000Z")));
  expect(reload).not.toHaveBeenCalled();
  rerender(page(ADA, "2026-11-20T10:06:00.000Z"));
  expect(reload).toHaveBeenCalledOnce();
});
