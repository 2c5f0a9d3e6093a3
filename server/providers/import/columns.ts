import { COLUMN_ROLES, type ColumnRole, type ImportFormat, tidy } from "./languages/roles.ts";

/*
 * The names of columns in lines stored before a line had `columns`. Nothing is added here, so that a replay
 * reads such a line as before. New names belong to `languages`.
 */

type Names = Partial<Record<ColumnRole, readonly string[]>>;

const ZOOM: Names = {
  name: ["name (original name)", "user name (original name)", "name", "participant"],
  email: ["user email", "email"],
  joined: ["join time"],
  left: ["leave time"],
  duration: [
    "duration (minutes)",
    "time in session (minutes)",
    "actual duration (minutes)",
    "duration",
  ],
  total: ["total duration (minutes)"],
  waiting: ["in waiting room"],
  guest: ["guest", "is guest"],
  attended: ["attended"],
  room: ["meeting id", "webinar id", "id"],
  title: ["topic"],
  starts: ["start time", "actual start time"],
  ends: ["end time"],
  host: ["host email"],
};

const TEAMS: Names = {
  name: [
    "name",
    "full name",
    "fullname",
    "participant name",
    "vollständiger name",
    "nom",
    "nom complet",
    "nombre",
    "nombre completo",
    "nome",
    "nome completo",
    "naam",
  ],
  joined: [
    "first join",
    "first join time",
    "join time",
    "erster beitritt",
    "beitrittszeit",
    "beitreten",
    "heure d'arrivée",
    "hora de unión",
    "hora de ingresso",
    "hora de entrada",
    "ora di ingresso",
    "tijd van deelname",
  ],
  left: [
    "last leave",
    "last leave time",
    "leave time",
    "letztes verlassen",
    "verlassenszeit",
    "verlassen",
    "heure de départ",
    "hora de salida",
    "hora de saída",
    "ora di uscita",
    "tijd van vertrek",
  ],
  duration: [
    "in-meeting duration",
    "duration",
    "dauer",
    "dauer der besprechung",
    "durée",
    "duración",
    "duração",
    "durata",
    "duur",
  ],
  email: [
    "email",
    "e-mail",
    "participant id (upn)",
    "participantid",
    "teilnehmer-id (upn)",
    "correo electrónico",
  ],
  role: ["role", "rolle", "rôle", "rol", "função", "ruolo"],
  action: ["user action", "action", "atividade"],
  at: ["timestamp", "utceventtimestamp", "carimbo de data/hora"],
  session: ["sessionid"],
  room: ["meeting id", "besprechungs-id"],
  title: [
    "meeting title",
    "besprechungstitel",
    "titre de la réunion",
    "título de la reunión",
    "título da reunião",
    "titolo riunione",
  ],
  starts: [
    "start time",
    "meeting start time",
    "startzeit",
    "heure de début",
    "hora de inicio",
    "hora de início",
    "ora di inizio",
    "begintijd",
  ],
  ends: [
    "end time",
    "meeting end time",
    "endzeit",
    "heure de fin",
    "hora de finalización",
    "hora de término",
    "ora di fine",
    "eindtijd",
  ],
};

const MEET: Names = {
  name: ["name", "participant name"],
  first: ["first name"],
  last: ["last name"],
  email: ["email", "participant identifier"],
  joined: ["time joined"],
  left: ["time exited"],
  duration: ["duration", "duration (seconds)"],
  event: ["event name", "event"],
  endpoint: ["endpoint id"],
  host: ["organizer email"],
  room: ["meeting code"],
  title: ["meeting title", "meeting name"],
  starts: ["start time"],
  ends: ["end time"],
  day: ["date"],
};

function rolesBy(names: Names): ReadonlyMap<string, ColumnRole> {
  return new Map(
    COLUMN_ROLES.flatMap((role) =>
      (names[role] ?? []).map((name): [string, ColumnRole] => [name, role]),
    ),
  );
}

const BY_NAME: Record<ImportFormat, ReadonlyMap<string, ColumnRole>> = {
  zoom: rolesBy(ZOOM),
  teams: rolesBy(TEAMS),
  meet: rolesBy(MEET),
};

const UTC = /\s*\(utc\)$|^utc/;

/** The role of a column with that name in a file of that format; `null` for one that was not used. */
function roleOf(format: ImportFormat, column: string): ColumnRole | null {
  const name = plain(column);
  return BY_NAME[format].get(name) ?? BY_NAME[format].get(name.replace(UTC, "")) ?? null;
}

/** Whether the times of a column are in UTC, even where the rest of the file is in another zone. */
export function isUtc(column: string): boolean {
  return UTC.test(plain(column));
}

function plain(column: string): string {
  return tidy(column).toLowerCase().replaceAll("’", "'").replace(/:$/, "");
}

/** One row of a file: each column's name with its cell, in the order of the file. */
export type Row = readonly (readonly [column: string, cell: string])[];

/** A cell with the name of its column. */
export interface NamedCell {
  column: string;
  text: string;
}

export type Cells = ReadonlyMap<ColumnRole, NamedCell>;

const OF_A_PERSON: ReadonlySet<ColumnRole> = new Set(["email", "duration"]);

/**
 * The cells of a row by role, without empty ones. Where two columns have one role, for the meeting and for the
 * person, the one after the name is taken. `columns` are the meanings of the file's columns.
 */
export function cellsOf(
  format: ImportFormat,
  row: Row,
  columns: readonly (ColumnRole | null)[] | null,
): Map<ColumnRole, NamedCell> {
  const cells = new Map<ColumnRole, NamedCell>();
  const roles = columns ?? row.map(([column]) => roleOf(format, column));
  const name = roles.findIndex((role) => role === "name" || role === "first");
  const last = new Map<ColumnRole | null, number>();
  for (const [index, role] of roles.entries()) last.set(role, index);
  for (const [index, [column, cell]] of row.entries()) {
    const role = roles[index] ?? null;
    const text = tidy(cell);
    if (role === null || text === "" || /^-+$/.test(text)) continue;
    const isOfMeeting = OF_A_PERSON.has(role) && index < name && (last.get(role) ?? 0) > name;
    if (!isOfMeeting && !cells.has(role)) cells.set(role, { column, text });
  }
  return cells;
}
