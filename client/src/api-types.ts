/* What the API takes and answers. Written by `npm run api:write` from docs/openapi.json. */

export declare namespace Schemas {
  type StatementFacts = {
    version: 1;
    person: {
      id: string | null;
      name: string | null;
      user_id: string | null;
      demo?: true | undefined;
    };
    /** The days of the statement, both included; null for one meeting */
    period: {
      first_day: string;
      last_day: string;
      time_zone: string;
    } | null;
    meetings: {
      meeting_id: string;
      provider: string;
      source: string;
      demo?: true | undefined;
      room: string;
      title: string | null;
      started_at: string | null;
      ended_at: string | null;
      ended_by: "provider" | "inferred" | null;
      length_ms: number | null;
      first_joined_at: string | null;
      last_left_at: string | null;
      attended_ms: number;
      grace_ms: number;
      hosted_ms: number;
      visits: {
        joined_at: string;
        left_at: string | null;
        start: "reported" | "first_seen" | "inferred";
        end: "reported" | "inferred" | "operator" | null;
      }[];
      waits: {
        started_at: string;
        ended_at: string | null;
        outcome: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown";
        inferred: boolean;
      }[];
      participant_ids: string[];
    }[];
    attended_ms: number;
  };
  type ToldMeeting = {
    id: string;
    source: Schemas.Source;
    room: string;
    title: string | null;
    started_at: string | null;
    ended_at: string | null;
  };
  type Source = {
    id: string;
    provider: string;
    name: string;
    /** Made by simulate or seed: nobody in it is real */
    demo?: true | undefined;
  };
  type Error = {
    error: {
      code: string;
      message: string;
      /** The mistakes one by one, where there are several */
      details?: Record<never, never>[] | undefined;
    };
  };
  type AlertChannel = {
    id: string;
    kind: "slack" | "teams" | "discord" | "email";
    name: string;
    /** As far as it is shown: the host of a chat; an e-mail address whole */
    address: string;
    /** Names of people are initials there */
    initials: boolean;
    on: boolean;
    added_at: string;
    added_by: string;
    /** When anything was last sent there */
    tried_at: string | null;
    /** Of the answer to that */
    status: number | null;
    /** Why that was not taken; null where it was */
    failure: string | null;
  };
  type AlertRule = {
    id: string;
    name: string;
    kind: "waiting" | "waiting_without_host" | "without_host" | "capacity" | "person" | "not_begun" | "source_silent" | "source_refused";
    on: boolean;
    /** For how long it has to be so; of a silent source null for longer than is usual for it */
    after_ms: number | null;
    /** How many people fill a room */
    capacity: number | null;
    /** The name or the user id of whom it is about */
    person: string | null;
    /** What the person of the rule does */
    does: "waits" | "joined" | "left" | null;
    /** Ids of sources; null for all */
    sources: string[] | null;
    /** Patterns of rooms, by key or title, * for any text; null for all */
    rooms: string[] | null;
    /** Ids of groups of rooms; null for rooms in any or none */
    groups: string[] | null;
    /** How often it is repeated until somebody acknowledges it */
    repeat_ms: number | null;
    /** After how long without anybody acknowledging it becomes urgent */
    urgent_after_ms: number | null;
    /** Hours of every day in the installation's zone, as 22:00, in which nobody is alarmed */
    quiet: {
      from: string;
      to: string;
    } | null;
    changed_at: string;
    changed_by: string;
  };
  type Alert = {
    id: string;
    /** As it was called then; id is null once it was removed */
    rule: {
      id: string | null;
      name: string;
    };
    kind: "waiting" | "waiting_without_host" | "without_host" | "capacity" | "person" | "not_begun" | "source_silent" | "source_refused";
    /** What the person of the rule does */
    does: "waits" | "joined" | "left" | null;
    after_ms: number | null;
    capacity: number | null;
    state: "raised" | "acknowledged" | "over";
    urgent: boolean;
    source: Schemas.Source;
    room: string | null;
    title: string | null;
    meeting_id: string | null;
    /** Whom it is about, where it is about one person */
    person: {
      id: string;
      name: string | null;
    } | null;
    scheduled_meeting_id: string | null;
    /** Since when it was so */
    since: string;
    raised_at: string;
    /** When somebody was last called */
    rung_at: string;
    /** How often */
    rings: number;
    acknowledged_at: string | null;
    acknowledged_by: string | null;
    over_at: string | null;
    /** corrected: it turned out not to have been so; rule: its rule asks for it no more */
    over_for: "over" | "corrected" | "rule" | null;
  };
  type BotEvent = {
    id: string;
    participant_name: string | null;
    participant_uuid: string;
    participant_user_uuid: string | null;
    participant_is_host: boolean;
    event_type: "join" | "leave" | "update";
    event_data: Record<string, unknown>;
    timestamp_ms: number;
  };
  type BotError = {
    detail: string;
  } | {
    error: string;
  };
  type AuditEntry = {
    /** Later entries have higher ones */
    id: number;
    at: string;
    /** What was done */
    action: "sign_in.succeeded" | "sign_in.failed" | "sessions.ended" | "member.invited" | "member.changed" | "member.removed" | "member.joined" | "link.made" | "password.changed" | "second_factor.set" | "key.created" | "key.revoked" | "access.refused" | "source.added" | "source.changed" | "source.rotated" | "source.retired" | "source.paused" | "source.resumed" | "source.connected" | "source.expired" | "source.deleted" | "room.changed" | "room.titled" | "room.told" | "group.made" | "group.changed" | "group.removed" | "correction.made" | "correction.withdrawn" | "wait.claimed" | "wait.released" | "wait.noted" | "wait.followed_up" | "meeting.acted" | "meeting.act_failed" | "wait.acted" | "alert_rule.made" | "alert_rule.changed" | "alert_rule.removed" | "alert.acknowledged" | "alert_channel.added" | "alert_channel.changed" | "alert_channel.removed" | "alert_channel.tested" | "device.added" | "device.removed" | "schedule.made" | "schedule.changed" | "schedule.withdrawn" | "schedule.restored" | "match.made" | "match.withdrawn" | "class_list.made" | "class_list.changed" | "class_list.removed" | "class_list.assigned" | "calendar.taken" | "calendar.left_out" | "import.done" | "import.undone" | "statement.made" | "statement.opened" | "file.taken" | "person.erased" | "share.made" | "share.opened" | "share.revoked" | "deliveries.replayed" | "deliveries.dropped" | "delivery.signed" | "endpoint.added" | "endpoint.changed" | "endpoint.rotated" | "endpoint.tested" | "endpoint.resent" | "endpoint.paused" | "endpoint.removed" | "settings.changed" | "demo.made" | "demo.removed" | "backup.made" | "backup.restored" | "export.made" | "audit.trimmed";
    who: {
      /** By what they came */
      kind: "member" | "key" | "this_machine" | "command" | "link" | "nobody";
      /** Of a member or a key */
      id: string | null;
      /** How they were called at the time */
      label: string;
    };
    /** null where it is about a whole list, or the installation */
    about: {
      kind: "member" | "key" | "source" | "room" | "room_group" | "device" | "meeting" | "person" | "wait" | "scheduled_meeting" | "class_list" | "import" | "statement" | "share" | "month" | "endpoint" | "alert_rule" | "alert" | "alert_channel";
      id: string | null;
      /** How it was called at the time; null once erased */
      label: string | null;
    } | null;
    /** What else is noted, by the action */
    details: Record<string, unknown>;
    outcome: "done" | "refused" | "broken_off";
    /** The address it came from; null for a command */
    address: string | null;
    user_agent: string | null;
    /** The same in plain English, after who did it */
    sentence: string;
  };
  type Bot = {
    id: string;
    metadata: Record<string, unknown> | null;
    /** Where it was sent, once that is known */
    meeting_url: string | null;
    state: string;
    /** As far as webhooks report them */
    events: {
      type: string;
      created_at: string;
      sub_type?: string | undefined;
    }[];
    /** No transcript is kept here */
    transcription_state: "not_started";
    recording_state: "not_started" | "in_progress" | "paused" | "complete" | "failed";
    join_at: string | null;
    deduplication_key: null;
  };
  type BotParticipant = {
    id: string;
    name: string | null;
    uuid: string;
    user_uuid: string | null;
    is_host: boolean;
  };
  type ClassList = {
    id: string;
    name: string | null;
    people_count: number;
    rooms_count: number;
    by: string | null;
    changed_at: string;
    erased_at: string | null;
  };
  type ClassListWithPeople = {
    id: string;
    name: string | null;
    people_count: number;
    rooms_count: number;
    by: string | null;
    changed_at: string;
    erased_at: string | null;
    people: {
      position: number;
      name: string | null;
      user_id: string | null;
      email: string | null;
      role: "host" | "guest";
    }[];
    /** Names and ids that operators entered for them */
    also_known_as: {
      entry: string;
      known_by: "name" | "user_id";
      value: string;
      seen_as: string | null;
      by: string;
      at: string;
    }[];
    rooms: {
      id: string;
      room: string;
      title: string | null;
      /** The name of its source */
      source: string;
    }[];
    roster_read?: Schemas.RosterRead | undefined;
  };
  /** How a roster was understood, where it was given as text */
  type RosterRead = {
    lines: {
      /** From 1 on */
      line: number;
      text: string;
      kind: "person" | "heading" | "left_out" | "not_understood";
      people: {
        name: string | null;
        email: string | null;
        user_id: string | null;
        role: "host" | "guest";
      }[];
      /** The reason */
      notes: string[];
    }[];
    people_count: number;
    /** null where a line is a person and not a row of a table */
    columns: {
      heading: string | null;
      as: "name" | "first_name" | "middle_name" | "last_name" | "email" | "user_id" | "role" | "ignore" | null;
      sample: string | null;
    }[] | null;
    heading_line: number | null;
    /** How commas in names were read */
    commas: "last_first" | "people" | "part_of_name" | null;
    /** What must be answered before it can be stored */
    questions: {
      field: "columns" | "commas";
      message: string;
    }[];
  };
  type Delivery = {
    /** Begins with the month, in UTC, in which the delivery came */
    id: string;
    source: Schemas.Source;
    /** The provider's own name for this type of webhook or line */
    type: string | null;
    room: string | null;
    status: "recorded" | "ignored" | "unreadable";
    /** Why it could not be read, or why its body was erased */
    reason: string | null;
    received_at: string;
    /** How often the provider sent it again */
    repeats: number;
    /** From when it came until it was on its way to the database; null for older ones */
    kept_ms: number | null;
    /** No webhook brought it: its provider's API was asked for what was missed */
    reconciled: boolean;
    /** When it was projected; remembered for the month in which it came and the one after */
    projected_at: string | null;
    /** Whether it is kept and not projected: it waits for its turn, or its room is stopped */
    waits: "turn" | "stopped" | null;
    /** How many events were read from it */
    events: number;
    /** The moment of the first event by the provider's clock */
    happened_at: string | null;
    /** The meeting of the first event */
    meeting: {
      id: string;
      title: string;
    } | null;
    /** Whom the first event with a person is about; a guest without a name has no id */
    person: {
      id: string | null;
      name: string | null;
    } | null;
    /** How many people its events are about */
    people: number;
  };
  type Replay = {
    id: string;
    /** waiting: for another replay to end */
    state: "waiting" | "running" | "done" | "cancelled" | "failed";
    /** Steps: events that are projected again, and deliveries that are read again */
    done: number;
    total: number;
    /** How many deliveries were asked for */
    deliveries: number;
    /** Rooms that were projected again, each whole */
    rooms: number;
    /** Deliveries that read otherwise than what had been recorded of them */
    changed: number;
    /** Deliveries that told nothing before, and have events now */
    read: number;
  };
  type OpenedDelivery = {
    /** Begins with the month, in UTC, in which the delivery came */
    id: string;
    source: Schemas.Source;
    /** The provider's own name for this type of webhook or line */
    type: string | null;
    room: string | null;
    status: "recorded" | "ignored" | "unreadable";
    /** Why it could not be read, or why its body was erased */
    reason: string | null;
    received_at: string;
    /** How often the provider sent it again */
    repeats: number;
    /** From when it came until it was on its way to the database; null for older ones */
    kept_ms: number | null;
    /** No webhook brought it: its provider's API was asked for what was missed */
    reconciled: boolean;
    /** When it was projected; remembered for the month in which it came and the one after */
    projected_at: string | null;
    /** Whether it is kept and not projected: it waits for its turn, or its room is stopped */
    waits: "turn" | "stopped" | null;
    /** How many events were read from it */
    events: number;
    /** The moment of the first event by the provider's clock */
    happened_at: string | null;
    /** The meeting of the first event */
    meeting: {
      id: string;
      title: string;
    } | null;
    /** Whom the first event with a person is about; a guest without a name has no id */
    person: {
      id: string | null;
      name: string | null;
    } | null;
    /** How many people its events are about */
    people: number;
    /** The events that were read from it, up to two hundred */
    made: {
      meeting: {
        id: string;
        title: string;
      };
      seq: number;
      type: string;
      at: string;
      person: {
        id: string | null;
        name: string | null;
      } | null;
    }[];
    /** Names in the body are initials and other texts are left out, for who may see no names */
    is_masked: boolean;
    /** As it came; null where it is not text, or was erased */
    body: string | null;
    /** A body that is not text */
    body_base64: string | null;
  };
  type WebhookEndpoint = {
    id: string;
    url: string;
    triggers: ("participant_events.join_leave" | "participant_events.update" | "participant.joined" | "participant.left" | "waiting-participant.joined" | "waiting-participant.left" | "meeting.started" | "meeting.ended" | "wait.admitted" | "host.changed" | "meeting.merged" | "attendance.ready" | "attendance.corrected" | "no_show.host" | "no_show.guest" | "alert.raised" | "alert.cleared" | "endpoint.paused")[];
    /** standard: Standard Webhooks; else as the provider of that name signs */
    signing: "standard" | "attendee" | "daily";
    /** Ids of the sources it is told of; null for all */
    sources: string[] | null;
    /** Patterns of the rooms it is told of, by key or title, * for any text; null for all */
    rooms: string[] | null;
    added_at: string;
    added_by: string;
    /** waiting: nothing was sent yet; taking: the last one was taken; failing: it is tried again */
    state: "waiting" | "taking" | "failing" | "paused";
    paused_at: string | null;
    /** failing: it took nothing for two days; gone: it answered 410 */
    paused_for: "by_hand" | "failing" | "gone" | null;
    failing_since: string | null;
    last_taken_at: string | null;
    /** It asked for patience until then */
    rests_until: string | null;
    /** Messages that wait to be sent, also those that are tried again */
    waiting: number;
    /** Until then the older secret is used too */
    rotating_until: string | null;
  };
  type SendAttempt = {
    id: string;
    at: string;
    took_ms: number;
    /** Of the answer; null where there was none */
    status: number | null;
    /** Why there was no answer */
    failure: string | null;
    /** How the answer begins */
    excerpt: string | null;
    message: {
      /** The same in every attempt, and whenever it is sent again */
      id: string;
      trigger: string;
      /** In which messages keep their order */
      meeting_id: string | null;
      /** The message that this one corrects */
      corrects: string | null;
      made_at: string;
      /** pending: it is tried again; failed: it is given up */
      state: "pending" | "taken" | "failed";
      attempts: number;
      /** When it is tried again */
      next_at: string | null;
      /** What is sent; null once it was erased */
      body: string | null;
    };
  };
  type Resend = {
    id: string;
    state: "running" | "done" | "cancelled";
    /** Messages that are sent again */
    total: number;
    /** Of these, taken or given up */
    done: number;
    /** Of these, given up */
    failed: number;
    begun_at: string;
  };
  type Import = {
    id: string;
    file: string;
    source: Schemas.Source;
    tz: string;
    dates: "month_first" | "day_first";
    /** Lines with events; null while the import runs */
    lines_count: number | null;
    /** Lines that no earlier import had */
    added_count: number | null;
    meetings_count: number | null;
    people_count: number | null;
    by: string | null;
    imported_at: string;
    taken_back: {
      by: string | null;
      at: string;
    } | null;
  };
  type ImportResult = {
    /** null in a dry run, and where no line led to events */
    id: string | null;
    dry_run: boolean;
    file: string;
    format: "zoom" | "teams" | "meet";
    zone: string;
    dates: {
      order: "month_first" | "day_first";
      from: "file" | "operator";
      /** What shows the order of the dates */
      proof: string | null;
    };
    /** none: the import became a room of its own */
    room_from: "file" | "file_name" | "operator" | "none";
    /** What is worth knowing, in sentences */
    notes: string[];
    /** The lines that name columns */
    headings: {
      /** null where the columns have no names */
      line: number | null;
      title: string | null;
      kind: string;
      part: string | null;
      rows: number;
      columns: {
        column: string;
        /** null where it was not read */
        as: string | null;
        /** What the cells of an unread column look like */
        looks_like: "yes_no" | "waiting" | "state" | "time" | null;
      }[];
    }[];
    /** How the very same file is stored, where it was read in another way */
    read_otherwise: {
      id: string;
      file: string;
      zone: string;
      dates: "month_first" | "day_first";
      room: string | null;
      by: string | null;
      at: string;
    } | null;
    rows: {
      read: number;
      new: number;
      /** Stored before */
      known: number;
      /** Twice in this file */
      double: number;
      refused: number;
      /** Titles, headings and heads */
      skipped: number;
      /** A person who did not come, a sum, or nothing about attendance */
      left_out: number;
      /** Of a room whose people were erased */
      erased: number;
    };
    people: number;
    meeting_count: number;
    meetings: {
      /** null in a dry run, for a meeting that does not exist yet */
      id: string | null;
      room: string;
      title: string | null;
      from: string;
      to: string;
      people: number;
    }[];
    refused: {
      line: number;
      reason: string;
    }[];
    left_out: {
      line: number;
      reason: string;
    }[];
    /** What had to be inferred */
    remarks: {
      line: number;
      remark: "skipped" | "twice" | "inferred_end" | "was_there_before" | "minute_length" | "length_not_understood" | "length_contradicts" | "end_unknown" | "over_a_day" | "join_unknown" | "original_name" | "lent_email";
      cell: string | null;
    }[];
    remark_counts: Record<string, unknown>;
  };
  type Installation = {
    /** The default zone in which days begin */
    time_zone: string;
    /** What set it */
    set_by: "variable" | "setting" | "server";
  };
  type ApiKey = {
    id: string;
    /** Who uses it */
    name: string;
    /** What it may */
    scopes: ("read" | "write" | "deliver")[];
    /** Ids of the sources it sees; null for all */
    sources: string[] | null;
    /** Patterns, of which one fits the key or the title of each room it sees; null for all */
    rooms: string[] | null;
    /** Whether it sees initials instead of names */
    masked: boolean;
    created_at: string;
    /** It opens nothing from then on; null for never */
    expires_at: string | null;
    /** To the minute */
    last_used_at: string | null;
    revoked_at: string | null;
  };
  type Me = {
    /** null on the machine of Rollcall, as long as nobody signs in */
    id: string | null;
    name: string;
    email: string | null;
    /** What they may: an owner everything, a viewer only look */
    role: "owner" | "operator" | "viewer";
    /** Ids of the sources they may see; null for all */
    sources: string[] | null;
    /** Patterns of the rooms they may see, such as `ward-*`; null for all */
    rooms: string[] | null;
    /** Whether they see initials in place of names */
    masked: boolean;
    settings: {
      /** IANA name, or `browser` for the zone of each browser; null for the installation's zone */
      time_zone: string | null;
      hour_cycle: "h12" | "h23" | null;
      /** 1 is Monday */
      first_day: number | null;
      theme: "light" | "dark" | null;
      /** The page that opens after signing in, by its path */
      start: string | null;
      /** The columns shown of a list, by list; all of them where it is missing */
      columns: Record<string, unknown>;
      /** By what the page of the waiting room measures where its address does not say; null for the usual */
      wait_target_ms: number | null;
      /** In percent */
      wait_goal: number | null;
      wait_level: "neutral" | "ignored" | "positive" | "negative" | null;
      wait_short: "apart" | "counted" | null;
    };
    /** Whether a code is asked besides the password */
    second_factor: boolean;
    /** When anything of this was last changed */
    changed_at: string | null;
  };
  type Device = {
    id: string;
    /** Its browser and system */
    name: string;
    /** The host of its push service */
    service: string;
    /** SHA-256 of its endpoint, in hex, by which a browser knows itself */
    mark: string;
    added_at: string;
    /** When anything was last sent to it */
    tried_at: string | null;
    /** What its push service answered then */
    status: number | null;
    /** Why it did not take it */
    failure: string | null;
  };
  type Meeting = {
    id: string;
    source: Schemas.Source;
    room_id: string;
    room: string;
    title: string | null;
    provider_ids: string[];
    status: "waiting" | "live" | "ended";
    started_at: string | null;
    ended_at: string | null;
    ended_by: "provider" | "inferred" | null;
    /** The number of its last event */
    seq: number;
    present_count: number;
    waiting_count: number;
    people_count: number;
    /** Note-takers are programs and in no other number */
    note_taker_count: number;
    /** Waits whose outcome is left or came_back */
    waits_left_before_admitted_count: number;
    /** The people of these waits, each once */
    people_left_before_admitted_count: number;
    /** People with a wait whose outcome is left, each once */
    people_lost_count: number;
    /** The older name of waits_left_before_admitted_count */
    left_before_admitted_count: number;
    peak: {
      count: number;
      at: string;
    } | null;
    /** The bot that watches the meeting; null where none does */
    observer: {
      /** With not_let_in nothing of the meeting was seen */
      state: "let_in" | "left" | "removed" | "not_let_in";
      /** The provider's own word */
      reason: string | null;
      /** Who refused or removed it, where that is reported */
      by: string | null;
    } | null;
    /** When and why the meeting's people were erased */
    erased: {
      at: string;
      reason: string | null;
    } | null;
    /** Each bot that watches the meeting: several at one address at one time are in one meeting */
    observers: {
      /** The key of its own room, which is its id */
      bot: string;
      state: "let_in" | "left" | "removed" | "not_let_in";
      reason: string | null;
      by: string | null;
      /** When it came in, or first reported anything */
      from: string;
      to: string | null;
    }[];
    people: Schemas.PersonInMeeting[];
    note_takers: Schemas.PersonInMeeting[];
    waits: {
      id: string;
      person_id: string;
      name: string | null;
      started_at: string;
      ended_at: string | null;
      duration_ms: number;
      duration_is: Schemas.Certainty;
      outcome: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown";
      inferred: boolean;
    }[];
    hosts: {
      person_id: string;
      name: string | null;
      from: string;
      to: string | null;
      inferred: boolean;
    }[];
    /** The moment up to which anything open was counted */
    as_of: string;
  };
  type PersonInMeeting = {
    id: string;
    name: string | null;
    user_id: string | null;
    /** Several people had the same user id at once */
    user_id_shared: boolean;
    identified_by: "user_id" | "name" | "operator" | "connection";
    /** not_known: nobody reported that they left but something shows that they may have */
    status: "waiting" | "present" | "left" | "not_admitted" | "not_known";
    is_host: boolean;
    visits: {
      joined_at: string;
      left_at: string | null;
      /** first_seen: the bot found them there. inferred: only the leave was reported */
      start: "reported" | "first_seen" | "inferred";
      /** null while open; operator: entered that they are not here any more */
      end: "reported" | "inferred" | "operator" | null;
      /** When it must have ended, where that is known */
      left_by: string | null;
      participant_id: string;
    }[];
    /** After short gaps are closed */
    attended: {
      from: string;
      to: string | null;
    }[];
    attended_ms: number;
    /** How much longer it can have been */
    unknown_ms: number;
    first_joined_at: string | null;
    last_left_at: string | null;
    last_left_by: string | null;
    first_joined_is: Schemas.Certainty | null;
    last_left_is: Schemas.Certainty | null;
    attended_is: Schemas.Certainty | null;
  };
  /** at_most: then or before. at_least: then or later, that long or longer */
  type Certainty = "exact" | "at_most" | "at_least";
  type Act = {
    meeting_id: string;
    act: "open_as_host" | "admit_all" | "eject";
    /** Whom it is about; null for the whole meeting */
    person_id: string | null;
    provider: string;
    /** When the provider took it. Whether it came about is known when the provider reports it */
    taken_at: string;
    /** What open_as_host opens: for whoever asked alone, and for ten minutes */
    url: string | null;
  };
  type Event_knocked = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "knocked";
    at: string;
    person_id: string | null;
    participant_id: string;
    data: {
      user_id?: string | null | undefined;
      name?: string | null | undefined;
      is_host?: boolean | null | undefined;
      observer?: string | null | undefined;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_stopped_waiting = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "stopped_waiting";
    at: string;
    person_id: string | null;
    participant_id: string;
    data: {
      user_id?: string | null | undefined;
      name?: string | null | undefined;
      is_host?: boolean | null | undefined;
      observer?: string | null | undefined;
      started_at?: string | null | undefined;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_joined = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "joined";
    at: string;
    person_id: string | null;
    participant_id: string;
    data: {
      user_id?: string | null | undefined;
      name?: string | null | undefined;
      is_host?: boolean | null | undefined;
      observer?: string | null | undefined;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_left = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "left";
    at: string;
    person_id: string | null;
    participant_id: string;
    data: {
      user_id?: string | null | undefined;
      name?: string | null | undefined;
      is_host?: boolean | null | undefined;
      observer?: string | null | undefined;
      joined_at?: string | null | undefined;
      inferred?: true | null | undefined;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_updated = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "updated";
    at: string;
    person_id: string | null;
    participant_id: string;
    data: {
      user_id?: string | null | undefined;
      name?: string | null | undefined;
      is_host?: boolean | null | undefined;
      observer?: string | null | undefined;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_presence_ruled = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "presence_ruled";
    at: string;
    person_id: string | null;
    participant_id: string;
    data: {
      ruling: string;
      verdict: "not_here" | "undone";
      since: string;
      by: string;
      ruled_at: string;
      exact: boolean;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_meeting_started = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "meeting_started";
    at: string;
    person_id: string | null;
    participant_id: null;
    data: {
      provider_meeting_id?: string | null | undefined;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_meeting_ended = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "meeting_ended";
    at: string;
    person_id: string | null;
    participant_id: null;
    data: {
      provider_meeting_id?: string | null | undefined;
      started_at?: string | null | undefined;
      listed?: true | null | undefined;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_observer_joined = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "observer_joined";
    at: string;
    person_id: string | null;
    participant_id: null;
    data: {
      observer?: string | null | undefined;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_observer_left = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "observer_left";
    at: string;
    person_id: string | null;
    participant_id: null;
    data: {
      observer?: string | null | undefined;
      reason?: string | null | undefined;
      outside?: boolean | null | undefined;
      removed?: true | null | undefined;
      by?: string | null | undefined;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_data_deleted = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "data_deleted";
    at: string;
    person_id: string | null;
    participant_id: null;
    data: {
      reason?: string | null | undefined;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_identity_ruled = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "identity_ruled";
    at: string;
    person_id: string | null;
    participant_id: null;
    data: {
      ruling: string;
      verdict: "same" | "different" | "note_taker" | "person" | "undone";
      participant_ids: string[];
      apart_from: string[];
      by: string;
      ruled_at: string;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_meeting_ruled = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "meeting_ruled";
    at: string;
    person_id: string | null;
    participant_id: null;
    data: {
      ruling: string;
      verdict: "joined" | "parted" | "undone";
      from: string;
      by: string;
      ruled_at: string;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type Event_observer_ruled = {
    /** 1, 2, 3 … without holes */
    seq: number;
    type: "observer_ruled";
    at: string;
    person_id: string | null;
    participant_id: null;
    data: {
      ruling: string;
      verdict: "not_here" | "undone";
      since: string;
      by: string;
      ruled_at: string;
    };
    /** null where the delivery is no longer stored */
    delivery_id: string | null;
  };
  type MeetingRow = {
    id: string;
    source: Schemas.Source;
    room_id: string;
    room: string;
    title: string | null;
    provider_ids: string[];
    status: "waiting" | "live" | "ended";
    started_at: string | null;
    ended_at: string | null;
    ended_by: "provider" | "inferred" | null;
    /** The number of its last event */
    seq: number;
    present_count: number;
    waiting_count: number;
    people_count: number;
    /** Note-takers are programs and in no other number */
    note_taker_count: number;
    /** Waits whose outcome is left or came_back */
    waits_left_before_admitted_count: number;
    /** The people of these waits, each once */
    people_left_before_admitted_count: number;
    /** People with a wait whose outcome is left, each once */
    people_lost_count: number;
    /** The older name of waits_left_before_admitted_count */
    left_before_admitted_count: number;
    peak: {
      count: number;
      at: string;
    } | null;
    /** The bot that watches the meeting; null where none does */
    observer: {
      /** With not_let_in nothing of the meeting was seen */
      state: "let_in" | "left" | "removed" | "not_let_in";
      /** The provider's own word */
      reason: string | null;
      /** Who refused or removed it, where that is reported */
      by: string | null;
    } | null;
    /** When and why the meeting's people were erased */
    erased: {
      at: string;
      reason: string | null;
    } | null;
  };
  type Member = {
    id: string;
    name: string;
    email: string;
    /** What they may: an owner everything, a viewer only look */
    role: "owner" | "operator" | "viewer";
    /** Ids of the sources they may see; null for all */
    sources: string[] | null;
    /** Patterns of the rooms they may see, such as `ward-*`; null for all */
    rooms: string[] | null;
    /** Whether they see initials in place of names */
    masked: boolean;
    /** They have not chosen a password yet */
    invited: boolean;
    second_factor: boolean;
    created_at: string;
    /** To the hour */
    last_seen_at: string | null;
  };
  /** As whom a source knows a person */
  type Identity = {
    id: string;
    source: Schemas.Source;
    identified_by: "user_id" | "name";
    user_id: string | null;
    name: string | null;
  };
  type PersonRecord = {
    id: string;
    name: string | null;
    user_id: string | null;
    /** Known by name alone */
    guest: boolean;
    identities: Schemas.Identity[];
    meetings: number;
    first_met_at: string | null;
    last_met_at: string | null;
    in_meeting: boolean;
    attended_ms: number;
    /** How much longer it can have been */
    unknown_ms: number;
    waits: number;
    waits_admitted: number;
    /** Σ of the waits until admitted ÷ their number */
    average_wait_ms: number | null;
    /** Their waits that were left before admitted */
    left_before_admitted: number;
    /** Meetings in which a wait of theirs was really lost */
    meetings_lost: number;
    /** How often several people of the name were in one meeting */
    namesakes: number;
    aliases: {
      identity: string;
      name: string;
      first_at: string;
      last_at: string;
      meetings: number;
    }[];
    /** Joinings by hand, including those that were taken back */
    links: {
      link: string;
      people: [string, string];
      by: string;
      at: string;
      undone_by: string | null;
      undone_at: string | null;
    }[];
    /** The moment up to which anything open was counted */
    as_of: string;
  };
  type MeetingAttended = {
    meeting_id: string;
    room: string;
    title: string | null;
    status: "waiting" | "live" | "ended";
    started_at: string | null;
    ended_at: string | null;
    first_at: string;
    first_joined_at: string | null;
    last_left_at: string | null;
    in_meeting: boolean;
    attended_ms: number;
    first_joined_is: Schemas.Certainty | null;
    last_left_is: Schemas.Certainty | null;
    attended_is: Schemas.Certainty | null;
    share_of_meeting: number | null;
    waits: number;
    /** Waits whose end nobody reported */
    waits_unknown: number;
    /** The length of the union of the others */
    waited_ms: number;
    last_wait_outcome: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown" | null;
    hosted_ms: number;
    namesakes: number;
  };
  type SourceActs = {
    source_id: string;
    /** What people call it */
    provider: string;
    /** What can be done in its meetings */
    acts: ("open_as_host" | "admit_all" | "eject")[];
  };
  type RoomGroup = {
    id: string;
    name: string;
    /** Only rooms of this source; null for any */
    source_id: string | null;
    /** Patterns of which one fits the room's key or title; * stands for any text */
    rooms: string[];
    /** The opening hours; null for those of a less exact group, else always open */
    hours: {
      time_zone: string;
      /** A day without any is closed */
      weekdays: Record<string, unknown>;
      /** Days on which it is closed all the same, as 2026-12-25 */
      closed_on: string[];
    } | null;
    /** From how long on a wait is amber, red and urgent; null for those of a less exact group, else by the target of whoever looks */
    limits: {
      amber_ms: number;
      red_ms: number;
      urgent_ms: number;
    } | null;
    /** Where the rows of its rooms lead, besides those of wider groups */
    links: {
      label: string;
      /** With {room}, {person}, {user_id} and {meeting} to be filled in */
      url: string;
      /** Whether it is opened, or copied */
      how: "open" | "copy";
    }[];
    by: string;
    changed_at: string;
  };
  type Room = {
    id: string;
    room: string;
    title: string | null;
    source: Schemas.Source;
    /** Whether it is one room, or the rooms of one title, where each meeting has its own room */
    series_by: "room" | "title";
    meetings_count: number;
    live_count: number;
    people_per_meeting: number | null;
    /** The latest 24 meetings that are over, oldest first */
    people_trend: number[];
    last_meeting: {
      id: string;
      status: "waiting" | "live" | "ended";
      first_heard_at: string;
      started_at: string | null;
      ended_at: string | null;
    };
  };
  type Register = {
    room: {
      id: string;
      room: string;
      title: string | null;
      source: Schemas.Source;
      /** Whether it is one room, or the rooms of one title, where each meeting has its own room */
      series_by: "room" | "title";
    };
    class_list: {
      id: string;
      name: string | null;
    } | null;
    from: string;
    to: string;
    time_zone: string;
    /** The moment up to which anything open was counted */
    as_of: string;
    thresholds: Schemas.Thresholds;
    thresholds_from: {
      /** Where the threshold comes from */
      held_ms: "query" | "room" | "default";
      /** Where the threshold comes from */
      late_ms: "query" | "room" | "default";
      /** Where the threshold comes from */
      early_ms: "query" | "room" | "default";
      /** Where the threshold comes from */
      share: "query" | "room" | "default";
      /** Where the threshold comes from */
      attended_ms: "query" | "room" | "default";
      /** Where the threshold comes from */
      regular_share: "query" | "room" | "default";
      /** Where the threshold comes from */
      regular_last: "query" | "room" | "default";
      /** Where the threshold comes from */
      missed: "query" | "room" | "default";
    };
    /** How many there were in those days */
    meetings_count: number;
    /** How many of the meetings do not count, and why */
    left_out: {
      going_on: number;
      erased: number;
      nobody: number;
      short: number;
    };
    meetings: Schemas.RegisterMeeting[];
    people: Schemas.RegisterPerson[];
    summary: {
      held_count: number;
      unique_count: number;
      average_attendance: number | null;
      average_stay_ms: number | null;
      average_length_ms: number | null;
      attendances_count: number;
      late_count: number;
      left_early_count: number;
      never_missed_count: number;
      regulars_count: number | null;
      not_lately_count: number | null;
      /** The average attendance of the last meetings, and of as many before; null with fewer than four */
      trend: {
        span: number;
        lately: number;
        before: number;
      } | null;
      hosts_count: number;
    };
  };
  type Thresholds = {
    held_ms: number;
    late_ms: number;
    early_ms: number;
    /** In percent */
    share: number;
    attended_ms: number | null;
    /** In percent */
    regular_share: number;
    regular_last: number;
    missed: number;
  };
  type RegisterMeeting = {
    id: string;
    status: "waiting" | "live" | "ended";
    first_heard_at: string;
    started_at: string | null;
    ended_at: string | null;
    length_ms: number | null;
    people_count: number;
    held: boolean;
    /** Why it does not count */
    left_out: "going_on" | "erased" | "nobody" | "short" | null;
    erased: boolean;
    late_from: string | null;
    /** What late_from is */
    late_from_by: "scheduled" | "room" | "provider" | "host" | "first" | null;
    /** null where the people were erased */
    attended_count: number | null;
    late_count: number;
    left_early_count: number;
    hosts_count: number;
  };
  type RegisterPerson = {
    key: string;
    name: string | null;
    aliases: string[];
    user_id: string | null;
    /** null where the room has no class list */
    on_list: boolean | null;
    identified_by: "user_id" | "name" | "operator" | "list" | "nothing";
    /** Several people of the name were in one meeting */
    ambiguous: boolean;
    /** They hosted more than half of the meetings they came to */
    is_host: boolean;
    attended_count: number;
    attended_ms: number;
    share: number | null;
    late_count: number;
    left_early_count: number;
    hosted_count: number;
    regular: boolean | null;
    not_lately: boolean | null;
    missed_since_count: number | null;
    last_seen_at: string | null;
    /** One for every meeting */
    cells: ({
      meeting_id: string;
      state: "absent" | "not_there" | "not_counted" | "unknown";
    } | {
      meeting_id: string;
      state: "present" | "late" | "left_early" | "late_and_left_early" | "brief" | "waiting" | "not_admitted";
      attended_ms: number;
      share: number | null;
      first_joined_at: string | null;
      last_left_at: string | null;
      hosted: boolean;
      inferred: boolean;
      first_joined_is: Schemas.Certainty | null;
      last_left_is: Schemas.Certainty | null;
      attended_is: Schemas.Certainty | null;
    })[];
  };
  type RoomSettings = {
    thresholds: Schemas.Thresholds;
    /** When its meetings begin */
    start: {
      time_zone: string;
      /** HH:MM, for every day */
      time: string | null;
      /** Days with their own times */
      weekdays: Record<string, unknown>;
    } | null;
    by: string | null;
    changed_at: string | null;
  };
  type ScheduledMeeting = {
    id: string;
    source: Schemas.Source;
    room: string;
    title: string | null;
    starts_at: string;
    ends_at: string;
    tz: string;
    late_after_ms: number;
    /** How long after the start the verdict is taken */
    verdict_after_ms: number;
    class_list: {
      id: string;
      name: string | null;
    } | null;
    /** Where it is one of those that take place every week */
    repeats: {
      /** 1 for Monday */
      weekdays: number[];
      /** The last day; null for no end */
      until: string | null;
      day: string;
      changed_alone: boolean;
    } | null;
    by: string | null;
    changed_at: string;
    erased_at: string | null;
    /** Since when its calendar says that it does not take place */
    cancelled_at: string | null;
    /** It was taken from a calendar, and follows it */
    from_calendar: boolean;
    counts: {
      people: number;
      present: number;
      waiting: number;
      late: number;
      expected: number;
      left: number;
      not_admitted: number;
      absent: number;
      /** How many of those who came were late */
      came_late: number;
      /** People who came without being on the roster */
      unmatched: number;
    };
    verdict: {
      at: string;
      /** null until its time */
      outcome: "both" | "only_host" | "only_guest" | "someone_waiting" | "nobody" | null;
      hosts: {
        name: string | null;
        position: number | null;
      }[];
      guests: {
        name: string | null;
        position: number | null;
      }[];
      waiting: {
        name: string | null;
        position: number | null;
      }[];
    };
    /** The moment up to which anything open was counted */
    as_of: string;
  };
  type ScheduledMeetingWithPeople = {
    id: string;
    source: Schemas.Source;
    room: string;
    title: string | null;
    starts_at: string;
    ends_at: string;
    tz: string;
    late_after_ms: number;
    /** How long after the start the verdict is taken */
    verdict_after_ms: number;
    class_list: {
      id: string;
      name: string | null;
    } | null;
    /** Where it is one of those that take place every week */
    repeats: {
      /** 1 for Monday */
      weekdays: number[];
      /** The last day; null for no end */
      until: string | null;
      day: string;
      changed_alone: boolean;
    } | null;
    by: string | null;
    changed_at: string;
    erased_at: string | null;
    /** Since when its calendar says that it does not take place */
    cancelled_at: string | null;
    /** It was taken from a calendar, and follows it */
    from_calendar: boolean;
    counts: {
      people: number;
      present: number;
      waiting: number;
      late: number;
      expected: number;
      left: number;
      not_admitted: number;
      absent: number;
      /** How many of those who came were late */
      came_late: number;
      /** People who came without being on the roster */
      unmatched: number;
    };
    verdict: {
      at: string;
      /** null until its time */
      outcome: "both" | "only_host" | "only_guest" | "someone_waiting" | "nobody" | null;
      hosts: {
        name: string | null;
        position: number | null;
      }[];
      guests: {
        name: string | null;
        position: number | null;
      }[];
      waiting: {
        name: string | null;
        position: number | null;
      }[];
    };
    /** The moment up to which anything open was counted */
    as_of: string;
    meeting_ids: string[];
    /** The roster in its order */
    people: {
      position: number;
      name: string | null;
      user_id: string | null;
      email: string | null;
      role: "host" | "guest";
      status: "present" | "waiting" | "late" | "expected" | "left" | "not_admitted" | "absent";
      late_by_ms: number | null;
      /** joined: by an identity elsewhere; said: an operator entered it */
      matched_by: "user_id" | "email" | "name" | "joined" | "said" | null;
      namesakes: boolean;
      /** Their name in the meeting */
      seen_as: string | null;
      meeting_id: string | null;
      person_id: string | null;
      first_seen_at: string | null;
      first_joined_at: string | null;
      last_left_at: string | null;
      attended_ms: number;
      first_joined_is: Schemas.Certainty | null;
      last_left_is: Schemas.Certainty | null;
      attended_is: Schemas.Certainty | null;
    }[];
    /** People who came without being on the roster */
    unmatched: {
      status: "present" | "waiting" | "late" | "expected" | "left" | "not_admitted" | "absent";
      /** Their name in the meeting */
      seen_as: string | null;
      meeting_id: string | null;
      person_id: string | null;
      first_seen_at: string | null;
      first_joined_at: string | null;
      last_left_at: string | null;
      attended_ms: number;
      first_joined_is: Schemas.Certainty | null;
      last_left_is: Schemas.Certainty | null;
      attended_is: Schemas.Certainty | null;
    }[];
    roster_read?: Schemas.RosterRead | undefined;
  };
  type SharedMeeting = {
    /** The moment up to which anything open was counted */
    as_of: string;
    /** Of the server: a page of another one loads itself again */
    build: string;
    masked: boolean;
    /** The link opens nothing from then on */
    expires_at: string;
    /** Its title, or its room */
    name: string;
    /** It was invented by a demonstration */
    demo: boolean;
    status: "waiting" | "live" | "ended";
    /** When it was first heard of */
    first_at: string | null;
    /** When anything of it happened last */
    tip_at: string | null;
    started_at: string | null;
    ended_at: string | null;
    /** Gaps up to this are closed */
    grace_ms: number;
    /** The data of its people was erased */
    erased: boolean;
    people: Schemas.SharedPerson[];
    note_takers: Schemas.SharedPerson[];
  };
  type SharedPerson = {
    name: string | null;
    /** not_known: nobody reported that they left but something shows that they may have */
    status: "waiting" | "present" | "left" | "not_admitted" | "not_known";
    /** null where the provider never said */
    is_host: boolean | null;
    visits: {
      joined_at: string;
      left_at: string | null;
      /** first_seen: the bot found them there. inferred: only the leave was reported */
      start: "reported" | "first_seen" | "inferred";
      /** null while open; operator: entered that they are not here any more */
      end: "reported" | "inferred" | "operator" | null;
      /** When it must have ended, where that is known */
      left_by: string | null;
    }[];
    /** After short gaps are closed */
    attended: {
      from: string;
      to: string | null;
    }[];
    waits: {
      started_at: string;
      ended_at: string | null;
      /** When it must have ended, where that is known */
      over_by: string | null;
      outcome: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown";
      inferred: boolean;
      /** An operator entered its end */
      entered: boolean;
    }[];
    hosted: {
      from: string;
      to: string | null;
      inferred: boolean;
    }[];
  };
  type Share = {
    id: string;
    kind: "meeting" | "wallboard" | "wait";
    /** The meeting it was made for; null for a wallboard */
    meeting: {
      id: string;
      name: string | null;
    } | null;
    /** Ids of a wallboard's sources; null for all */
    sources: string[] | null;
    /** The room of a link for who waits, and what they read that it is called; null for others */
    room: {
      source_id: string;
      room: string;
      name: string;
    } | null;
    /** Whether it shows initials in place of names */
    masked: boolean;
    made_by: string;
    created_at: string;
    /** It opens nothing from then on */
    expires_at: string;
    revoked_at: string | null;
    /** To the minute */
    last_opened_at: string | null;
    /** How often its page was opened */
    opened_count: number;
  };
  type SourceWithSettings = {
    id: string;
    provider: string;
    name: string;
    /** Made by simulate or seed: nobody in it is real */
    demo?: true | undefined;
    /** Where its webhooks are sent; null for imported files */
    webhook_path: string | null;
    /** Whether a room has one meeting after another, parted by the gap */
    meetings: "by_gap" | "one_per_room";
    empty_gap_ms: number;
    grace_ms: number;
    /** Words besides those known for all sources; a word with a minus is a person's name */
    note_takers: string[];
    /** What several bots see at one address at one time is one meeting; it matters where each room has one meeting */
    joins_bots: boolean;
    /** What its calendars have is expected without anybody taking it; it matters where its provider is asked for calendars */
    takes_calendar: boolean;
    /** Deliveries of so many whole months before the present one are kept; null for all */
    keep_deliveries_months: number | null;
    /** People of meetings are kept for so many days after these ended; null for ever */
    keep_people_days: number | null;
    /** What went by these limits when that was last done, once a day; done_at is null meanwhile */
    expired: {
      /** Deliveries, each with its body */
      deliveries: number;
      /** Meetings whose people are erased; every number stays */
      meetings: number;
      /** Attendances of these meetings */
      people: number;
      begun_at: string;
      done_at: string | null;
    } | null;
    created_at: string;
    /** Since when nothing is taken of it */
    paused_at: string | null;
    last_heard_at: string | null;
    /** Whether it is silent for longer than it usually is */
    silence: {
      /** silent: for longer than is usual; unknown: it was heard for too short a time to say; unheard: never */
      state: "unheard" | "unknown" | "usual" | "silent";
      /** The median, over the last eight weeks with a meeting, of the longest silence between two meetings in each */
      usual_ms: number | null;
      /** Half as long again, and at least an hour more */
      allowed_ms: number | null;
      /** Of how many weeks that is known; three are needed */
      weeks: number;
    };
    /** While the past is rebuilt: how many events of how many are done */
    untold: {
      done: number;
      total: number | null;
      /** An operator stopped it, and it goes on when they ask */
      stopped: boolean;
    } | null;
    /** While it is deleted: how many deliveries and events of how many are gone */
    removal: {
      state: "running" | "stopped";
      done: number | null;
      total: number | null;
    } | null;
    /** Which of its webhooks were refused; over_at once one was accepted again, for a day */
    refused: {
      count: number;
      reason: "signature_missing" | "signature_mismatch" | "timestamp_missing" | "timestamp_outside_tolerance" | "paused" | "too_large" | "unfinished" | "overloaded" | "secret_unreadable" | "not_stored";
      since: string;
      last_at: string;
      over_at: string | null;
    } | null;
  };
  type AddedSource = {
    id: string;
    provider: string;
    name: string;
    /** Never shown again */
    secret: string;
    webhook_path: string;
    webhook_url: string | null;
  };
  type OpenedSource = {
    id: string;
    provider: string;
    name: string;
    /** Made by simulate or seed: nobody in it is real */
    demo?: true | undefined;
    /** Where its webhooks are sent; null for imported files */
    webhook_path: string | null;
    /** Whether a room has one meeting after another, parted by the gap */
    meetings: "by_gap" | "one_per_room";
    empty_gap_ms: number;
    grace_ms: number;
    /** Words besides those known for all sources; a word with a minus is a person's name */
    note_takers: string[];
    /** What several bots see at one address at one time is one meeting; it matters where each room has one meeting */
    joins_bots: boolean;
    /** What its calendars have is expected without anybody taking it; it matters where its provider is asked for calendars */
    takes_calendar: boolean;
    /** Deliveries of so many whole months before the present one are kept; null for all */
    keep_deliveries_months: number | null;
    /** People of meetings are kept for so many days after these ended; null for ever */
    keep_people_days: number | null;
    /** What went by these limits when that was last done, once a day; done_at is null meanwhile */
    expired: {
      /** Deliveries, each with its body */
      deliveries: number;
      /** Meetings whose people are erased; every number stays */
      meetings: number;
      /** Attendances of these meetings */
      people: number;
      begun_at: string;
      done_at: string | null;
    } | null;
    created_at: string;
    /** Since when nothing is taken of it */
    paused_at: string | null;
    last_heard_at: string | null;
    /** Whether it is silent for longer than it usually is */
    silence: {
      /** silent: for longer than is usual; unknown: it was heard for too short a time to say; unheard: never */
      state: "unheard" | "unknown" | "usual" | "silent";
      /** The median, over the last eight weeks with a meeting, of the longest silence between two meetings in each */
      usual_ms: number | null;
      /** Half as long again, and at least an hour more */
      allowed_ms: number | null;
      /** Of how many weeks that is known; three are needed */
      weeks: number;
    };
    /** While the past is rebuilt: how many events of how many are done */
    untold: {
      done: number;
      total: number | null;
      /** An operator stopped it, and it goes on when they ask */
      stopped: boolean;
    } | null;
    /** While it is deleted: how many deliveries and events of how many are gone */
    removal: {
      state: "running" | "stopped";
      done: number | null;
      total: number | null;
    } | null;
    /** Which of its webhooks were refused; over_at once one was accepted again, for a day */
    refused: {
      count: number;
      reason: "signature_missing" | "signature_mismatch" | "timestamp_missing" | "timestamp_outside_tolerance" | "paused" | "too_large" | "unfinished" | "overloaded" | "secret_unreadable" | "not_stored";
      since: string;
      last_at: string;
      over_at: string | null;
    } | null;
    /** null as long as `ROLLCALL_URL` is not set, and for files */
    webhook_url: string | null;
    /** How what webhooks missed is asked for; null where no key is kept */
    catching_up: {
      /** Nothing that happened before is missing any more */
      caught_up_to: string | null;
      /** What is asked for now: what happened since then, with so many calls so far */
      under_way: {
        since: string;
        begun_at: string;
        calls: number;
      } | null;
      /** How much was found that no webhook had told, in all */
      found: number;
      last_found_at: string | null;
      /** Why it could not be asked last */
      problem: "key_refused" | "refused" | "busy" | "away" | "key_unreadable" | "failed" | null;
      /** What the provider said to that; for an owner */
      said: string | null;
      /** It is not asked before */
      next_at: string | null;
      /** When its calendars were last read, and why not since; null where it knows of none */
      calendar: {
        read_at: string | null;
        problem: "key_refused" | "refused" | "busy" | "away" | "key_unreadable" | "failed" | null;
      } | null;
      /** How its webhook stands there; missing: it was there once, unseen: there is none with this address */
      webhook: {
        state: "on" | "off" | "missing" | "unseen";
        since: string | null;
      } | null;
    } | null;
    /** What its rooms are called by their keys, where nothing else says */
    room_titles: {
      pattern: string;
      title: string;
    }[];
    /** When each of these first came */
    first: {
      /** When its provider last asked whether somebody listens */
      ping_at: string | null;
      delivery_at: string | null;
      join_at: string | null;
      leave_at: string | null;
    };
    /** The accepted ones, newest first; null for those who may not change them */
    secrets: {
      /** null where it cannot be decrypted any more */
      last_four: string | null;
      created_at: string;
      last_used_at: string | null;
      retires_at: string | null;
    }[] | null;
    /** Where the key is for, where somebody runs the provider themselves; null for those who may not change it */
    api_address: string | null;
    /** The key of the provider's API, where one is kept; null for those who may not change it */
    api_key: {
      /** null where it cannot be decrypted any more */
      last_four: string | null;
      /** null of one that was kept before this was noted */
      kept_since: string | null;
    } | null;
  };
  type Statement = {
    id: string;
    /** The page to hand on */
    url: string;
    /** The SHA-256 of the facts as canonical JSON (RFC 8785), in hexadecimal */
    hash: string;
    made_at: string;
    made_by: string;
    erased_at: string | null;
    /** null where they were erased */
    facts: Schemas.StatementFacts | null;
  };
  type StatementChecked = {
    id: string;
    /** The page to hand on */
    url: string;
    /** The SHA-256 of the facts as canonical JSON (RFC 8785), in hexadecimal */
    hash: string;
    made_at: string;
    made_by: string;
    erased_at: string | null;
    /** null where they were erased */
    facts: Schemas.StatementFacts | null;
    /** corrected: it is what was issued, and would be stated differently today */
    verdict: "unaltered" | "altered" | "corrected" | "erased";
    /** Each fact that was altered, where the caller sent facts */
    altered: {
      /** null for a fact of the whole statement */
      meeting_id: string | null;
      fact: string;
      was: Schemas.Json;
      is: Schemas.Json;
    }[];
    /** Each fact as it was stated, and as it would be today */
    corrected: {
      /** null for a fact of the whole statement */
      meeting_id: string | null;
      fact: string;
      was: Schemas.Json;
      is: Schemas.Json;
    }[];
  };
  type Json = Schemas.__schema0;
  type Waiting = {
    /** The moment up to which anything open was counted */
    as_of: string;
    from: string;
    to: string;
    time_zone: string;
    target_ms: number;
    level: "neutral" | "ignored" | "positive" | "negative";
    short: "apart" | "counted";
    metrics: {
      /** Every wait that began */
      waits: number;
      /** admitted + left_before_admitted */
      entered: number;
      admitted: number;
      /** really_lost + came_back (+ short, where counted) */
      left_before_admitted: number;
      /** Left, and admitted later that day after all */
      came_back: number;
      /** Left before admitted, not within 10 s, and not admitted later that day */
      really_lost: number;
      /** Left within 10 s */
      short: number;
      /** Their end was not reported */
      unknown: number;
      still_waiting: number;
      /** left_before_admitted ÷ entered */
      abandonment_rate: number | null;
      /** Σ(admitted − started waiting) ÷ admitted */
      average_until_admitted_ms: number | null;
      /** Σ(left − started waiting) ÷ left_before_admitted */
      average_until_leaving_ms: number | null;
      /** The longest wait whose end is known */
      longest_ms: number | null;
      /** As level says */
      service_level: {
        met: number;
        of: number;
        share: number | null;
      };
      median_until_admitted_ms: number | null;
      /** The 90th percentile, by nearest rank */
      p90_until_admitted_ms: number | null;
      median_until_leaving_ms: number | null;
      p90_until_leaving_ms: number | null;
      /** The people of the waits that were really lost; again in the same room within a day counts once */
      people_lost: number;
    };
    /** How long waits lasted */
    distribution: {
      longer_than_ms: number;
      up_to_ms: number | null;
      admitted: number;
      left: number;
      short: number;
    }[];
    /** The hours of the week */
    by_hour: {
      /** 1 for Monday */
      weekday: number;
      hour: number;
      /** Every wait that began */
      waits: number;
      /** admitted + left_before_admitted */
      entered: number;
      admitted: number;
      /** really_lost + came_back (+ short, where counted) */
      left_before_admitted: number;
      /** Left, and admitted later that day after all */
      came_back: number;
      /** Left before admitted, not within 10 s, and not admitted later that day */
      really_lost: number;
      /** Left within 10 s */
      short: number;
      /** Their end was not reported */
      unknown: number;
      still_waiting: number;
      /** left_before_admitted ÷ entered */
      abandonment_rate: number | null;
      /** Σ(admitted − started waiting) ÷ admitted */
      average_until_admitted_ms: number | null;
      /** Σ(left − started waiting) ÷ left_before_admitted */
      average_until_leaving_ms: number | null;
      /** The longest wait whose end is known */
      longest_ms: number | null;
      /** As level says */
      service_level: {
        met: number;
        of: number;
        share: number | null;
      };
    }[];
    room_count: number;
    /** The first 200 rooms in that order */
    by_room: {
      source: Schemas.Source;
      room: string;
      title: string | null;
      /** Every wait that began */
      waits: number;
      /** admitted + left_before_admitted */
      entered: number;
      admitted: number;
      /** really_lost + came_back (+ short, where counted) */
      left_before_admitted: number;
      /** Left, and admitted later that day after all */
      came_back: number;
      /** Left before admitted, not within 10 s, and not admitted later that day */
      really_lost: number;
      /** Left within 10 s */
      short: number;
      /** Their end was not reported */
      unknown: number;
      still_waiting: number;
      /** left_before_admitted ÷ entered */
      abandonment_rate: number | null;
      /** Σ(admitted − started waiting) ÷ admitted */
      average_until_admitted_ms: number | null;
      /** Σ(left − started waiting) ÷ left_before_admitted */
      average_until_leaving_ms: number | null;
      /** The longest wait whose end is known */
      longest_ms: number | null;
      /** As level says */
      service_level: {
        met: number;
        of: number;
        share: number | null;
      };
    }[];
  };
  type LostPerson = {
    id: string;
    meeting_id: string;
    source: Schemas.Source;
    room: string;
    title: string | null;
    person_id: string;
    name: string | null;
    started_at: string;
    ended_at: string | null;
    duration_ms: number;
    duration_is: Schemas.Certainty;
    outcome: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown";
    inferred: boolean;
    /** Who looks after the wait */
    claimed_by: string | null;
    claimed_at: string | null;
    /** Until then the claim holds if its owner does nothing */
    claim_lapses_at: string | null;
    /** null also for whoever sees initials */
    desk_note: string | null;
    desk_note_by: string | null;
    desk_note_at: string | null;
    /** What came of following up on somebody who left */
    follow_up: "called" | "reached" | "rebooked" | "wrong_link" | "no_answer" | null;
    follow_up_by: string | null;
    follow_up_at: string | null;
    /** How often they left that waiting room in the day before */
    leaves: number;
  };
  type Wait = {
    id: string;
    meeting_id: string;
    source: Schemas.Source;
    room: string;
    title: string | null;
    person_id: string;
    name: string | null;
    started_at: string;
    ended_at: string | null;
    duration_ms: number;
    duration_is: Schemas.Certainty;
    outcome: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown";
    inferred: boolean;
    /** Who looks after the wait */
    claimed_by: string | null;
    claimed_at: string | null;
    /** Until then the claim holds if its owner does nothing */
    claim_lapses_at: string | null;
    /** null also for whoever sees initials */
    desk_note: string | null;
    desk_note_by: string | null;
    desk_note_at: string | null;
    /** What came of following up on somebody who left */
    follow_up: "called" | "reached" | "rebooked" | "wrong_link" | "no_answer" | null;
    follow_up_by: string | null;
    follow_up_at: string | null;
  };
  type WaitHandling = {
    id: string;
    /** Who looks after the wait */
    claimed_by: string | null;
    claimed_at: string | null;
    /** Until then the claim holds if its owner does nothing */
    claim_lapses_at: string | null;
    /** null also for whoever sees initials */
    desk_note: string | null;
    desk_note_by: string | null;
    desk_note_at: string | null;
    /** What came of following up on somebody who left */
    follow_up: "called" | "reached" | "rebooked" | "wrong_link" | "no_answer" | null;
    follow_up_by: string | null;
    follow_up_at: string | null;
  };
  type Wallboard = {
    /** The moment up to which anything open was counted */
    as_of: string;
    /** Of the server: a page of another one loads itself again */
    build: string;
    masked: boolean;
    /** The link opens nothing from then on */
    expires_at: string;
    /** Of the day that is today */
    time_zone: string;
    /** In progress */
    meetings: number;
    /** People in meetings */
    present: number;
    waiting: number;
    /** When the longest open wait began */
    longest_since: string | null;
    /** Meetings with people and without a host */
    hostless: number;
    waiting_without_host: number;
    today: {
      /** The target of the service level */
      target_ms: number;
      /** The service level that is aimed for, from 0 to 1 */
      goal: number;
      entered: number;
      left_before_admitted: number;
      abandonment_rate: number | null;
      service_level: {
        met: number;
        of: number;
        share: number | null;
      };
    };
    /** Who has waited longest, first */
    waiting_room: {
      name: string | null;
      /** The title of the meeting, or its room */
      room: string;
      demo: boolean;
      since: string;
      /** How often they had waited for this meeting before */
      returned: number;
      hostless: boolean;
      /** What the house says of the room; null for nothing */
      house: Schemas.HouseRules | null;
    }[];
    /** Since when nothing can be stored */
    halted: {
      since: string;
      reason: "disk_full" | "read_only" | "unavailable";
    } | null;
  };
  type HouseRules = {
    /** The names of its groups, the most exact first */
    groups: string[];
    /** null where it is always open */
    hours: {
      is_open: boolean;
      /** Since when, where that is within two weeks */
      since: string | null;
      /** Until when, where that is within two weeks */
      until: string | null;
    } | null;
    /** null: by the target that waits are measured by */
    limits: {
      amber_ms: number;
      red_ms: number;
      urgent_ms: number;
    } | null;
    /** What those who wait for it are told, and by whom */
    message: {
      text: string;
      by: string;
      at: string;
    } | null;
    links: {
      label: string;
      /** With {room}, {person}, {user_id} and {meeting} to be filled in */
      url: string;
      /** Whether it is opened, or copied */
      how: "open" | "copy";
    }[];
  };
  type __schema0 = string | number | boolean | null | Schemas.__schema0[] | Record<string, unknown>;
}

export interface Operations {
  /** Whether Rollcall can do its work */
  "GET /api/health": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      status: "ok";
      database: {
        status: "ok";
        answered_in_ms: number;
      };
      keeping: {
        status: "ok";
        /** When this process last stored a delivery */
        last_kept_at: string | null;
      };
      /** How many sources had their last webhook refused */
      refused_sources: number;
      /** How many webhooks their providers switched off, or do not have any more, where a source keeps a key */
      webhooks_off: number;
      /** Stored webhooks that are not projected yet */
      unprojected: number | null;
      /** How long ago the first of them came */
      oldest_unprojected_ms: number | null;
      /** Rooms that are not projected: an event in them cannot be read */
      stopped_rooms: number | null;
      /** The moment up to which anything open was counted */
      as_of: string;
      sources: number;
      last_event_at: string | null;
    };
  };
  /** Whether this process takes webhooks and shows pages now */
  "GET /api/health/ready": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      status: "ready";
    };
  };
  /** This document: the API in OpenAPI 3.1 */
  "GET /api/openapi.json": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      openapi: string;
      paths: Record<never, never>;
    };
  };
  /** Every channel that alerts are told, oldest first, with what came of the last attempt */
  "GET /api/v1/alert-channels": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      results: Schemas.AlertChannel[];
    };
  };
  /** Adds a channel that alerts are told; its address is never answered */
  "POST /api/v1/alert-channels": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      kind: "slack" | "teams" | "discord" | "email";
      name?: string | undefined;
      address: string;
      initials?: boolean | undefined;
      on?: boolean | undefined;
    };
    answer: Schemas.AlertChannel;
  };
  /** Sets what is given of a channel; on: false tells it nothing */
  "PATCH /api/v1/alert-channels/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      name?: string | undefined;
      address?: string | undefined;
      initials?: boolean | undefined;
      on?: boolean | undefined;
    };
    answer: Schemas.AlertChannel;
  };
  /** Removes a channel with what was to be told there */
  "DELETE /api/v1/alert-channels/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.AlertChannel;
  };
  /** Tells a channel that this is a test, and answers what came of it */
  "POST /api/v1/alert-channels/{id}/test": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.AlertChannel;
  };
  /** Every alert rule, oldest first */
  "GET /api/v1/alert-rules": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      results: Schemas.AlertRule[];
    };
  };
  /** Makes an alert rule; what is left out is as usual for its kind */
  "POST /api/v1/alert-rules": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      kind: "waiting" | "waiting_without_host" | "without_host" | "capacity" | "person" | "not_begun" | "source_silent" | "source_refused";
      by?: string | undefined;
      name?: string | undefined;
      on?: boolean | undefined;
      after_ms?: number | null | undefined;
      capacity?: number | null | undefined;
      person?: string | null | undefined;
      does?: "waits" | "joined" | "left" | null | undefined;
      sources?: string[] | null | undefined;
      rooms?: string[] | null | undefined;
      groups?: string[] | null | undefined;
      repeat_ms?: number | null | undefined;
      urgent_after_ms?: number | null | undefined;
      quiet?: {
        from: string;
        to: string;
      } | null | undefined;
    };
    answer: Schemas.AlertRule;
  };
  /** Sets what is given of an alert rule; on: false stops it */
  "PATCH /api/v1/alert-rules/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      kind?: "waiting" | "waiting_without_host" | "without_host" | "capacity" | "person" | "not_begun" | "source_silent" | "source_refused" | undefined;
      by?: string | undefined;
      name?: string | undefined;
      on?: boolean | undefined;
      after_ms?: number | null | undefined;
      capacity?: number | null | undefined;
      person?: string | null | undefined;
      does?: "waits" | "joined" | "left" | null | undefined;
      sources?: string[] | null | undefined;
      rooms?: string[] | null | undefined;
      groups?: string[] | null | undefined;
      repeat_ms?: number | null | undefined;
      urgent_after_ms?: number | null | undefined;
      quiet?: {
        from: string;
        to: string;
      } | null | undefined;
    };
    answer: Schemas.AlertRule;
  };
  /** Removes an alert rule; its alerts are over */
  "DELETE /api/v1/alert-rules/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.AlertRule;
  };
  /** Alerts, those raised last first */
  "GET /api/v1/alerts": {
    path: Record<never, never>;
    query: {
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
      /** raised: nobody has acknowledged it, and it goes on */
      state?: "raised" | "acknowledged" | "over" | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: Schemas.Alert[];
    };
  };
  /** Acknowledges an alert: it rings no more; answers who did it first */
  "POST /api/v1/alerts/{id}/acknowledge": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      by?: string | undefined;
    };
    answer: Schemas.Alert;
  };
  /** The participant events of a bot, in the order they were recorded */
  "GET /api/v1/app_sessions/{bot}/participant_events": {
    path: {
      bot: string;
    };
    query: {
      /** Events after this moment */
      after?: string | undefined;
      /** Events before this moment */
      before?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
    };
    body: undefined;
    answer: {
      next: string | null;
      previous: string | null;
      results: Schemas.BotEvent[];
    };
  };
  /** Who did what, from where, newest first */
  "GET /api/v1/audit": {
    path: Record<never, never>;
    query: {
      /** What was done */
      action?: "sign_in.succeeded" | "sign_in.failed" | "sessions.ended" | "member.invited" | "member.changed" | "member.removed" | "member.joined" | "link.made" | "password.changed" | "second_factor.set" | "key.created" | "key.revoked" | "access.refused" | "source.added" | "source.changed" | "source.rotated" | "source.retired" | "source.paused" | "source.resumed" | "source.connected" | "source.expired" | "source.deleted" | "room.changed" | "room.titled" | "room.told" | "group.made" | "group.changed" | "group.removed" | "correction.made" | "correction.withdrawn" | "wait.claimed" | "wait.released" | "wait.noted" | "wait.followed_up" | "meeting.acted" | "meeting.act_failed" | "wait.acted" | "alert_rule.made" | "alert_rule.changed" | "alert_rule.removed" | "alert.acknowledged" | "alert_channel.added" | "alert_channel.changed" | "alert_channel.removed" | "alert_channel.tested" | "device.added" | "device.removed" | "schedule.made" | "schedule.changed" | "schedule.withdrawn" | "schedule.restored" | "match.made" | "match.withdrawn" | "class_list.made" | "class_list.changed" | "class_list.removed" | "class_list.assigned" | "calendar.taken" | "calendar.left_out" | "import.done" | "import.undone" | "statement.made" | "statement.opened" | "file.taken" | "person.erased" | "share.made" | "share.opened" | "share.revoked" | "deliveries.replayed" | "deliveries.dropped" | "delivery.signed" | "endpoint.added" | "endpoint.changed" | "endpoint.rotated" | "endpoint.tested" | "endpoint.resent" | "endpoint.paused" | "endpoint.removed" | "settings.changed" | "demo.made" | "demo.removed" | "backup.made" | "backup.restored" | "export.made" | "audit.trimmed" | undefined;
      /** The id of who did it, or by what they came: member, key, this_machine, command, link, nobody */
      who?: string | undefined;
      /** The id of what it is about */
      about?: string | undefined;
      /** Words in the name of who did it, or of what it is about */
      q?: string | undefined;
      /** A day, or a moment: not before it */
      from?: string | undefined;
      /** A day, which is included, or a moment, which is not */
      to?: string | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: Schemas.AuditEntry[];
      /** So many days entries are kept; null for good */
      kept_days: number | null;
    };
  };
  /** Bots as Attendee describes them, and meetings of other providers as such, oldest first */
  "GET /api/v1/bots": {
    path: Record<never, never>;
    query: {
      /** Bots that were sent to this address */
      meeting_url?: string | undefined;
      /** Bots with this key of their user: none is known here */
      deduplication_key?: string | undefined;
      /** Bots in this state; given several times, in any of these */
      states?: string | undefined;
      /** Bots that are to join after this moment */
      join_at_after?: string | undefined;
      /** Bots that are to join before this moment */
      join_at_before?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
    };
    body: undefined;
    answer: {
      next: string | null;
      previous: string | null;
      results: Schemas.Bot[];
    };
  };
  /** A bot as Attendee describes it: its state and events */
  "GET /api/v1/bots/{bot}": {
    path: {
      bot: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.Bot;
  };
  /** The participant events of a bot, in the order they were recorded */
  "GET /api/v1/bots/{bot}/participant_events": {
    path: {
      bot: string;
    };
    query: {
      /** Events after this moment */
      after?: string | undefined;
      /** Events before this moment */
      before?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
    };
    body: undefined;
    answer: {
      next: string | null;
      previous: string | null;
      results: Schemas.BotEvent[];
    };
  };
  /** The participants of a bot, in the order of their first events */
  "GET /api/v1/bots/{bot}/participants": {
    path: {
      bot: string;
    };
    query: {
      /** Hosts, or the others */
      is_host?: "true" | "false" | undefined;
      /** The participant with this id */
      id?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
    };
    body: undefined;
    answer: {
      next: string | null;
      previous: string | null;
      results: Schemas.BotParticipant[];
    };
  };
  /** What calendars have that is not over, by its start, and what became of it here */
  "GET /api/v1/calendar-events": {
    path: Record<never, never>;
    query: {
      /** The id of a source */
      source?: string | undefined;
      /** taken: it is expected here; left_out: somebody left it out, or withdrew it */
      state?: "offered" | "left_out" | "taken" | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: {
        id: string;
        source: Schemas.Source;
        title: string | null;
        /** The address of the meeting, without what is a password in it */
        room: string;
        starts_at: string;
        ends_at: string;
        cancelled: boolean;
        /** Whom it invites, without those who declined; who organizes it is its host */
        people: {
          name: string | null;
          email: string | null;
          role: "host" | "guest";
        }[];
        state: "offered" | "left_out" | "taken";
        /** The scheduled meeting that was made of it */
        scheduled_meeting_id: string | null;
        left_out_by: string | null;
      }[];
    };
  };
  /** Leaves meetings of calendars out of what is offered, or offers them again */
  "POST /api/v1/calendar-events/leave-out": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      ids: string[];
      left_out?: boolean | undefined;
      by?: string | null | undefined;
    };
    answer: {
      changed: number;
    };
  };
  /** Takes meetings of calendars, so that they are expected and follow their calendar; those that are expected are as their calendar has them again */
  "POST /api/v1/calendar-events/take": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      ids: string[];
      by?: string | null | undefined;
    };
    answer: {
      /** made: it was not expected before; others are again as their calendar has them */
      taken: {
        scheduled_meeting_id: string;
        made: boolean;
      }[];
    };
  };
  /** Class lists by name */
  "GET /api/v1/class-lists": {
    path: Record<never, never>;
    query: {
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: Schemas.ClassList[];
    };
  };
  /** Makes a class list */
  "POST /api/v1/class-lists": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      name: string;
      roster?: string | {
        name?: string | null | undefined;
        user_id?: string | null | undefined;
        email?: string | null | undefined;
        role?: string | null | undefined;
      }[] | null | undefined;
      /** How a roster that is text is to be read */
      reading?: {
        columns?: ("name" | "first_name" | "middle_name" | "last_name" | "email" | "user_id" | "role" | "ignore" | null)[] | null | undefined;
        heading_line?: number | null | undefined;
        commas?: "last_first" | "people" | "part_of_name" | null | undefined;
      } | null | undefined;
      by?: string | null | undefined;
    };
    answer: Schemas.ClassListWithPeople;
  };
  /** A class list with its people and rooms */
  "GET /api/v1/class-lists/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.ClassListWithPeople;
  };
  /** Replaces a class list; without a roster the people stay */
  "PUT /api/v1/class-lists/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      name: string;
      roster?: string | {
        name?: string | null | undefined;
        user_id?: string | null | undefined;
        email?: string | null | undefined;
        role?: string | null | undefined;
      }[] | null | undefined;
      /** How a roster that is text is to be read */
      reading?: {
        columns?: ("name" | "first_name" | "middle_name" | "last_name" | "email" | "user_id" | "role" | "ignore" | null)[] | null | undefined;
        heading_line?: number | null | undefined;
        commas?: "last_first" | "people" | "part_of_name" | null | undefined;
      } | null | undefined;
      by?: string | null | undefined;
    };
    answer: Schemas.ClassListWithPeople;
  };
  /** Deletes a class list */
  "DELETE /api/v1/class-lists/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      id: string;
      deleted: true;
    };
  };
  /** Says of whom a code besides the password is demanded, from their next sign-in on */
  "PUT /api/v1/code-demand": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      of: "nobody" | "operators" | "everybody";
    };
    answer: {
      /** Who sets up a code at their next sign-in; operators with owners */
      of: "nobody" | "operators" | "everybody";
    };
  };
  /** Deliveries, newest first, without bodies */
  "GET /api/v1/deliveries": {
    path: Record<never, never>;
    query: {
      /** The id of a source */
      source?: string | undefined;
      /** A room by its key, as the provider names it */
      room?: string | undefined;
      /** The provider's own name for a type of webhook or line */
      type?: string | undefined;
      /** What came of a delivery; repeated: it came again, waiting: it is not projected */
      status?: "recorded" | "repeated" | "ignored" | "unreadable" | "waiting" | undefined;
      /** Whom a delivery told of: the id, the user id, or words of a name */
      person?: string | undefined;
      /** Those with these ids, up to 200 times */
      id?: number[] | undefined;
      /** A day, or a moment: not before it */
      from?: string | undefined;
      /** A day, which is included, or a moment, which is not */
      to?: string | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: Schemas.Delivery[];
    };
  };
  /** Begins to read and project deliveries again: some, or all that could not be read */
  "POST /api/v1/deliveries/replays": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      ids: string[];
    } | {
      which: "unreadable";
    };
    answer: Schemas.Replay;
  };
  /** How far a replay of deliveries is */
  "GET /api/v1/deliveries/replays/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.Replay;
  };
  /** Stops a replay of deliveries; what it has done stays */
  "DELETE /api/v1/deliveries/replays/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.Replay;
  };
  /** One delivery with its body exactly as it came, and the events it made */
  "GET /api/v1/deliveries/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.OpenedDelivery;
  };
  /** A curl command that sends a delivery again to this server, signed now */
  "POST /api/v1/deliveries/{id}/curl": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      /** For a shell; its signature is good for as long as a webhook may take */
      command: string;
    };
  };
  /** How much of a demonstration is stored, and how far its removal is */
  "GET /api/v1/demonstration": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      sources: Schemas.Source[];
      meetings: number;
      people: number;
      waits: number;
      events: number;
      deliveries: number;
      scheduled_meetings: number;
      /** Statements about nothing else */
      statements: number;
      /** The progress of a removal; null where none goes on */
      removal: {
        /** stopped: it failed, and continues when it is asked for again */
        state: "running" | "stopped";
        /** Deliveries and events; null where the process that removes them has not said yet */
        done: number | null;
        total: number | null;
      } | null;
    };
  };
  /** Begins to remove the demonstration */
  "DELETE /api/v1/demonstration": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      by?: string | undefined;
    };
    answer: {
      /** The progress of a removal; null where none goes on */
      removal: {
        /** stopped: it failed, and continues when it is asked for again */
        state: "running" | "stopped";
        /** Deliveries and events; null where the process that removes them has not said yet */
        done: number | null;
        total: number | null;
      } | null;
    };
  };
  /** How far the removal is, without counting what is left */
  "GET /api/v1/demonstration/removal": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      /** The progress of a removal; null where none goes on */
      removal: {
        /** stopped: it failed, and continues when it is asked for again */
        state: "running" | "stopped";
        /** Deliveries and events; null where the process that removes them has not said yet */
        done: number | null;
        total: number | null;
      } | null;
    };
  };
  /** How far a file is that was asked for with download={id} */
  "GET /api/v1/downloads/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      name: string;
      /** Read so far */
      rows: number;
      state: "running" | "done" | "stopped" | "failed";
    };
  };
  /** Stops the making of the file, which breaks it off */
  "DELETE /api/v1/downloads/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      stopped: true;
    };
  };
  /** Every address that is sent webhooks, oldest first */
  "GET /api/v1/endpoints": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      results: Schemas.WebhookEndpoint[];
    };
  };
  /** Adds an address that is sent webhooks from now on; its secret is answered once */
  "POST /api/v1/endpoints": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      url: string;
      triggers: ("participant_events.join_leave" | "participant_events.update" | "participant.joined" | "participant.left" | "waiting-participant.joined" | "waiting-participant.left" | "meeting.started" | "meeting.ended" | "wait.admitted" | "host.changed" | "meeting.merged" | "attendance.ready" | "attendance.corrected" | "no_show.host" | "no_show.guest" | "alert.raised" | "alert.cleared" | "endpoint.paused")[];
      signing?: "standard" | "attendee" | "daily" | undefined;
      sources?: string[] | null | undefined;
      rooms?: string[] | null | undefined;
      secret?: string | null | undefined;
    };
    answer: {
      id: string;
      url: string;
      triggers: ("participant_events.join_leave" | "participant_events.update" | "participant.joined" | "participant.left" | "waiting-participant.joined" | "waiting-participant.left" | "meeting.started" | "meeting.ended" | "wait.admitted" | "host.changed" | "meeting.merged" | "attendance.ready" | "attendance.corrected" | "no_show.host" | "no_show.guest" | "alert.raised" | "alert.cleared" | "endpoint.paused")[];
      /** standard: Standard Webhooks; else as the provider of that name signs */
      signing: "standard" | "attendee" | "daily";
      /** Ids of the sources it is told of; null for all */
      sources: string[] | null;
      /** Patterns of the rooms it is told of, by key or title, * for any text; null for all */
      rooms: string[] | null;
      added_at: string;
      added_by: string;
      /** waiting: nothing was sent yet; taking: the last one was taken; failing: it is tried again */
      state: "waiting" | "taking" | "failing" | "paused";
      paused_at: string | null;
      /** failing: it took nothing for two days; gone: it answered 410 */
      paused_for: "by_hand" | "failing" | "gone" | null;
      failing_since: string | null;
      last_taken_at: string | null;
      /** It asked for patience until then */
      rests_until: string | null;
      /** Messages that wait to be sent, also those that are tried again */
      waiting: number;
      /** Until then the older secret is used too */
      rotating_until: string | null;
      /** What its webhooks are signed with, answered this once; whsec_… for standard */
      secret: string;
    };
  };
  /** One address that is sent webhooks, with its state */
  "GET /api/v1/endpoints/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.WebhookEndpoint;
  };
  /** Sets what is given of an endpoint; paused: false has it go on */
  "PATCH /api/v1/endpoints/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      url?: string | undefined;
      triggers?: ("participant_events.join_leave" | "participant_events.update" | "participant.joined" | "participant.left" | "waiting-participant.joined" | "waiting-participant.left" | "meeting.started" | "meeting.ended" | "wait.admitted" | "host.changed" | "meeting.merged" | "attendance.ready" | "attendance.corrected" | "no_show.host" | "no_show.guest" | "alert.raised" | "alert.cleared" | "endpoint.paused")[] | undefined;
      signing?: "standard" | "attendee" | "daily" | undefined;
      sources?: string[] | null | undefined;
      rooms?: string[] | null | undefined;
      paused?: boolean | undefined;
    };
    answer: Schemas.WebhookEndpoint;
  };
  /** Removes an endpoint with what was to be sent to it */
  "DELETE /api/v1/endpoints/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.WebhookEndpoint;
  };
  /** What was sent to an endpoint and what came back, newest first */
  "GET /api/v1/endpoints/{id}/attempts": {
    path: {
      id: string;
    };
    query: {
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
      /** failed: what was not taken */
      only?: "failed" | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: Schemas.SendAttempt[];
    };
  };
  /** Sends the message of an attempt again, under the name it had */
  "POST /api/v1/endpoints/{id}/attempts/{attempt}/resend": {
    path: {
      id: string;
      attempt: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.Resend;
  };
  /** Sends again what was made in a time: what failed, or all of it */
  "POST /api/v1/endpoints/{id}/resend": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      from: string;
      to: string;
      only?: "failed" | "all" | undefined;
    };
    answer: Schemas.Resend;
  };
  /** How far a resend is; latest is the one begun last */
  "GET /api/v1/endpoints/{id}/resend/{job}": {
    path: {
      id: string;
      job: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.Resend;
  };
  /** Stops a resend; what it has not sent yet is given up */
  "DELETE /api/v1/endpoints/{id}/resend/{job}": {
    path: {
      id: string;
      job: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.Resend;
  };
  /** Gives an endpoint a new secret, answered once; the older is used too for a day */
  "POST /api/v1/endpoints/{id}/rotate": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      secret?: string | null | undefined;
      until?: string | null | undefined;
    };
    answer: {
      id: string;
      /** What its webhooks are signed with, answered this once; whsec_… for standard */
      secret: string;
      /** Until then the older secret is used: beside the new one by standard, and alone by the others */
      until: string;
    };
  };
  /** Sends a webhook that tells nothing, and answers what came back */
  "POST /api/v1/endpoints/{id}/test": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      id: string;
      taken: boolean;
      at: string;
      took_ms: number;
      /** Of the answer; null where there was none */
      status: number | null;
      /** Why there was no answer */
      failure: string | null;
      /** How the answer begins */
      excerpt: string | null;
    };
  };
  /** How far the erasure of a person is */
  "GET /api/v1/erasure": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      /** How far an erasure is; null where none goes on */
      erasure: {
        /** stopped: it failed, and goes on with the next start */
        state: "running" | "stopped";
        /** Meetings; null where the process that erases has not said yet */
        done: number | null;
        total: number | null;
      } | null;
    };
  };
  /** What was imported, newest first */
  "GET /api/v1/imports": {
    path: Record<never, never>;
    query: {
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: Schemas.Import[];
    };
  };
  /** Adds an attendance file of Zoom, Teams or Meet; 200 for a dry run */
  "POST /api/v1/imports": {
    path: Record<never, never>;
    query: {
      /** The name of the file, where it is the body */
      file?: string | undefined;
      /** What wrote the file; else it is recognised */
      format?: "zoom" | "teams" | "meet" | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
      /** The order of dates that may be read either way */
      dates?: "month_first" | "day_first" | undefined;
      /** The day, where the file has times only */
      day?: string | undefined;
      /** The room, where the file does not name it */
      room?: string | undefined;
      /** What unknown columns mean: JSON, or Nama=name,Masuk=joined */
      columns?: string | undefined;
      /** true: answers what would be, and does nothing */
      dry_run?: "true" | "false" | undefined;
      /** Who imports it, for a browser */
      by?: string | undefined;
    };
    body: undefined;
    answer: Schemas.ImportResult;
  };
  /** One import, and what taking it back would remove */
  "GET /api/v1/imports/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      id: string;
      file: string;
      source: Schemas.Source;
      tz: string;
      dates: "month_first" | "day_first";
      /** Lines with events; null while the import runs */
      lines_count: number | null;
      /** Lines that no earlier import had */
      added_count: number | null;
      meetings_count: number | null;
      people_count: number | null;
      by: string | null;
      imported_at: string;
      taken_back: {
        by: string | null;
        at: string;
      } | null;
      /** What taking it back would remove; null where that was done, or cannot be */
      would_take_back: {
        /** Lines whose events go */
        lines: number;
        /** Lines that stay because another import has them as well */
        told_by_others: number;
        /** Meetings of which nothing is left */
        meetings: number;
        /** Meetings of which something is left */
        meetings_changed: number;
        /** People who were nowhere else in them */
        people: number;
      } | null;
    };
  };
  /** Takes an import back */
  "DELETE /api/v1/imports/{id}": {
    path: {
      id: string;
    };
    query: {
      /** true: answers what would be, and does nothing */
      dry_run?: "true" | "false" | undefined;
    };
    body: {
      by?: string | undefined;
    };
    answer: {
      import: string;
      dry_run: boolean;
      /** Not in a dry run */
      by?: string | undefined;
      /** Lines whose events go */
      lines: number;
      /** Lines that stay because another import has them as well */
      told_by_others: number;
      /** Meetings of which nothing is left */
      meetings: number;
      /** Meetings of which something is left */
      meetings_changed: number;
      /** People who were nowhere else in them */
      people: number;
    };
  };
  /** The settings of the whole installation */
  "GET /api/v1/installation": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.Installation;
  };
  /** Sets the installation's zone; null returns to the server's */
  "PATCH /api/v1/installation": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      time_zone: string | null;
    };
    answer: Schemas.Installation;
  };
  /** Every key of the API, the revoked ones too, oldest first */
  "GET /api/v1/keys": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      results: Schemas.ApiKey[];
    };
  };
  /** Makes a key, which is answered once */
  "POST /api/v1/keys": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      name: string;
      scopes?: ("read" | "write" | "deliver")[] | undefined;
      sources?: string[] | null | undefined;
      rooms?: string[] | null | undefined;
      masked?: boolean | undefined;
      expires_at?: string | null | undefined;
    };
    answer: {
      id: string;
      /** Who uses it */
      name: string;
      /** What it may */
      scopes: ("read" | "write" | "deliver")[];
      /** Ids of the sources it sees; null for all */
      sources: string[] | null;
      /** Patterns, of which one fits the key or the title of each room it sees; null for all */
      rooms: string[] | null;
      /** Whether it sees initials instead of names */
      masked: boolean;
      created_at: string;
      /** It opens nothing from then on; null for never */
      expires_at: string | null;
      /** To the minute */
      last_used_at: string | null;
      revoked_at: string | null;
      /** The key itself: it is answered once, and stored nowhere */
      key: string;
    };
  };
  /** Revokes a key for good; what it has open is closed within a second */
  "DELETE /api/v1/keys/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.ApiKey;
  };
  /** What a link offers: to become the owner, an invitation, or a new password */
  "GET /api/v1/links/{token}": {
    path: {
      token: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      kind: "set_up" | "invitation" | "reset";
      name: string | null;
      email: string | null;
      expires_at: string;
    };
  };
  /** Uses a link: chooses a password, and signs in */
  "POST /api/v1/links/{token}": {
    path: {
      token: string;
    };
    query: Record<never, never>;
    body: {
      name?: string | undefined;
      email?: string | undefined;
      password?: string | undefined;
    };
    answer: {
      id: string;
      /** false where a second factor, or an account elsewhere, is still to be asked for */
      signed_in: boolean;
    };
  };
  /** Who you are, what you may, and what you chose for all your devices */
  "GET /api/v1/me": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.Me;
  };
  /** Changes your name, or what you chose; what is left out stays */
  "PATCH /api/v1/me": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      name?: string | undefined;
      settings?: {
        time_zone?: string | null | undefined;
        hour_cycle?: "h12" | "h23" | null | undefined;
        first_day?: number | null | undefined;
        theme?: "light" | "dark" | null | undefined;
        start?: string | null | undefined;
        columns?: Record<string, unknown> | undefined;
        wait_target_ms?: number | null | undefined;
        wait_goal?: number | null | undefined;
        wait_level?: "neutral" | "ignored" | "positive" | "negative" | null | undefined;
        wait_short?: "apart" | "counted" | null | undefined;
      } | undefined;
    };
    answer: Schemas.Me;
  };
  /** The devices that alerts are pushed to for you, and the key by which a browser subscribes */
  "GET /api/v1/me/devices": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      results: Schemas.Device[];
      /** By which a browser subscribes: the applicationServerKey */
      public_key: string;
    };
  };
  /** Has alerts that you may see pushed to a browser, by its subscription */
  "POST /api/v1/me/devices": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      name: string;
      subscription: {
        endpoint: string;
        keys: {
          p256dh: string;
          auth: string;
        };
      };
      by?: string | undefined;
    };
    answer: Schemas.Device;
  };
  /** Has alerts pushed to a device of yours no more */
  "DELETE /api/v1/me/devices/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.Device;
  };
  /** Changes your password, and ends every other session */
  "PUT /api/v1/me/password": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      current: string;
      new: string;
    };
    answer: {
      /** How many sessions are over now */
      ended: number;
    };
  };
  /** The browsers in which you are signed in, the latest used first */
  "GET /api/v1/me/sessions": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      results: {
        id: string;
        created_at: string;
        /** To the hour */
        used_at: string;
        address: string | null;
        /** As the browser names itself */
        browser: string | null;
        /** Whether it is the one that asks */
        current: boolean;
      }[];
    };
  };
  /** Ends every session of yours but the one that asks */
  "DELETE /api/v1/me/sessions": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      /** How many sessions are over now */
      ended: number;
    };
  };
  /** Ends a session of yours; what it has open is closed within a second */
  "DELETE /api/v1/me/sessions/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      /** How many sessions are over now */
      ended: number;
    };
  };
  /** Every meeting, newest first; with sort or order those in progress come first */
  "GET /api/v1/meetings": {
    path: Record<never, never>;
    query: {
      /** The id of a source */
      source?: string | undefined;
      /** A room by its key, as the provider names it */
      room?: string | undefined;
      /** Words in a room, a title or a name */
      q?: string | undefined;
      /** Meetings of at least this length; one in progress counts up to now */
      min_duration_ms?: number | undefined;
      /** Meetings in this state */
      status?: "waiting" | "live" | "ended" | undefined;
      /** The id, user id or name of a person who was there */
      person?: string | undefined;
      /** What the list is sorted by */
      sort?: "started" | "length" | "people" | "left" | undefined;
      /** In which direction */
      order?: "asc" | "desc" | undefined;
      /** A day, or a moment: not before it */
      from?: string | undefined;
      /** A day, which is included, or a moment, which is not */
      to?: string | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: {
        id: string;
        source: Schemas.Source;
        room_id: string;
        room: string;
        title: string | null;
        provider_ids: string[];
        status: "waiting" | "live" | "ended";
        started_at: string | null;
        ended_at: string | null;
        ended_by: "provider" | "inferred" | null;
        /** The number of its last event */
        seq: number;
        present_count: number;
        waiting_count: number;
        people_count: number;
        /** Note-takers are programs and in no other number */
        note_taker_count: number;
        /** Waits whose outcome is left or came_back */
        waits_left_before_admitted_count: number;
        /** The people of these waits, each once */
        people_left_before_admitted_count: number;
        /** People with a wait whose outcome is left, each once */
        people_lost_count: number;
        /** The older name of waits_left_before_admitted_count */
        left_before_admitted_count: number;
        peak: {
          count: number;
          at: string;
        } | null;
        /** The bot that watches the meeting; null where none does */
        observer: {
          /** With not_let_in nothing of the meeting was seen */
          state: "let_in" | "left" | "removed" | "not_let_in";
          /** The provider's own word */
          reason: string | null;
          /** Who refused or removed it, where that is reported */
          by: string | null;
        } | null;
        /** When and why the meeting's people were erased */
        erased: {
          at: string;
          reason: string | null;
        } | null;
        /** With q: null where its room or title has the words, else who there has them */
        matched?: {
          person: string | null;
          other_name: string | null;
        } | null | undefined;
      }[];
    };
  };
  /** One meeting as of now, with its people, waits and hosts */
  "GET /api/v1/meetings/{id}": {
    path: {
      id: string;
    };
    query: {
      /** Projects the meeting with another grace */
      grace_ms?: number | undefined;
    };
    body: undefined;
    answer: Schemas.Meeting;
  };
  /** Asks the provider to do something in a meeting; what came of it is known when it reports it */
  "POST /api/v1/meetings/{id}/acts": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      act: "open_as_host" | "admit_all" | "eject";
      person_id?: string | undefined;
      by?: string | undefined;
    };
    answer: Schemas.Act;
  };
  /** The events of a meeting in the order of seq */
  "GET /api/v1/meetings/{id}/events": {
    path: {
      id: string;
    };
    query: {
      /** Continues a list after the event of this seq */
      after_seq?: number | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: (Schemas.Event_knocked | Schemas.Event_stopped_waiting | Schemas.Event_joined | Schemas.Event_left | Schemas.Event_updated | Schemas.Event_presence_ruled | Schemas.Event_meeting_started | Schemas.Event_meeting_ended | Schemas.Event_observer_joined | Schemas.Event_observer_left | Schemas.Event_data_deleted | Schemas.Event_identity_ruled | Schemas.Event_meeting_ruled | Schemas.Event_observer_ruled)[];
    };
  };
  /** The meetings of its room before and after it */
  "GET /api/v1/meetings/{id}/neighbours": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      before: Schemas.MeetingRow | null;
      after: Schemas.MeetingRow | null;
    };
  };
  /** Corrects who is who, what is one meeting, or who is not there any more */
  "POST /api/v1/meetings/{id}/rulings": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      verdict: "same";
      participant_ids: string[];
      by?: string | undefined;
    } | {
      verdict: "joined";
      with: string;
      by?: string | undefined;
    } | {
      verdict: "parted";
      at: string;
      by?: string | undefined;
    } | {
      verdict: "note_taker" | "person";
      participant_ids: string[];
      by?: string | undefined;
    } | {
      verdict: "not_here";
      person_ids?: string[] | undefined;
      participant_ids?: string[] | undefined;
      where?: "present" | "waiting" | undefined;
      since?: string | undefined;
      by?: string | undefined;
    } | {
      verdict: "different";
      participant_ids: string[];
      apart_from: string[];
      by?: string | undefined;
    };
    answer: {
      /** Takes the correction back */
      ruling: string;
      meeting_id: string;
      seq: number;
      by: string;
    };
  };
  /** Takes a correction back */
  "DELETE /api/v1/meetings/{id}/rulings/{ruling}": {
    path: {
      id: string;
      ruling: string;
    };
    query: Record<never, never>;
    body: {
      by?: string | undefined;
    };
    answer: {
      /** Takes the correction back */
      ruling: string;
      meeting_id: string;
      seq: number;
      by: string;
    };
  };
  /** Everybody who may sign in, in the order in which they were invited */
  "GET /api/v1/members": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      results: Schemas.Member[];
    };
  };
  /** Invites somebody, by a link that is answered once and good for a week */
  "POST /api/v1/members": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      name: string;
      email: string;
      role?: "owner" | "operator" | "viewer" | undefined;
      sources?: string[] | null | undefined;
      rooms?: string[] | null | undefined;
      masked?: boolean | undefined;
    };
    answer: {
      id: string;
      name: string;
      email: string;
      /** What they may: an owner everything, a viewer only look */
      role: "owner" | "operator" | "viewer";
      /** Ids of the sources they may see; null for all */
      sources: string[] | null;
      /** Patterns of the rooms they may see, such as `ward-*`; null for all */
      rooms: string[] | null;
      /** Whether they see initials in place of names */
      masked: boolean;
      /** They have not chosen a password yet */
      invited: boolean;
      second_factor: boolean;
      created_at: string;
      /** To the hour */
      last_seen_at: string | null;
      /** The link by which they choose a password, once */
      invite_url: string;
      /** Whether it was also sent to them by mail */
      mailed: boolean;
    };
  };
  /** Changes what a member may and sees; what they have open follows within a second */
  "PATCH /api/v1/members/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      name?: string | undefined;
      role?: "owner" | "operator" | "viewer" | undefined;
      sources?: string[] | null | undefined;
      rooms?: string[] | null | undefined;
      masked?: boolean | undefined;
    };
    answer: Schemas.Member;
  };
  /** Removes a member; what they have open is closed within a second */
  "DELETE /api/v1/members/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.Member;
  };
  /** A link by which a member chooses a password, in place of any before */
  "POST /api/v1/members/{id}/link": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      kind: "set_up" | "invitation" | "reset";
      /** It lets in once: give it to nobody else */
      url: string;
    };
  };
  /** Ends every session of a member */
  "DELETE /api/v1/members/{id}/sessions": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      /** How many sessions are over now */
      ended: number;
    };
  };
  /** Reports an error of a page in a browser to the log of the server */
  "POST /api/v1/page-errors": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      kind: "error" | "rejection" | "screen";
      type: string;
      message: string;
      stack: string;
      page: string;
    };
    answer: {
      /** Whether it is in the log; more than some a minute are only counted */
      status: "logged" | "dropped";
    };
  };
  /** Sends a member a link for a new password by mail, where mail is set up */
  "POST /api/v1/password-resets": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      email: string;
    };
    answer: {
      /** The same whether the address is a member's or nobody's */
      status: "asked";
    };
  };
  /** Everybody over all meetings of their source */
  "GET /api/v1/people": {
    path: Record<never, never>;
    query: {
      /** The id of a source */
      source?: string | undefined;
      /** A room by its key, as the provider names it */
      room?: string | undefined;
      /** Words in a room, a title or a name */
      q?: string | undefined;
      /** Meetings of at least this length; one in progress counts up to now */
      min_duration_ms?: number | undefined;
      /** What the list is sorted by */
      sort?: "last" | "name" | "meetings" | "attended" | undefined;
      /** In which direction */
      order?: "asc" | "desc" | undefined;
      /** A day, or a moment: not before it */
      from?: string | undefined;
      /** A day, which is included, or a moment, which is not */
      to?: string | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: {
        id: string;
        name: string | null;
        user_id: string | null;
        /** Known by name alone */
        guest: boolean;
        identities: Schemas.Identity[];
        meetings: number;
        first_met_at: string | null;
        last_met_at: string | null;
        in_meeting: boolean;
        attended_ms: number;
        /** How much longer it can have been */
        unknown_ms: number;
        waits: number;
        waits_admitted: number;
        /** Σ of the waits until admitted ÷ their number */
        average_wait_ms: number | null;
        /** Their waits that were left before admitted */
        left_before_admitted: number;
        /** Meetings in which a wait of theirs was really lost */
        meetings_lost: number;
        /** How often several people of the name were in one meeting */
        namesakes: number;
        /** With q: null where their name has the words, else the name that has */
        matched?: {
          name: string;
          as: "former_name" | "joined" | "user_id";
        } | null | undefined;
      }[];
      /** The moment up to which anything open was counted */
      as_of: string;
    };
  };
  /** The pairs of people who are not the same, newest first */
  "GET /api/v1/people/apart": {
    path: Record<never, never>;
    query: {
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: {
        apart: string;
        /** null for one of whom nothing is stored any more */
        people: [Schemas.Identity | null, Schemas.Identity | null];
        by: string;
        at: string;
      }[];
    };
  };
  /** States that two people are not the same, whatever their names are */
  "POST /api/v1/people/apart": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      people: [string, string];
      by?: string | undefined;
    };
    answer: {
      apart: string;
      people: [string, string];
      by: string;
    };
  };
  /** Takes such a correction back */
  "DELETE /api/v1/people/apart/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      by?: string | undefined;
    };
    answer: {
      apart: string;
      by: string;
    };
  };
  /** Joins two people: they are one person */
  "POST /api/v1/people/links": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      people: [string, string];
      by?: string | undefined;
    };
    answer: {
      link: string;
      people: [string, string];
      by: string;
    };
  };
  /** Takes a joining back */
  "DELETE /api/v1/people/links/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      by?: string | undefined;
    };
    answer: {
      link: string;
      by: string;
    };
  };
  /** One person, in all or as far as the parameters say */
  "GET /api/v1/people/{id}": {
    path: {
      id: string;
    };
    query: {
      /** The id of a source */
      source?: string | undefined;
      /** A room by its key, as the provider names it */
      room?: string | undefined;
      /** Meetings of at least this length; one in progress counts up to now */
      min_duration_ms?: number | undefined;
      /** A day, or a moment: not before it */
      from?: string | undefined;
      /** A day, which is included, or a moment, which is not */
      to?: string | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
    };
    body: undefined;
    answer: Schemas.PersonRecord;
  };
  /** What erasing a person would take, by place */
  "GET /api/v1/people/{id}/erasure": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      /** What has to be typed to confirm it */
      name: string;
      /** Their names and ids */
      names: number;
      /** Where they are an erased person from then on; every number stays */
      meetings: number;
      /** Stored deliveries of what they did, whose bodies go */
      deliveries: number;
      /** Statements about them, whose facts go */
      statements: number;
      /** Lines of rosters and class lists */
      roster_lines: number;
      /** Entries of the audit log that name them */
      audit_entries: number;
      /** Titles of rooms, scheduled meetings and lists with a name of theirs, which stay: change these by hand */
      titles: number;
    };
  };
  /** Begins to erase a person everywhere; it cannot be undone */
  "POST /api/v1/people/{id}/erasure": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      name: string;
      by?: string | undefined;
    };
    answer: {
      /** How far an erasure is; null where none goes on */
      erasure: {
        /** stopped: it failed, and goes on with the next start */
        state: "running" | "stopped";
        /** Meetings; null where the process that erases has not said yet */
        done: number | null;
        total: number | null;
      } | null;
    };
  };
  /** Everything that is held about a person, as one file */
  "GET /api/v1/people/{id}/held": {
    path: {
      id: string;
    };
    query: {
      /** html: to be read; the default is json */
      format?: "json" | "html" | undefined;
    };
    body: undefined;
    answer: {
      person: {
        id: string;
        name: string | null;
        identities: Schemas.Identity[];
      };
      as_of: string;
      /** Every name they had, and when */
      names: Record<string, unknown>[];
      /** What they did in each meeting, the events it follows from, and the deliveries that reported these as they came */
      meetings: Record<string, unknown>[];
      /** Where they are expected */
      roster_lines: Record<string, unknown>[];
      /** Statements about them, with their facts */
      statements: Record<string, unknown>[];
    };
  };
  /** Every meeting the person was at, newest first */
  "GET /api/v1/people/{id}/meetings": {
    path: {
      id: string;
    };
    query: {
      /** The id of a source */
      source?: string | undefined;
      /** A room by its key, as the provider names it */
      room?: string | undefined;
      /** Meetings of at least this length; one in progress counts up to now */
      min_duration_ms?: number | undefined;
      /** A day, or a moment: not before it */
      from?: string | undefined;
      /** A day, which is included, or a moment, which is not */
      to?: string | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: Schemas.MeetingAttended[];
      /** The moment up to which anything open was counted */
      as_of: string;
    };
  };
  /** What would come of joining two people */
  "GET /api/v1/people/{id}/with/{other}": {
    path: {
      id: string;
      other: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      people: [string, string];
      meetings: number;
      /** Each counts once */
      meetings_of_both: number;
      /** In at the same time */
      meetings_at_once: number;
      at_once_ms: number;
      attended_ms: number;
      /** The moment up to which anything open was counted */
      as_of: string;
    };
  };
  /** What can be done at the providers, for each source that keeps a key of its provider's API */
  "GET /api/v1/provider-acts": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      results: Schemas.SourceActs[];
    };
  };
  /** How many webhooks were refused, by source, reason and hour, with a guess at the cause */
  "GET /api/v1/refusals": {
    path: Record<never, never>;
    query: {
      /** Of so many last days; the default is 7 */
      days?: number | undefined;
    };
    body: undefined;
    answer: {
      results: {
        /** Null for addresses under which there is no source */
        source: Schemas.Source | null;
        reason: "signature_missing" | "signature_mismatch" | "timestamp_missing" | "timestamp_outside_tolerance" | "paused" | "too_large" | "unfinished" | "overloaded" | "secret_unreadable" | "not_stored" | "unknown_source";
        count: number;
        /** When the first came after one that was accepted, else the first hour */
        since: string;
        last_at: string;
        /** Who sent the last one, past the proxies that are believed */
        last_address: string | null;
        /** When one was accepted after that */
        over_at: string | null;
        /** A guess at the cause */
        hint: string;
        hours: {
          hour: string;
          count: number;
        }[];
      }[];
    };
  };
  /** Groups of rooms with their opening hours and limits, by name */
  "GET /api/v1/room-groups": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      results: Schemas.RoomGroup[];
    };
  };
  /** Makes a group of rooms; a room alone is a group of one */
  "POST /api/v1/room-groups": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      name: string;
      source_id?: string | null | undefined;
      rooms: string[];
      hours?: {
        time_zone: string;
        weekdays: Record<string, unknown>;
        closed_on?: string[] | undefined;
      } | null | undefined;
      limits?: {
        amber_ms: number;
        red_ms: number;
        urgent_ms: number;
      } | null | undefined;
      links?: {
        label: string;
        url: string;
        how?: "open" | "copy" | undefined;
      }[] | undefined;
      by?: string | undefined;
    };
    answer: Schemas.RoomGroup;
  };
  /** Replaces a group of rooms */
  "PUT /api/v1/room-groups/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      name: string;
      source_id?: string | null | undefined;
      rooms: string[];
      hours?: {
        time_zone: string;
        weekdays: Record<string, unknown>;
        closed_on?: string[] | undefined;
      } | null | undefined;
      limits?: {
        amber_ms: number;
        red_ms: number;
        urgent_ms: number;
      } | null | undefined;
      links?: {
        label: string;
        url: string;
        how?: "open" | "copy" | undefined;
      }[] | undefined;
      by?: string | undefined;
    };
    answer: Schemas.RoomGroup;
  };
  /** Takes a group of rooms away; its rooms stay */
  "DELETE /api/v1/room-groups/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      id: string;
      deleted: true;
    };
  };
  /** Tells those who wait for a room something, in one line; null takes it back */
  "PUT /api/v1/room-messages": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      source: string;
      room: string;
      text: string | null;
      by?: string | undefined;
    };
    answer: {
      source_id: string;
      room: string;
      /** What those who wait are told; it is over twelve hours after it was written */
      message: {
        text: string;
        by: string;
        at: string;
      } | null;
    };
  };
  /** Rooms with a meeting in those days, by default four weeks */
  "GET /api/v1/rooms": {
    path: Record<never, never>;
    query: {
      /** The id of a source */
      source?: string | undefined;
      /** Words in a room, a title or a name */
      q?: string | undefined;
      /** Meetings of at least this length; one in progress counts up to now */
      min_duration_ms?: number | undefined;
      /** What the list is sorted by */
      sort?: "last" | "name" | "meetings" | "people" | undefined;
      /** In which direction */
      order?: "asc" | "desc" | undefined;
      /** A day, or a moment: not before it */
      from?: string | undefined;
      /** A day, which is included, or a moment, which is not */
      to?: string | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: Schemas.Room[];
      from: string;
      to: string;
      /** The moment up to which anything open was counted */
      as_of: string;
    };
  };
  /** Gives a class list to a room, or to the series it stands for; null removes it */
  "PUT /api/v1/rooms/{id}/class-list": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      class_list: string | null;
      by?: string | null | undefined;
    };
    answer: {
      room_id: string;
      class_list: {
        id: string;
        name: string | null;
      } | null;
    };
  };
  /** People × meetings of a room, for the latest 200 meetings of those days */
  "GET /api/v1/rooms/{id}/register": {
    path: {
      id: string;
    };
    query: {
      /** The id of a source */
      source?: string | undefined;
      /** A meeting counts if it lasted at least this long; the default is the room's, or 60000 */
      held_ms?: number | undefined;
      /** Late: came in more than this after late_from; the default is the room's, or 300000 */
      late_ms?: number | undefined;
      /** Left early: left for the last time more than this before it ended; the default is the room's, or 300000 */
      early_ms?: number | undefined;
      /** Attended: there for at least so many percent of the meeting; the default is the room's, or 1 */
      share?: number | undefined;
      /** Or for at least this long; none for no such minimum; the default is the room's, or none */
      attended_ms?: number | "none" | undefined;
      /** A regular attended at least so many percent; the default is the room's, or 75 */
      regular_share?: number | undefined;
      /** Of so many meetings, the last ones; the default is the room's, or 8 */
      regular_last?: number | undefined;
      /** A regular who missed each of so many, the last ones, has not come lately; the default is the room's, or 3 */
      missed?: number | undefined;
      /** Meetings of at least this length; one in progress counts up to now */
      min_duration_ms?: number | undefined;
      /** A day, or a moment: not before it */
      from?: string | undefined;
      /** A day, which is included, or a moment, which is not */
      to?: string | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
    };
    body: undefined;
    answer: Schemas.Register;
  };
  /** The thresholds and the start that are stored for a room or its series */
  "GET /api/v1/rooms/{id}/settings": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.RoomSettings;
  };
  /** Sets thresholds, start or both, each as a whole */
  "PATCH /api/v1/rooms/{id}/settings": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      thresholds?: {
        held_ms?: number | undefined;
        late_ms?: number | undefined;
        early_ms?: number | undefined;
        share?: number | undefined;
        attended_ms?: number | null | undefined;
        regular_share?: number | undefined;
        regular_last?: number | undefined;
        missed?: number | undefined;
      } | undefined;
      start?: {
        time_zone: string;
        time?: string | null | undefined;
        weekdays?: Record<string, unknown> | undefined;
      } | null | undefined;
      by?: string | undefined;
    };
    answer: Schemas.RoomSettings;
  };
  /** Says what a room is called; null returns to what its provider reports */
  "PUT /api/v1/rooms/{id}/title": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      title: string | null;
      by?: string | undefined;
    };
    answer: {
      id: string;
      /** Its key, as its provider names it */
      room: string;
      title: string | null;
    };
  };
  /** How a roster would be understood, line by line; stores nothing */
  "POST /api/v1/rosters/read": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      roster?: string | {
        name?: string | null | undefined;
        user_id?: string | null | undefined;
        email?: string | null | undefined;
        role?: string | null | undefined;
      }[] | null | undefined;
      /** How a roster that is text is to be read */
      reading?: {
        columns?: ("name" | "first_name" | "middle_name" | "last_name" | "email" | "user_id" | "role" | "ignore" | null)[] | null | undefined;
        heading_line?: number | null | undefined;
        commas?: "last_first" | "people" | "part_of_name" | null | undefined;
      } | null | undefined;
    };
    answer: {
      lines: {
        /** From 1 on */
        line: number;
        text: string;
        kind: "person" | "heading" | "left_out" | "not_understood";
        people: {
          name: string | null;
          email: string | null;
          user_id: string | null;
          role: "host" | "guest";
        }[];
        /** The reason */
        notes: string[];
      }[];
      people_count: number;
      /** null where a line is a person and not a row of a table */
      columns: {
        heading: string | null;
        as: "name" | "first_name" | "middle_name" | "last_name" | "email" | "user_id" | "role" | "ignore" | null;
        sample: string | null;
      }[] | null;
      heading_line: number | null;
      /** How commas in names were read */
      commas: "last_first" | "people" | "part_of_name" | null;
      /** What must be answered before it can be stored */
      questions: {
        field: "columns" | "commas";
        message: string;
      }[];
      faults: {
        field: string;
        line?: number | undefined;
        message: string;
      }[];
    };
  };
  /** Scheduled meetings by their start, the latest first */
  "GET /api/v1/scheduled-meetings": {
    path: Record<never, never>;
    query: {
      /** The id of a source */
      source?: string | undefined;
      /** A room by its key, as the provider names it */
      room?: string | undefined;
      /** Words in a room, a title or a name */
      q?: string | undefined;
      /** asc: the earliest start first */
      order?: "asc" | "desc" | undefined;
      /** A day, or a moment: not before it */
      from?: string | undefined;
      /** A day, which is included, or a moment, which is not */
      to?: string | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: Schemas.ScheduledMeeting[];
    };
  };
  /** Makes a scheduled meeting */
  "POST /api/v1/scheduled-meetings": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      source: string;
      room: string;
      title?: string | null | undefined;
      starts_at: string;
      ends_at: string;
      tz?: string | null | undefined;
      late_after_ms?: number | null | undefined;
      verdict_after_ms?: number | null | undefined;
      repeat?: {
        weekdays: number[];
        until?: string | null | undefined;
      } | null | undefined;
      class_list?: string | null | undefined;
      roster?: string | {
        name?: string | null | undefined;
        user_id?: string | null | undefined;
        email?: string | null | undefined;
        role?: string | null | undefined;
      }[] | null | undefined;
      /** How a roster that is text is to be read */
      reading?: {
        columns?: ("name" | "first_name" | "middle_name" | "last_name" | "email" | "user_id" | "role" | "ignore" | null)[] | null | undefined;
        heading_line?: number | null | undefined;
        commas?: "last_first" | "people" | "part_of_name" | null | undefined;
      } | null | undefined;
      by?: string | null | undefined;
    };
    answer: Schemas.ScheduledMeetingWithPeople;
  };
  /** A scheduled meeting with its roster, and the attendance so far */
  "GET /api/v1/scheduled-meetings/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.ScheduledMeetingWithPeople;
  };
  /** Replaces a scheduled meeting; without a roster the roster stays */
  "PUT /api/v1/scheduled-meetings/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      source: string;
      room: string;
      title?: string | null | undefined;
      starts_at: string;
      ends_at: string;
      tz?: string | null | undefined;
      late_after_ms?: number | null | undefined;
      verdict_after_ms?: number | null | undefined;
      repeat?: {
        weekdays: number[];
        until?: string | null | undefined;
      } | null | undefined;
      class_list?: string | null | undefined;
      roster?: string | {
        name?: string | null | undefined;
        user_id?: string | null | undefined;
        email?: string | null | undefined;
        role?: string | null | undefined;
      }[] | null | undefined;
      /** How a roster that is text is to be read */
      reading?: {
        columns?: ("name" | "first_name" | "middle_name" | "last_name" | "email" | "user_id" | "role" | "ignore" | null)[] | null | undefined;
        heading_line?: number | null | undefined;
        commas?: "last_first" | "people" | "part_of_name" | null | undefined;
      } | null | undefined;
      by?: string | null | undefined;
    };
    answer: Schemas.ScheduledMeetingWithPeople;
  };
  /** Withdraws a scheduled meeting and deletes its roster */
  "DELETE /api/v1/scheduled-meetings/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      /** Also those after it, of a weekly meeting */
      following?: boolean | undefined;
      by?: string | null | undefined;
    };
    answer: {
      id: string;
      withdrawn: true;
      /** Whether deleting its withdrawal restores it */
      undoable: boolean;
      by: string;
    };
  };
  /** States that a person who was seen is that line of the roster */
  "PUT /api/v1/scheduled-meetings/{id}/matches": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      position: number;
      meeting_id: string;
      person_id: string;
      by?: string | null | undefined;
    };
    answer: Schemas.ScheduledMeetingWithPeople;
  };
  /** Takes back what was entered for a line of the roster */
  "DELETE /api/v1/scheduled-meetings/{id}/matches": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      position: number;
    };
    answer: Schemas.ScheduledMeetingWithPeople;
  };
  /** Replaces the roster alone */
  "PUT /api/v1/scheduled-meetings/{id}/roster": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      roster?: string | {
        name?: string | null | undefined;
        user_id?: string | null | undefined;
        email?: string | null | undefined;
        role?: string | null | undefined;
      }[] | null | undefined;
      /** How a roster that is text is to be read */
      reading?: {
        columns?: ("name" | "first_name" | "middle_name" | "last_name" | "email" | "user_id" | "role" | "ignore" | null)[] | null | undefined;
        heading_line?: number | null | undefined;
        commas?: "last_first" | "people" | "part_of_name" | null | undefined;
      } | null | undefined;
      by?: string | null | undefined;
    };
    answer: Schemas.ScheduledMeetingWithPeople;
  };
  /** Restores one of a weekly meeting that was left out */
  "DELETE /api/v1/scheduled-meetings/{id}/withdrawal": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      by?: string | null | undefined;
    };
    answer: Schemas.ScheduledMeetingWithPeople;
  };
  /** The link that makes the first owner, good for an hour; from then on everybody signs in */
  "POST /api/v1/set-up-link": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      kind: "set_up" | "invitation" | "reset";
      /** It lets in once: give it to nobody else */
      url: string;
    };
  };
  /** The meeting of a shared link, or the one it was merged into */
  "GET /api/v1/shared/{token}": {
    path: {
      token: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.SharedMeeting;
  };
  /** Your shared links, and for an owner all; the latest first */
  "GET /api/v1/shares": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      results: Schemas.Share[];
    };
  };
  /** Makes a link that shows a meeting, a wallboard, or to who waits how a room stands, without an account */
  "POST /api/v1/shares": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      kind?: "meeting" | "wallboard" | "wait" | undefined;
      meeting_id?: string | null | undefined;
      sources?: string[] | null | undefined;
      source?: string | null | undefined;
      room?: string | null | undefined;
      name?: string | null | undefined;
      masked?: boolean | undefined;
      expires_at?: string | undefined;
    };
    answer: {
      id: string;
      kind: "meeting" | "wallboard" | "wait";
      /** The meeting it was made for; null for a wallboard */
      meeting: {
        id: string;
        name: string | null;
      } | null;
      /** Ids of a wallboard's sources; null for all */
      sources: string[] | null;
      /** The room of a link for who waits, and what they read that it is called; null for others */
      room: {
        source_id: string;
        room: string;
        name: string;
      } | null;
      /** Whether it shows initials in place of names */
      masked: boolean;
      made_by: string;
      created_at: string;
      /** It opens nothing from then on */
      expires_at: string;
      revoked_at: string | null;
      /** To the minute */
      last_opened_at: string | null;
      /** How often its page was opened */
      opened_count: number;
      /** The link itself: it is answered once, and stored nowhere */
      url: string;
    };
  };
  /** Revokes a shared link for good; who looks at it sees that within seconds */
  "DELETE /api/v1/shares/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.Share;
  };
  /** Every source with its settings, oldest first */
  "GET /api/v1/sources": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      results: Schemas.SourceWithSettings[];
    };
  };
  /** Adds a source; its secret is answered once */
  "POST /api/v1/sources": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      provider: "daily" | "attendee" | "generic";
      name: string;
      secret?: string | undefined;
    };
    answer: Schemas.AddedSource;
  };
  /** One source: its settings, what came of it, and for an owner its secrets' last four */
  "GET /api/v1/sources/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.OpenedSource;
  };
  /** Sets what is given of a source; past meetings that it affects are rebuilt */
  "PATCH /api/v1/sources/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      name?: string | undefined;
      empty_gap_ms?: number | undefined;
      grace_ms?: number | undefined;
      joins_bots?: boolean | undefined;
      takes_calendar?: boolean | undefined;
      note_takers?: string[] | undefined;
      keep_deliveries_months?: number | null | undefined;
      keep_people_days?: number | null | undefined;
      room_titles?: {
        pattern: string;
        title: string;
      }[] | undefined;
    };
    answer: Schemas.SourceWithSettings;
  };
  /** Begins to delete a source with everything that came from it; its name has to be sent */
  "DELETE /api/v1/sources/{id}": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      name: string;
    };
    answer: Schemas.SourceWithSettings;
  };
  /** Keeps a key of the provider's API, encrypted, for where that is */
  "PUT /api/v1/sources/{id}/api-key": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      key: string;
      address?: string | null | undefined;
    };
    answer: Schemas.OpenedSource;
  };
  /** Forgets the key of the provider's API that was kept */
  "DELETE /api/v1/sources/{id}/api-key": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.OpenedSource;
  };
  /** What is stored of a source, and would be deleted with it */
  "GET /api/v1/sources/{id}/contents": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      meetings: number;
      people: number;
      waits: number;
      events: number;
      deliveries: number;
      scheduled_meetings: number;
      /** Statements about nothing else */
      statements: number;
    };
  };
  /** What would go now of a source by other limits of what it keeps; changes nothing */
  "GET /api/v1/sources/{id}/expiry": {
    path: {
      id: string;
    };
    query: {
      /** Of how many months deliveries would be kept; for ever where it is left out */
      keep_deliveries_months?: number | undefined;
      /** For how many days people would be kept; for ever where it is left out */
      keep_people_days?: number | undefined;
    };
    body: undefined;
    answer: {
      /** Deliveries, each with its body */
      deliveries: number;
      /** Meetings whose people are erased; every number stays */
      meetings: number;
      /** Attendances of these meetings */
      people: number;
    };
  };
  /** Takes nothing of a source: its provider is answered 503 */
  "POST /api/v1/sources/{id}/pause": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.OpenedSource;
  };
  /** What another gap or grace would make of the last 200 meetings; changes nothing */
  "GET /api/v1/sources/{id}/preview": {
    path: {
      id: string;
    };
    query: {
      /** The gap; the present one where it is left out */
      empty_gap_ms?: number | undefined;
      /** The grace; the present one where it is left out */
      grace_ms?: number | undefined;
      /** Whether several bots at one address make one meeting; as now where it is left out */
      joins_bots?: "true" | "false" | undefined;
    };
    body: undefined;
    answer: {
      /** How many were looked at: the last 200, or fewer where they are large */
      meetings: number;
      /** How many of them would become several */
      parted: number;
      /** How many would become one with another */
      joined: number;
      /** In how many others somebody's times would change */
      changed: number;
      /** How many attendances that are */
      people: number;
    };
  };
  /** Goes on rebuilding the past of a source, where that was stopped */
  "POST /api/v1/sources/{id}/rebuild": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.SourceWithSettings;
  };
  /** Stops rebuilding the past of a source; what is rebuilt stays */
  "DELETE /api/v1/sources/{id}/rebuild": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.SourceWithSettings;
  };
  /** Takes from a paused source again */
  "POST /api/v1/sources/{id}/resume": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.OpenedSource;
  };
  /** Retires all secrets but the newest: at once, at a moment, or with null not yet */
  "POST /api/v1/sources/{id}/retire": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      at?: string | null | undefined;
    };
    answer: Schemas.OpenedSource;
  };
  /** Gives a source a new secret, answered once; the older ones are accepted until they retire */
  "POST /api/v1/sources/{id}/rotate": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      secret?: string | undefined;
      until?: string | null | undefined;
    };
    answer: {
      id: string;
      /** Never shown again */
      secret: string;
      /** When an older secret was last used, to the minute */
      previous_last_used_at: string | null;
    };
  };
  /** Makes the webhook at the provider, with a key of its API that is used once */
  "POST /api/v1/sources/{id}/webhook": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      key?: string | undefined;
      keep?: boolean | undefined;
    };
    answer: {
      webhook: {
        /** As the provider names it */
        id: string;
        /** updated: one with this address was there */
        made: "created" | "updated";
      };
      key_kept: boolean;
    };
  };
  /** States what a person attended; 200 where the very same was stated before */
  "POST /api/v1/statements": {
    path: Record<never, never>;
    query: Record<never, never>;
    body: {
      meeting_id: string;
      participant_id: string;
      by?: string | undefined;
    } | {
      person_id: string;
      from: string;
      to: string;
      tz?: string | undefined;
      by?: string | undefined;
    };
    answer: Schemas.Statement;
  };
  /** A statement, and whether it is still true */
  "GET /api/v1/statements/{id}": {
    path: {
      id: string;
    };
    query: {
      /** The hash to compare with; it may stand in groups */
      hash?: string | undefined;
    };
    body: undefined;
    answer: Schemas.StatementChecked;
  };
  /** Compares what the caller has with what was issued */
  "POST /api/v1/statements/{id}/check": {
    path: {
      id: string;
    };
    query: {
      /** The hash to compare with; it may stand in groups */
      hash?: string | undefined;
    };
    body: {
      hash?: string | undefined;
      facts?: Schemas.StatementFacts | null | undefined;
    };
    answer: Schemas.StatementChecked;
  };
  /** The metrics of the waits that began in a range, by default four weeks */
  "GET /api/v1/waiting": {
    path: Record<never, never>;
    query: {
      /** The id of a source */
      source?: string | undefined;
      /** A room by its key, as the provider names it */
      room?: string | undefined;
      /** The target of the service level; the default is 120000 */
      target_ms?: number | undefined;
      /** How the service level is counted; the default is neutral */
      level?: "neutral" | "ignored" | "positive" | "negative" | undefined;
      /** Whether a wait left within 10 s is kept apart; the default is apart */
      short?: "apart" | "counted" | undefined;
      /** What the list is sorted by */
      sort?: "waits" | "rate" | "average" | "longest" | "level" | "lost" | undefined;
      /** In which direction */
      order?: "asc" | "desc" | undefined;
      /** A day, or a moment: not before it */
      from?: string | undefined;
      /** A day, which is included, or a moment, which is not */
      to?: string | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
    };
    body: undefined;
    answer: Schemas.Waiting;
  };
  /** The people who were really lost, each with their last wait, newest first */
  "GET /api/v1/waiting/lost": {
    path: Record<never, never>;
    query: {
      /** The id of a source */
      source?: string | undefined;
      /** A room by its key, as the provider names it */
      room?: string | undefined;
      /** An hour of the week, 0 to 167 from Monday midnight in tz */
      week_hour?: number | null | undefined;
      /** How a wait ended */
      outcome?: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown" | undefined;
      /** What came of following up; open: nothing was entered, done: something was */
      follow_up?: "open" | "done" | "called" | "reached" | "rebooked" | "wrong_link" | "no_answer" | undefined;
      /** The target of the service level; the default is 120000 */
      target_ms?: number | undefined;
      /** A day, or a moment: not before it */
      from?: string | undefined;
      /** A day, which is included, or a moment, which is not */
      to?: string | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: Schemas.LostPerson[];
      /** The moment up to which anything open was counted */
      as_of: string;
    };
  };
  /** Every wait, newest first */
  "GET /api/v1/waits": {
    path: Record<never, never>;
    query: {
      /** Which waits; late: admitted after target_ms; the default is all */
      show?: "lost" | "all" | "admitted" | "late" | "left" | "came_back" | "short" | "unknown" | "waiting" | undefined;
      /** The id of a source */
      source?: string | undefined;
      /** A room by its key, as the provider names it */
      room?: string | undefined;
      /** An hour of the week, 0 to 167 from Monday midnight in tz */
      week_hour?: number | null | undefined;
      /** How a wait ended */
      outcome?: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown" | undefined;
      /** What came of following up; open: nothing was entered, done: something was */
      follow_up?: "open" | "done" | "called" | "reached" | "rebooked" | "wrong_link" | "no_answer" | undefined;
      /** The target of the service level; the default is 120000 */
      target_ms?: number | undefined;
      /** A day, or a moment: not before it */
      from?: string | undefined;
      /** A day, which is included, or a moment, which is not */
      to?: string | undefined;
      /** The name of a time zone; the default is the installation's */
      tz?: string | undefined;
      /** Taken from next or previous only */
      cursor?: string | undefined;
      /** How many results a page has; the default is 25 */
      limit?: number | undefined;
    };
    body: undefined;
    answer: {
      /** The address of the next page; null on the last one */
      next: string | null;
      /** The address of the previous page; null on the first one */
      previous: string | null;
      results: Schemas.Wait[];
      /** The moment up to which anything open was counted */
      as_of: string;
    };
  };
  /** Notes that one of its links was opened or copied, for whoever waits or waited */
  "POST /api/v1/waits/{id}/acts": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      link: string;
      by?: string | undefined;
    };
    answer: {
      id: string;
      link: string;
    };
  };
  /** Looks after a wait; refused where somebody else does */
  "POST /api/v1/waits/{id}/claim": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      by?: string | undefined;
    };
    answer: Schemas.WaitHandling;
  };
  /** Looks after a wait no more, or takes it from whoever does */
  "DELETE /api/v1/waits/{id}/claim": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      by?: string | undefined;
    };
    answer: Schemas.WaitHandling;
  };
  /** Says what came of following up on somebody who left; null takes it back */
  "PUT /api/v1/waits/{id}/follow-up": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      outcome: "called" | "reached" | "rebooked" | "wrong_link" | "no_answer" | null;
      by?: string | undefined;
    };
    answer: Schemas.WaitHandling;
  };
  /** Writes a note about a wait; null takes it back */
  "PUT /api/v1/waits/{id}/note": {
    path: {
      id: string;
    };
    query: Record<never, never>;
    body: {
      text: string | null;
      by?: string | undefined;
    };
    answer: Schemas.WaitHandling;
  };
  /** The numbers and the waiting room of a wallboard */
  "GET /api/v1/wallboards/{token}": {
    path: {
      token: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: Schemas.Wallboard;
  };
}
