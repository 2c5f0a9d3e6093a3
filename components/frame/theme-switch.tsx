"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { readTheme, setTheme, subscribeTheme, type Theme } from "./theme.ts";

const CHOICES: { theme: Theme; label: string; Icon: typeof Sun }[] = [
  { theme: "system", label: "As the system", Icon: Monitor },
  { theme: "light", label: "Light", Icon: Sun },
  { theme: "dark", label: "Dark", Icon: Moon },
];

export function ThemeSwitch() {
  const theme = useSyncExternalStore<Theme>(subscribeTheme, readTheme, () => "system");
  return (
    <RadioGroup<Theme>
      aria-label="Theme"
      value={theme}
      onValueChange={setTheme}
      className="flex w-fit gap-0.5 rounded-lg bg-sunken p-0.5"
    >
      {CHOICES.map((choice) => (
        <Radio.Root
          key={choice.theme}
          value={choice.theme}
          aria-label={choice.label}
          title={choice.label}
          className="grid size-6.5 cursor-pointer place-items-center rounded-md text-ink-3 hover:text-ink data-checked:bg-surface data-checked:text-ink data-checked:shadow-card"
        >
          <choice.Icon aria-hidden className="size-3.5" />
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
