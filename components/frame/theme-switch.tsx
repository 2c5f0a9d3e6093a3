"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Switch } from "#components/ui/switch.tsx";
import { readTheme, setTheme, subscribeTheme, type Theme } from "./theme.ts";

const CHOICES: { value: Theme; title: string; Icon: typeof Sun }[] = [
  { value: "system", title: "Match the system", Icon: Monitor },
  { value: "light", title: "Light", Icon: Sun },
  { value: "dark", title: "Dark", Icon: Moon },
];

export function ThemeSwitch() {
  const theme = useSyncExternalStore<Theme>(subscribeTheme, readTheme, () => "system");
  return (
    <Switch<Theme>
      label="Theme"
      value={theme}
      onChange={setTheme}
      choices={CHOICES.map(({ value, title, Icon }) => ({
        value,
        title,
        face: <Icon aria-hidden className="size-3.5" />,
      }))}
      className="grid size-6.5 place-items-center rounded-md text-ink-3 hover:text-ink"
    />
  );
}
