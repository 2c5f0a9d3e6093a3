"use client";

import { Switch } from "#components/ui/switch.tsx";

const CHOICES = [
  { value: "merged", title: "A lane per person, short gaps joined", face: "Merged" },
  { value: "raw", title: "A lane per connection, nothing joined", face: "Raw" },
] as const;

/** Switches between lanes per person and lanes per connection. */
export function RawSwitch({ raw, onChange }: { raw: boolean; onChange: (raw: boolean) => void }) {
  return (
    <Switch
      label="Lanes"
      value={raw ? "raw" : "merged"}
      onChange={(value) => onChange(value === "raw")}
      choices={CHOICES}
      className="select-none rounded-md px-2.5 py-0.75 text-note text-ink-2 hover:text-ink has-checked:font-firm"
    />
  );
}
