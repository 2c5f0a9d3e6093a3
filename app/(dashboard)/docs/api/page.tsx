import { Answered, askedOf } from "#app/answered.tsx";
import { ReferenceScreen } from "#components/reference/reference-screen.tsx";
import { readReference } from "#server/http/openapi/reference.ts";

export const dynamic = "force-dynamic";

/** The API to be read; its document has nothing of anybody. */
export default async function Reference({ searchParams }: PageProps<"/docs/api">) {
  const asked = await askedOf(searchParams);
  const page = readReference(asked);
  return (
    <Answered asked={asked}>
      <ReferenceScreen {...page} />
    </Answered>
  );
}
