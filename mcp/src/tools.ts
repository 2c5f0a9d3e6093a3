import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { find, whoAttended, whoIsIn, whoWaits, whoWasLate, whyThisNumber } from "./questions.ts";
import { NotAnswered, type Reading } from "./reading.ts";

const INSTRUCTIONS =
  "Answers from Rollcall, which records who is in which meeting, who waits to be let in, and who attended. Everything is read, and nothing can be changed. Times are RFC 3339 in UTC, what ends in _ms is milliseconds, and what is null is not known. A moment or length that is at_most or at_least is a bound and not exact: say so. Whoever asks may see a part only; what they may not see is not there.";

const room = z.string().describe("A room by its key, as its provider names it");
const day = z.string().describe("A day such as 2026-11-20, or a moment in RFC 3339");
const READS = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** A server that answers the questions with what one key may see. */
export function serverFor(reading: Reading): McpServer {
  const server = new McpServer(
    { name: "rollcall", version: "0.1.0" },
    { instructions: INSTRUCTIONS },
  );
  server.registerTool(
    "who_is_in",
    {
      title: "Who is in now",
      description: "The meetings in progress, and who is in each of them now, since when",
      inputSchema: { room: room.optional() },
      annotations: READS,
    },
    (asked) => answered(whoIsIn(reading, asked)),
  );
  server.registerTool(
    "who_waits",
    {
      title: "Who waits",
      description: "Who waits to be let in now, for how long, and who at the desk looks after them",
      inputSchema: { room: room.optional() },
      annotations: READS,
    },
    (asked) => answered(whoWaits(reading, asked)),
  );
  server.registerTool(
    "who_attended",
    {
      title: "Who attended",
      description:
        "Who attended a meeting, or the latest meetings of a room, a person or some days: when, and for how long",
      inputSchema: {
        meeting: z
          .string()
          .optional()
          .describe("The id of a meeting; the others do not count then"),
        room: room.optional(),
        person: z.string().optional().describe("The id, user id or name of somebody who was there"),
        from: day.optional(),
        to: day.optional(),
      },
      annotations: READS,
    },
    (asked) => answered(whoAttended(reading, asked)),
  );
  server.registerTool(
    "who_was_late",
    {
      title: "Who was late",
      description:
        "Who came late to the meetings of a room, by how that room counts it, and from which start it counts",
      inputSchema: {
        room: z.string().describe("A room by its id, key or title"),
        from: day.optional(),
        to: day.optional(),
      },
      annotations: READS,
    },
    (asked) => answered(whoWasLate(reading, asked)),
  );
  server.registerTool(
    "why_this_number",
    {
      title: "Why this number is what it is",
      description:
        "What the numbers of a meeting, or of one person in it, follow from: the formulas, the visits and waits, and each event with the webhook that reported it",
      inputSchema: {
        meeting: z.string().describe("The id of a meeting"),
        person: z.string().optional().describe("A name, a user id, or an id of somebody in it"),
      },
      annotations: READS,
    },
    (asked) => answered(whyThisNumber(reading, asked)),
  );
  server.registerTool(
    "find",
    {
      title: "Find meetings, rooms and people",
      description:
        "Meetings, rooms and people whose names have all of some words, to ask about by id",
      inputSchema: { words: z.string().min(1), from: day.optional(), to: day.optional() },
      annotations: READS,
    },
    (asked) => answered(find(reading, asked)),
  );
  return server;
}

async function answered(asking: Promise<Record<string, unknown>>): Promise<CallToolResult> {
  try {
    const answer = await asking;
    return {
      content: [{ type: "text", text: JSON.stringify(answer) }],
      structuredContent: answer,
    };
  } catch (error) {
    if (!(error instanceof NotAnswered)) throw error;
    return { content: [{ type: "text", text: error.message }], isError: true };
  }
}
