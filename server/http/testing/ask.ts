import { vi } from "vitest";
import { createKey } from "#db/access/keys.ts";
import { shareDatabase } from "#db/connection/client.ts";
import { allowed, answeringClient, notAllowed } from "#server/bots/answer.ts";
import { getBot } from "#server/bots/bot.ts";
import { getBotEvents } from "#server/bots/events.ts";
import { getBotParticipants } from "#server/bots/participants.ts";
import { deleteDemonstration, getDemonstration, getRemoval } from "#server/demo/api.ts";
import { deleteDownload, getDownload } from "#server/files/downloads.ts";
import { FILE_FORMATS, type FileFormat } from "#server/files/formats.ts";
import { answering, answeringAnybody } from "#server/http/answer.ts";
import { deleteImport, getImport, getImports } from "#server/imports/api.ts";
import { postImport } from "#server/imports/api-import.ts";
import { checkHealth } from "#server/live/health.ts";
import { getMeeting, getMeetingEvents, getMeetings, getNeighbours } from "#server/meetings/api.ts";
import { deleteCorrection, postCorrection } from "#server/meetings/corrections.ts";
import { exportMeetings } from "#server/meetings/export.ts";
import { exportAttendance } from "#server/meetings/export-attendance.ts";
import { deleteApart, getApart, postApart } from "#server/people/api-apart.ts";
import { getJoiningPreview } from "#server/people/api-joining.ts";
import { deleteLink, postLink } from "#server/people/api-links.ts";
import { exportPeople, exportRecord } from "#server/people/export.ts";
import { getPeople } from "#server/people/page.ts";
import { getPerson, getPersonMeetings } from "#server/people/person.ts";
import { exportRooms } from "#server/rooms/export.ts";
import { exportRegister } from "#server/rooms/export-register.ts";
import { getRooms } from "#server/rooms/page.ts";
import { getRegister } from "#server/rooms/register.ts";
import { getRoomSettings, patchRoomSettings } from "#server/rooms/room-settings.ts";
import {
  deleteScheduledMeeting,
  deleteWithdrawal,
  getScheduledMeeting,
  getScheduledMeetings,
  postScheduledMeeting,
  putRoster,
  putScheduledMeeting,
} from "#server/scheduled/api.ts";
import {
  deleteClassList,
  getClassList,
  getClassLists,
  postClassList,
  putClassList,
  putClassListOfRoom,
} from "#server/scheduled/api-class-lists.ts";
import { deleteMatch, putMatch } from "#server/scheduled/api-matches.ts";
import { readGivenRoster } from "#server/scheduled/api-roster.ts";
import { exportExpected } from "#server/scheduled/export.ts";
import { getSources, patchSource } from "#server/sources/api.ts";
import { getDeliveries, getDelivery } from "#server/sources/deliveries.ts";
import { getInstallation, patchInstallation } from "#server/sources/installation.ts";
import { getStatement, postCheck, postStatement } from "#server/statements/api.ts";
import { openTestApp, SECRET, type TestApp } from "#server/testing/test-app.ts";
import { getLost, getWaiting } from "#server/waits/api.ts";
import { exportLost, exportWaits } from "#server/waits/export.ts";
import { getWaits } from "#server/waits/list.ts";

/*
 * The API as its routes put it together, repeated here: each route is one line, and tests may not import from the
 * pages' side of the wall.
 */

type Answer = (request: Request, id: string, second: string) => Promise<Response>;

