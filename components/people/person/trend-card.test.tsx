import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { NOW } from "#components/testing/facts.ts";
import { TrendCard } from "./trend-card.tsx";

const NOTHING = { meetings: 0, attendedMs: 0, openCount: 0, openSum: 0, heldMs: 0 };

it("shows what its axis goes up to, and the time attended of every week", () => {
  const first = { ...NOTHING, day: "2026-10-26", meetings: 2, attendedMs: 1_119_000 };
  const steps = [first, { ...NOTHING, day: "2026-11-02" }, { ...NOTHING, day: "2026-11-09" }];
  render(<TrendCard page={{ trend: { by: "week", steps }, asOf: NOW }} />);
  expect(screen.getByText("20 min")).toBeDefined();
  expect(screen.queryByText(/at most/)).toBeNull();
  expect(screen.getByText("time attended each week")).toBeDefined();
  expect(screen.getByText("week from Mon 26 Oct 2026: 18:39 in 2 meetings")).toBeDefined();
  expect(screen.getByText("week from Mon 2 Nov 2026: no meeting")).toBeDefined();
});
