import { database } from "#db/connection/client.ts";
import {
  aliasesOfList,
  classListById,
  entriesOf,
  listClassLists,
  roomsOfList,
} from "#db/scheduled/reading-class-lists.ts";
import type { ClassListsPage, OpenedClassList } from "#domain/scheduled/class-list.ts";
import { classLists } from "./class-lists.ts";

const ROWS = 50;
const CHOICES = 200;

/** The page of class lists for the parameters of an address. A parameter that cannot be read counts as absent. */
export async function readClassListsPage(params: URLSearchParams): Promise<ClassListsPage> {
  const page = classLists.onPage("/expected/lists", params, Date.now());
  const { rows, next, previous } = await page.read(database().orm, ROWS);
  return { rows, next, previous };
}

/** One class list with everybody on it; `null` where there is none. */
export async function openClassList(id: string): Promise<OpenedClassList | null> {
  const { orm } = database();
  const list = await classListById(orm, id);
  if (list === null) return null;
  const [people, aliases, usedBy] = await Promise.all([
    entriesOf(orm, id),
    aliasesOfList(orm, id),
    roomsOfList(orm, id),
  ]);
  return { list, people, aliases, usedBy };
}

/** The class lists that a form offers, sorted by name. */
export async function readListChoices(): Promise<{ id: string; name: string | null }[]> {
  const lists = await listClassLists(database().orm, null, CHOICES);
  return lists.map(({ id, name }) => ({ id, name }));
}