const ROUTES: [path: RegExp, answer: Answer][] = [
  [
    /^\/api\/v1\/installation$/,
    (request) =>
      request.method === "PATCH"
        ? answering(request, () => patchInstallation(request))
        : answering(request, getInstallation),
  ],
  [/^\/api\/v1\/sources$/, (request) => answering(request, getSources)],
  [
    /^\/api\/v1\/demonstration$/,
    (request) =>
      request.method === "DELETE"
        ? answering(request, (_, caller) => deleteDemonstration(request, caller))
        : answering(request, getDemonstration),
  ],
  [/^\/api\/v1\/demonstration\/removal$/, (request) => answering(request, getRemoval)],
  [
    /^\/api\/v1\/sources\/([^/]+)$/,
    (request, id) => answering(request, () => patchSource(request, id)),
  ],
  [/^\/api\/v1\/meetings$/, (request) => answering(request, getMeetings)],
  [
    /^\/api\/v1\/meetings\/([^/]+)$/,
    (request, id) => answering(request, (url) => getMeeting(url, id)),
  ],
  [
    /^\/api\/v1\/meetings\/([^/]+)\/events$/,
    (request, id) => answering(request, (url) => getMeetingEvents(url, id)),
  ],
  [
    /^\/api\/v1\/meetings\/([^/]+)\/neighbours$/,
    (request, id) => answering(request, (url) => getNeighbours(url, id)),
  ],
  [
    /^\/api\/v1\/meetings\/([^/]+)\/rulings$/,
    (request, id) => answering(request, (_, caller) => postCorrection(request, id, caller)),
  ],
  [
    /^\/api\/v1\/meetings\/([^/]+)\/rulings\/([^/]+)$/,
    (request, id, ruling) =>
      answering(request, (_, caller) => deleteCorrection(request, id, ruling, caller)),
  ],
  [
    /^\/api\/v1\/meetings\.(\w+)$/,
    (request, format) => answering(request, (url) => exportMeetings(url, formatOf(format))),
  ],
  [
    /^\/api\/v1\/meetings\/([^/]+)\/attendance\.(\w+)$/,
    (request, id, format) =>
      answering(request, (url) => exportAttendance(url, id, formatOf(format))),
  ],
  [
    /^\/api\/v1\/statements$/,
    (request) => answering(request, (url, caller) => postStatement(request, url, caller)),
  ],
  [
    /^\/api\/v1\/statements\/([^/]+)$/,
    (request, id) => answeringAnybody(request, (url) => getStatement(url, id)),
  ],
  [
    /^\/api\/v1\/statements\/([^/]+)\/check$/,
    (request, id) => answeringAnybody(request, (url) => postCheck(request, url, id)),
  ],
  [
    /^\/api\/v1\/downloads\/([^/]+)$/,
    (request, id) =>
      answering(request, () =>
        request.method === "DELETE" ? deleteDownload(id) : getDownload(id),
      ),
  ],
  [/^\/api\/v1\/rooms$/, (request) => answering(request, getRooms)],
  [
    /^\/api\/v1\/rooms\.(\w+)$/,
    (request, format) => answering(request, (url) => exportRooms(url, formatOf(format))),
  ],
  [
    /^\/api\/v1\/rooms\/([^/]+)\/register$/,
    (request, id) => answering(request, (url) => getRegister(url, id)),
  ],
  [
    /^\/api\/v1\/rooms\/([^/]+)\/settings$/,
    (request, id) =>
      answering(request, (_, caller) =>
        request.method === "PATCH" ? patchRoomSettings(request, id, caller) : getRoomSettings(id),
      ),
  ],
  [
    /^\/api\/v1\/rooms\/([^/]+)\/register\.(\w+)$/,
    (request, id, format) => answering(request, (url) => exportRegister(url, id, formatOf(format))),
  ],
  [
    /^\/api\/v1\/imports$/,
    (request) =>
      answering(request, (url, caller) =>
        request.method === "POST" ? postImport(request, url, caller) : getImports(url),
      ),
  ],
  [
    /^\/api\/v1\/imports\/([^/]+)$/,
    (request, id) =>
      answering(request, (url, caller) =>
        request.method === "DELETE" ? deleteImport(request, url, id, caller) : getImport(id),
      ),
  ],
  [/^\/api\/v1\/rosters\/read$/, (request) => answering(request, () => readGivenRoster(request))],
  [
    /^\/api\/v1\/class-lists$/,
    (request) =>
      answering(request, (url, caller) =>
        request.method === "POST" ? postClassList(request, caller) : getClassLists(url),
      ),
  ],
  [
    /^\/api\/v1\/class-lists\/([^/]+)$/,
    (request, id) =>
      answering(request, (_, caller) => {
        if (request.method === "PUT") return putClassList(request, id, caller);
        return request.method === "DELETE" ? deleteClassList(id) : getClassList(id);
      }),
  ],
  [
    /^\/api\/v1\/rooms\/([^/]+)\/class-list$/,
    (request, id) => answering(request, (_, caller) => putClassListOfRoom(request, id, caller)),
  ],
  [
    /^\/api\/v1\/scheduled-meetings\/([^/]+)\/matches$/,
    (request, id) =>
      answering(request, (_, caller) =>
        request.method === "DELETE" ? deleteMatch(request, id) : putMatch(request, id, caller),
      ),
  ],
  [
    /^\/api\/v1\/scheduled-meetings$/,
    (request) =>
      answering(request, (url, caller) =>
        request.method === "POST"
          ? postScheduledMeeting(request, caller)
          : getScheduledMeetings(url),
      ),
  ],
  [
    /^\/api\/v1\/scheduled-meetings\/([^/]+)$/,
    (request, id) =>
      answering(request, (_, caller) => {
        if (request.method === "PUT") return putScheduledMeeting(request, id, caller);
        if (request.method === "DELETE") return deleteScheduledMeeting(request, id, caller);
        return getScheduledMeeting(id);
      }),
  ],
  [
    /^\/api\/v1\/scheduled-meetings\/([^/]+)\/withdrawal$/,
    (request, id) => answering(request, (_url, caller) => deleteWithdrawal(request, id, caller)),
  ],
  [
    /^\/api\/v1\/scheduled-meetings\/([^/]+)\/roster$/,
    (request, id) => answering(request, (_, caller) => putRoster(request, id, caller)),
  ],
  [
    /^\/api\/v1\/scheduled-meetings\/([^/]+)\/attendance\.(\w+)$/,
    (request, id, format) => answering(request, (url) => exportExpected(url, id, formatOf(format))),
  ],
  [/^\/api\/v1\/people$/, (request) => answering(request, getPeople)],
  [
    /^\/api\/v1\/people\.(\w+)$/,
    (request, format) => answering(request, (url) => exportPeople(url, formatOf(format))),
  ],
  [
    /^\/api\/v1\/people\/links$/,
    (request) => answering(request, (_, caller) => postLink(request, caller)),
  ],
  [
    /^\/api\/v1\/people\/links\/([^/]+)$/,
    (request, id) => answering(request, (_, caller) => deleteLink(request, id, caller)),
  ],
  [
    /^\/api\/v1\/people\/apart$/,
    (request) =>
      answering(request, (url, caller) =>
        request.method === "POST" ? postApart(request, caller) : getApart(url),
      ),
  ],
  [
    /^\/api\/v1\/people\/apart\/([^/]+)$/,
    (request, id) => answering(request, (_, caller) => deleteApart(request, id, caller)),
  ],
  [
    /^\/api\/v1\/people\/([^/]+)\/with\/([^/]+)$/,
    (request, id, other) => answering(request, () => getJoiningPreview(id, other)),
  ],
  [
    /^\/api\/v1\/people\/([^/]+)$/,
    (request, id) => answering(request, (url) => getPerson(url, id)),
  ],
  [
    /^\/api\/v1\/people\/([^/]+)\/meetings$/,
    (request, id) => answering(request, (url) => getPersonMeetings(url, id)),
  ],
  [
    /^\/api\/v1\/people\/([^/]+)\/record\.(\w+)$/,
    (request, id, format) => answering(request, (url) => exportRecord(url, id, formatOf(format))),
  ],
  [/^\/api\/v1\/deliveries$/, (request) => answering(request, getDeliveries)],
  [/^\/api\/v1\/deliveries\/([^/]+)$/, (request, id) => answering(request, () => getDelivery(id))],
  [/^\/api\/v1\/bots\/([^/]+)$/, forClients(getBot)],
  [/^\/api\/v1\/bots\/([^/]+)\/participants$/, forClients(getBotParticipants)],
  [/^\/api\/v1\/bots\/([^/]+)\/participant_events$/, forClients(getBotEvents)],
  [/^\/api\/v1\/waits$/, (request) => answering(request, getWaits)],
  [
    /^\/api\/v1\/waits\.(\w+)$/,
    (request, format) => answering(request, (url) => exportWaits(url, formatOf(format))),
  ],
  [/^\/api\/v1\/waiting$/, (request) => answering(request, getWaiting)],
  [/^\/api\/v1\/waiting\/lost$/, (request) => answering(request, getLost)],
  [
    /^\/api\/v1\/waiting\/lost\.(\w+)$/,
    (request, format) => answering(request, (url) => exportLost(url, formatOf(format))),
  ],
  [/^\/api\/health$/, (request) => answeringAnybody(request, checkHealth)],
];

