import type { ApiClient } from "#server/http/testing/client.ts";
import type { TestSource } from "#server/testing/test-app.ts";

/*
 * A world in which everything is called as nothing else: whoever finds a word of it in an answer knows of which room
 * the answer tells.
 */

export interface WorldRoom {
  sourceId: string;
  sourceName: string;
  key: string;
  title: string | null;
  /** Its id in the API. */
  id: string;
  meetings: string[];
  deliveries: string[];
  waits: string[];
  scheduled: string[];
  /** What a calendar has of it. */
  calendarEvent: string;
  classLists: string[];
  rules: string[];
  alerts: string[];
  /** Words that are of this room alone. */
  words: string[];
  source: TestSource;
}

export interface WorldPerson {
  name: string;
  userId: string | null;
  /** Part of the ids of their connections, which say nothing of who they are. */
  connection: string;
  /** Their id over all meetings. */
  id: string;
  rooms: WorldRoom[];
}

/** Two people of whom an operator said something. */
interface Pair {
  id: string;
  people: [WorldPerson, WorldPerson];
}

/** What is about the whole installation, by the part of an address that names it. */
interface HouseIds {
  groups: string[];
  rules: string[];
  channels: string[];
  endpoints: string[];
}

export interface SightWorld {
  client: ApiClient;
  rooms: WorldRoom[];
  people: WorldPerson[];
  links: Pair[];
  apart: Pair[];
  rulings: { id: string; room: WorldRoom }[];
  /** Every name of somebody, also of those who never came. */
  names: string[];
  /** User ids and addresses of people. */
  userIds: string[];
  statements: string[];
  imports: { id: string; sourceId: string }[];
  /** A class list that no room has. */
  looseList: string;
  house: HouseIds;
}
