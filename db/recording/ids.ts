import { v7 as uuid } from "uuid";
import type { Ids } from "#domain/projection/state.ts";
import { personIdOf } from "./person-id.ts";

/** The names of what is recorded. */
export const IDS: Ids = { fresh: uuid, person: personIdOf };