function formatOf(ending: string): FileFormat {
  const format = FILE_FORMATS.find((one) => one === ending);
  if (format === undefined) throw new Error(`no format ${ending}`);
  return format;
}

function forClients(get: (url: URL, id: string) => Promise<object>): Answer {
  return async (request, id) => {
    if (request.method === "OPTIONS") return allowed(request);
    if (request.method !== "GET") return notAllowed(request);
    return answeringClient(request, (url) => get(url, decodeURIComponent(id)));
  };
}

const ORIGIN = "http://localhost:3000";

/** The platform requires this where the body is a stream. */
const HALF_DUPLEX = { duplex: "half" };

/** A test app with the API on top. */
export interface ApiClient {
  house: TestApp;
  key: string;
  /** Sends a request with the key, unless headers are given. */
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  /** Sends a body, JSON unless it is text. */
  send(method: string, path: string, body?: unknown, type?: string): Promise<Response>;
  /** Sends a body of any kind as it is. */
  put(path: string, body: BodyInit, headers?: Record<string, string>): Promise<Response>;
  /** The JSON of a 200. */
  read(path: string): Promise<unknown>;
}

/** Opens a test app, and makes its database the one of this process. */
export async function openApiClient(): Promise<ApiClient> {
  const app = await openTestApp();
  vi.stubEnv("ROLLCALL_SECRET", SECRET);
  vi.stubEnv("LOG_LEVEL", "silent");
  shareDatabase(app.database);
  const { key } = await createKey(app.database.orm, "test");
  const withKey = { authorization: `Bearer ${key}` };
  const handle = async (path: string, init: RequestInit & { headers: Record<string, string> }) => {
    const url = new URL(path, ORIGIN);
    const headers = { host: url.host, ...init.headers };
    const request = new Request(url, { ...HALF_DUPLEX, ...init, headers });
    for (const [pattern, answer] of ROUTES) {
      const match = pattern.exec(url.pathname);
      if (match) return answer(request, match[1] ?? "", match[2] ?? "");
    }
    throw new Error(`no route for ${path}`);
  };
  const ask: ApiClient["ask"] = (path, headers = withKey, method = "GET") =>
    handle(path, { headers, method });
  return {
    house: app,
    key,
    ask,
    send: (method, path, body = "", type = "application/json") =>
      handle(path, {
        method,
        headers: { ...withKey, "content-type": type },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    put: (path, body, headers = {}) =>
      handle(path, { method: "POST", headers: { ...withKey, ...headers }, body }),
    async read(path) {
      const response = await ask(path);
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
      return response.json();
    },
  };
}
