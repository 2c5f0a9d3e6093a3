"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";

const CHOICES = [
  { raw: false, label: "Merged", about: "A lane per person, short gaps joined" },
  { raw: true, label: "Raw", about: "A lane per connection, nothing joined" },
];

/** People, or every connection by itself. */
export function RawSwitch({ raw, onChange }: { raw: boolean; onChange: (raw: boolean) => void }) {
  return (
    <RadioGroup<boolean>
      aria-label="Lanes"
      value={raw}
      onValueChange={onChange}
      className="flex w-fit gap-0.5 rounded-lg bg-sunken p-0.5"
    >
      {CHOICES.map((choice) => (
        <Radio.Root
          key={choice.label}
          value={choice.raw}
          title={choice.about}
          className="cursor-pointer select-none rounded-md px-2.5 py-0.75 text-[12.5px] text-ink-2 hover:text-ink data-checked:bg-surface data-checked:font-[540] data-checked:text-ink data-checked:shadow-card"
        >
          {choice.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
