"use client";

import { useScreens } from "#components/frame/main-nav.tsx";
import { useTheme, useThemeChoice } from "#components/frame/theme-switch.tsx";
import { Choice } from "#components/lists/choice.tsx";
import { Card } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { useMe } from "#components/viewer/me.tsx";
import { useOwnSettings } from "#components/viewer/own-settings.tsx";
import { choiceOf, useZonesShown } from "#components/viewer/zones-context.ts";
import { ZoneField } from "#components/zone/zone-field.tsx";
import { firstPageOf } from "#domain/access/role.ts";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const AS_BROWSER = "As this browser has it";

/** How pages look to whoever looks: kept with them where they are signed in, and else in this browser. */
export function LookCard() {
  const isMember = useMe().id !== null;
  const zones = useZonesShown();
  const theme = useTheme();
  const chooseTheme = useThemeChoice();
  return (
    <Card title="How it looks" className="mt-4.5 max-w-4xl">
      <div className="grid gap-x-2.5 gap-y-3 px-4 py-3 sm:grid-cols-2 sm:px-4.5 lg:grid-cols-3">
        <Field label="Time zone">
          <ZoneField
            zone={zones.chosen}
            onZone={(zone) => zones.choose(choiceOf(zone, zones))}
            label="Time zone"
          />
        </Field>
        <Field label="Clock">
          <Choice
            value={zones.clock ?? ""}
            onChange={(clock) =>
              zones.chooseClock({ clock: clock === "h12" || clock === "h23" ? clock : null })
            }
          >
            <option value="">{AS_BROWSER}</option>
            <option value="h23">24 hours, as 14:05</option>
            <option value="h12">12 hours, as 2:05 PM</option>
          </Choice>
        </Field>
        <Field label="A week begins on">
          <Choice
            value={String(zones.week ?? "")}
            onChange={(day) => zones.chooseClock({ week: day === "" ? null : Number(day) })}
          >
            <option value="">{AS_BROWSER}</option>
            {DAYS.map((day, index) => (
              <option key={day} value={index + 1}>
                {day}
              </option>
            ))}
          </Choice>
        </Field>
        <Field label="Theme">
          <Choice
            value={theme}
            onChange={(chosen) =>
              chooseTheme(chosen === "light" || chosen === "dark" ? chosen : "system")
            }
          >
            <option value="system">As the system has it</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </Choice>
        </Field>
        {isMember && <StartField />}
      </div>
      <p className="px-4 pb-3.5 text-note text-ink-3 sm:px-4.5">
        {isMember
          ? "Kept with you: the same in every browser in which you sign in."
          : "Kept in this browser, as long as nobody signs in."}
      </p>
    </Card>
  );
}

function StartField() {
  const { settings, keep } = useOwnSettings();
  const first = firstPageOf(useMe().role);
  const start = settings.start ?? first;
  const pages = [{ href: "/", name: "Live" }, ...useScreens()];
  const isOther = pages.every(({ href }) => href !== start);
  return (
    <Field label="Opens after signing in">
      <Choice
        value={start}
        onChange={(chosen) => keep({ start: chosen === first ? null : chosen })}
      >
        {pages.map(({ href, name }) => (
          <option key={href} value={href}>
            {name}
          </option>
        ))}
        {isOther && <option>{start}</option>}
      </Choice>
    </Field>
  );
}
