import type { Command } from "commander";
import { roomById } from "#db/rooms/register.ts";
import { LONGEST_TITLE } from "#domain/participant/room-title.ts";
import { oneMeetingARoom } from "#server/providers/providers.ts";
import { titleRoom } from "#server/rooms/room-title.ts";
import { type CliContext, CommandError, withCliContext } from "./command.ts";
import { JSON_FLAG, show } from "./show.ts";

/** A room as it is called now. */
interface TitledRoom {
  id: string;
  room: string;
  title: string | null;
}

/** The commands about rooms. */
export function addRoomCommands(program: Command): void {
  program
    .command("room")
    .description("the rooms in which meetings happen")
    .command("title")
    .description("say what a room is called; an empty title returns to what its provider reports")
    .argument("<id>", "the end of the address of its page")
    .argument("<title>", "what to call it")
    .option(...JSON_FLAG)
    .action(async (id: string, title: string, flags: { json?: boolean }) => {
      const titled = await withCliContext((context) => runRoomTitle(context, id, title));
      show(flags.json, titled, [`${titled.room} is called ${titled.title ?? "by its key"} now.`]);
    });
}

/** Calls a room by hand. Throws `CommandError` for none, and for a title that is too long. */
export async function runRoomTitle(
  { database, by }: CliContext,
  id: string,
  title: string,
): Promise<TitledRoom> {
  const room = await roomById(database.orm, id, oneMeetingARoom);
  if (room === null)
    throw new CommandError("No such room: its id is the end of its page's address.");
  if (title.trim().length > LONGEST_TITLE) {
    throw new CommandError(`A title has up to ${LONGEST_TITLE} characters.`);
  }
  return { id, room: room.key, title: await titleRoom(database, room, title, by) };
}
