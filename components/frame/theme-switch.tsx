"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Switch } from "#components/ui/switch.tsx";
import { useOwnSettings } from "#components/viewer/own-settings.tsx";
import { readTheme, setTheme, subscribeTheme, type Theme } from "#components/viewer/theme.ts";

const CHOICES: { value: Theme; title: string; Icon: typeof Sun }[] = [
  { value: "system", title: "Match the system", Icon: Monitor },
  { value: "light", title: "Light", Icon: Sun },
  { value: "dark", title: "Dark", Icon: Moon },
];

/** The theme of this page. */
export function useTheme(): Theme {
  const { settings } = useOwnSettings();
  return useSyncExternalStore<Theme>(subscribeTheme, readTheme, () => settings.theme ?? "system");
}

/** Shows a theme at once, and keeps it. */
export function useThemeChoice(): (theme: Theme) => void {
  const { keep } = useOwnSettings();
  return (theme) => {
    setTheme(theme);
    keep({ theme: theme === "system" ? null : theme });
  };
}

export function ThemeSwitch() {
  const theme = useTheme();
  const choose = useThemeChoice();
  return (
    <Switch<Theme>
      label="Theme"
      value={theme}
      onChange={choose}
      choices={CHOICES.map(({ value, title, Icon }) => ({
        value,
        title,
        face: <Icon aria-hidden className="size-3.5" />,
      }))}
      className="grid size-6.5 place-items-center rounded-md text-ink-3 hover:text-ink"
    />
  );
}
