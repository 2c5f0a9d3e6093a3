import {
  anchor,
  type Field,
  flag,
  mark,
  nullable,
  oneOf,
  optional,
  required,
  text,
  texts,
  time,
  unsaid,
} from "./fields.ts";

/*
 * What an event of each type carries besides its type and time, once for all: the types in `event.ts`, what
 * lies on the wire and in the database, how it is read, and how a page packs it follow from these tables.
 *
 * The database holds rows of every version. Rows are never rewritten, so a field that was added later has to
 * be `optional` or `nullable`: `inferred`, `listed`, `observer`, `outside`, `removed` and `by` of the observer were.
 * All others were always written, by each version that wrote their type, and a row without them is broken.
 */

const SEEN = {
  /** Which observer reported it, where that is not the one whose room it is: several watched one meeting. */
  observer: optional("observer", text),
};

const WHO = {
  /** Identifies a human inside one meeting. */
  userId: nullable("user_id", text),
  name: nullable("name", text),
  /** `null` where the provider did not report it. */
  isHost: nullable("is_host", flag),
  ...SEEN,
};

/** An operator's correction that a participant or observer is gone. */
const PUT_AWAY = {
  ruling: required("ruling", text),
  /** `undone` takes back the one with the same `ruling`. */
  verdict: required("verdict", oneOf("not_here", "undone")),
  /** Gone from this moment on. */
  since: required("since", time),
  /** The name of the key or the user, and when they entered it. */
  by: required("by", text),
  ruledAt: required("ruled_at", time),
};

/** Events about a participant. */
export const PARTICIPANT_EVENTS = {
  knocked: WHO,
  stopped_waiting: { ...WHO, startedAt: anchor("started_at") },
  joined: WHO,
  left: {
    ...WHO,
    joinedAt: anchor("joined_at"),
    /** Only the length of the visit was reported: `at` was computed from it. */
    inferred: optional("inferred", mark),
  },
  updated: WHO,
  presence_ruled: {
    userId: unsaid("user_id", text),
    name: unsaid("name", text),
    isHost: unsaid("is_host", flag),
    ...PUT_AWAY,
    /** Whether they left exactly at `since`; else they were gone by then, and the time they left is not known. */
    exact: required("exact", flag),
  },
};

/** Events about the meeting as a whole. */
export const MEETING_EVENTS = {
  meeting_started: { providerMeetingId: nullable("provider_meeting_id", text) },
  meeting_ended: {
    providerMeetingId: nullable("provider_meeting_id", text),
    startedAt: anchor("started_at"),
    /** It ends a list of everyone who came and went: a participant without a leave was present until then. */
    listed: optional("listed", mark),
  },
  observer_joined: SEEN,
  observer_left: {
    ...SEEN,
    reason: nullable("reason", text),
    /** Whether the observer was outside until then, or in; absent where the provider does not report it. */
    outside: optional("outside", flag),
    /** Someone removed or refused the observer; `by` names them where the provider does. */
    removed: optional("removed", mark),
    by: optional("by", text),
  },
  data_deleted: { reason: nullable("reason", text) },
  identity_ruled: {
    ruling: required("ruling", text),
    /**
     * `same`: all the participants are one person. `different`: none of them is one with any of `apartFrom`.
     * `note_taker` and `person`: what each of them is, whatever the name suggests.
     */
    verdict: required("verdict", oneOf("same", "different", "note_taker", "person", "undone")),
    participantIds: required("participant_ids", texts),
    apartFrom: required("apart_from", texts),
    /** The name of the key or the user, and when they entered it. */
    by: required("by", text),
    ruledAt: required("ruled_at", time),
  },
  meeting_ruled: {
    ruling: required("ruling", text),
    verdict: required("verdict", oneOf("joined", "parted", "undone")),
    /** `joined`: when the earlier of the two had ended. `parted`: the same as the event's own time. */
    from: required("from", time),
    /** The name of the key or the user, and when they entered it. */
    by: required("by", text),
    ruledAt: required("ruled_at", time),
  },
  observer_ruled: PUT_AWAY,
};

type Table = typeof PARTICIPANT_EVENTS & typeof MEETING_EVENTS;
type Fields = Readonly<Record<string, Field>>;

export const EVENTS: Table & Readonly<Record<keyof Table, Fields>> = {
  ...PARTICIPANT_EVENTS,
  ...MEETING_EVENTS,
};

type ValueOf<F> = F extends Field<string, infer Value> ? Value : never;
/** What a field is on the wire. */
export type WireOf<F> = F extends Field<string, unknown, infer Wire> ? Wire : never;
type IsOptional = { presence: "optional" };

/** What an event with these fields carries. */
export type FieldsOf<F> = {
  -readonly [Key in keyof F as F[Key] extends IsOptional ? never : Key]: ValueOf<F[Key]>;
} & {
  -readonly [Key in keyof F as F[Key] extends IsOptional ? Key : never]?: ValueOf<F[Key]>;
};

/** Any field of any event. */
export type AnyField = { [Type in keyof Table]: Table[Type][keyof Table[Type]] }[keyof Table];

/** The fields of each type, with their names in an event. */
const entries = new Map<string, readonly (readonly [key: string, field: Field])[]>(
  Object.entries<Fields>(EVENTS).map(([type, fields]) => [type, Object.entries(fields)]),
);

/** The fields of a type of event; `undefined` for a type that is unknown. */
export function fieldsOf(type: string): readonly (readonly [string, Field])[] | undefined {
  return entries.get(type);
}

/** The fields on the wire that are times close to the event's own. */
export const ANCHORS: ReadonlySet<string> = new Set(
  [...entries.values()].flatMap((all) => all.filter(([, f]) => f.isAnchor).map(([, f]) => f.name)),
);
