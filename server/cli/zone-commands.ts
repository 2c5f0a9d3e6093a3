import type { Command } from "commander";
import { isTimeZone } from "#domain/time/time-zone.ts";
import {
  type InstallationZone,
  installationZone,
  readInstallationZone,
} from "#server/http/zone.ts";
import { zoneAdvice } from "#server/runtime/zone-advice.ts";
import { setZone } from "#server/sources/set-zone.ts";
import { type CliContext, CommandError, withCliContext } from "./command.ts";
import { JSON_FLAG, show } from "./show.ts";

const BY: Record<InstallationZone["by"], string> = {
  variable: "ROLLCALL_TIME_ZONE says so",
  setting: "it was set here",
  server: "it is the server's own; nothing was set",
};

/** The commands about the installation's time zone. */
export function addZoneCommands(program: Command): void {
  const zone = program
    .command("zone")
    .enablePositionalOptions()
    .description("the installation's time zone: when days begin");
  zone
    .command("show", { isDefault: true })
    .description("which it is, and who says so")
    .option(...JSON_FLAG)
    .action(async (flags: { json?: boolean }) => {
      showZone(flags.json, await withCliContext(async () => installationZone()));
    });
  zone
    .command("set")
    .description("set it, as Europe/Berlin; running servers follow at once")
    .argument("<zone>", "the name of a time zone")
    .option(...JSON_FLAG)
    .action(async (name: string, flags: { json?: boolean }) => {
      if (!isTimeZone(name)) {
        throw new CommandError(
          `${JSON.stringify(name)} is no time zone such as ${zoneAdvice(name)}.`,
        );
      }
      showZone(flags.json, await withCliContext((context) => setOwnZone(context, name)));
    });
  zone
    .command("clear")
    .description("take the server's own again")
    .option(...JSON_FLAG)
    .action(async (flags: { json?: boolean }) => {
      showZone(flags.json, await withCliContext((context) => setOwnZone(context, null)));
    });
}

async function setOwnZone(
  { env, database, by }: CliContext,
  name: string | null,
): Promise<InstallationZone> {
  if (env.timeZone !== null) {
    throw new CommandError("ROLLCALL_TIME_ZONE says the installation's zone: change it there.");
  }
  await setZone(database, name, by);
  await readInstallationZone(database, env.timeZone);
  return installationZone();
}

function showZone(json: boolean | undefined, { zone, by }: InstallationZone): void {
  show(json, { time_zone: zone, set_by: by }, [`${zone} (${BY[by]})`]);
}
