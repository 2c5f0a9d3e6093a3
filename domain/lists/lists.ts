/**
 * The lists over the past that have a page of their own, in the order of the navigation. The name is the last part of
 * their address, as of their page so of the API, and that under which the columns are kept that somebody chose.
 */
export const LISTS = [
  { name: "meetings", title: "Meetings" },
  { name: "rooms", title: "Rooms" },
  { name: "people", title: "People" },
] as const;

export type ListName = (typeof LISTS)[number]["name"];

export const LIST_NAMES: readonly ListName[] = LISTS.map(({ name }) => name);
