import { handlers } from "#server/http/handlers.ts";
import { receiveAt } from "#server/ingest/receive.ts";
import { webhookDoor } from "#server/process.ts";

/** The door for webhooks. The server hands them here directly; Next.js would too. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = handlers({
  POST: async (request) => receiveAt(webhookDoor(), request),
});
