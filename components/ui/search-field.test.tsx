import { act, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { SearchField } from "./search-field.tsx";

let hear: (value: string) => void = () => undefined;

/** A page that hears of what is typed when it is told, and not before. */
function Slow({ typed }: { typed: string[] }) {
  const [value, setValue] = useState("");
  hear = setValue;
  return <SearchField label="Find" value={value} onChange={(text) => void typed.push(text)} />;
}

test("what is typed stands however late the page hears of it", () => {
  const typed: string[] = [];
  render(<Slow typed={typed} />);
  const field = screen.getByRole("searchbox", { name: "Find" });
  for (const text of ["a", "ad", "ada"]) fireEvent.change(field, { target: { value: text } });
  expect(typed).toEqual(["a", "ad", "ada"]);
  expect(field).toHaveProperty("value", "ada");
  act(() => hear("a"));
  expect(field).toHaveProperty("value", "ada");
  act(() => hear("ada"));
  expect(field).toHaveProperty("value", "ada");
  // As by a button that shows everything again.
  fireEvent.blur(field);
  act(() => hear(""));
  expect(field).toHaveProperty("value", "");
});
