import { jsonOf } from "./http.ts";

/** `GET /api/v1/meetings/{id}`, as far as the tests read it. */
export interface ApiMeeting {
  id: string;
  source: { id: string; provider: string; name: string };
  room: string;
  title: string | null;
  status: "waiting" | "live" | "ended";
  started_at: string | null;
  ended_at: string | null;
  ended_by: "provider" | "inferred" | null;
  seq: number;
  present_count: number;
  waiting_count: number;
  peak: { count: number; at: string } | null;
  people: ApiPerson[];
  waits: ApiWait[];
  hosts: ApiHost[];
  as_of: string;
}

export interface ApiPerson {
  id: string;
  name: string | null;
  user_id: string | null;
  status: "waiting" | "present" | "left" | "not_admitted";
  visits: {
    joined_at: string;
    left_at: string | null;
    end: "reported" | "inferred" | null;
    participant_id: string;
  }[];
  attended_ms: number;
  first_joined_at: string | null;
  last_left_at: string | null;
}

export interface ApiWait {
  id: string;
  person_id: string;
  name: string | null;
  started_at: string;
  ended_at: string | null;
  duration_ms: number;
  outcome: string;
  inferred: boolean;
  duration_is: string;
}

export interface ApiHost {
  person_id: string;
  name: string | null;
  from: string;
  to: string | null;
  inferred: boolean;
}

export type ApiRow = Pick<ApiMeeting, "id" | "room" | "title" | "status" | "started_at"> & {
  source: ApiMeeting["source"];
  present_count: number;
  waiting_count: number;
};

/** A program that reads the API with a key. */
export class Api {
  readonly baseUrl: string;
  readonly key: string;

  constructor(baseUrl: string, key: string) {
    this.baseUrl = baseUrl;
    this.key = key;
  }

  /** Answers 200 or fails; the test checks the content. */
  async get<Shape>(path: string): Promise<Shape> {
    const response = await fetch(new URL(path, this.baseUrl), {
      headers: { authorization: `Bearer ${this.key}` },
    });
    const body = await jsonOf(response);
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    return body as Shape;
  }

  meeting(id: string): Promise<ApiMeeting> {
    return this.get(`/api/v1/meetings/${id}`);
  }

  /** The meetings of a room, earliest first. */
  async meetingsOf(room: string): Promise<ApiRow[]> {
    const rows = await this.all<ApiRow>(`/api/v1/meetings?room=${encodeURIComponent(room)}`);
    return rows.toReversed();
  }

  /** The one meeting of a room. */
  async meetingOf(room: string): Promise<ApiMeeting> {
    const [row, ...others] = await this.meetingsOf(room);
    if (row === undefined || others.length > 0) throw new Error(`${room} has not one meeting`);
    return this.meeting(row.id);
  }

  /** Every result of a list, page by page. */
  async all<Row>(path: string): Promise<Row[]> {
    const rows: Row[] = [];
    let next: string | null = `${path}${path.includes("?") ? "&" : "?"}limit=200`;
    while (next !== null) {
      const page: { next: string | null; results: Row[] } = await this.get(next);
      rows.push(...page.results);
      next = page.next;
    }
    return rows;
  }
}
