import { v7 as uuid } from "uuid";
import type { Ids } from "#domain/projection/state.ts";
import { personIdOf } from "./person-id.ts";

/** How recording makes ids. */
export const IDS: Ids = { fresh: uuid, person: personIdOf };
