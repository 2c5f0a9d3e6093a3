import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { ZonesContext } from "#components/viewer/zones-context.ts";
import { ZoneSearch } from "./zone-search.tsx";

it("finds a zone by a country, another city and an abbreviation, and shows its country", async () => {
  const onZone = vi.fn();
  const zones = { shown: "UTC", home: "UTC", homeBy: "server", own: null, choice: "home" } as const;
  const chosen = { chosen: "UTC", clock: null, week: null, chooseClock: () => undefined };
  render(
    <ZonesContext value={{ ...zones, ...chosen, isLinked: false, choose: () => undefined }}>
      <ZoneSearch chosen="UTC" onZone={onZone} />
    </ZonesContext>,
  );
  const likeliest = async (query: string, zone: string) => {
    fireEvent.change(screen.getByLabelText("Search zones"), { target: { value: query } });
    await waitFor(() => expect(screen.getAllByRole("option")[0]?.textContent).toBe(zone));
  };
  await likeliest("Germany", "Europe/BerlinGermany");
  await likeliest("New Delhi", "Asia/KolkataIndia");
  await likeliest("PST", "America/Los_AngelesUnited States");
  fireEvent.click(screen.getByRole("option", { name: /Los_Angeles/ }));
  expect(onZone).toHaveBeenCalledWith("America/Los_Angeles");
});
