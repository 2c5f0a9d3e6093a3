import { Answered, askedOf } from "#app/answered.tsx";
import { ImportScreen } from "#components/sources/imports/import-screen.tsx";
import { shown } from "#server/http/shown.ts";
import { readImportsPage } from "#server/sources/imports/api.ts";

export default async function Import({ searchParams }: PageProps<"/import">) {
  const asked = await askedOf(searchParams);
  const page = shown(await readImportsPage(asked));
  return (
    <Answered asked={asked}>
      <ImportScreen page={page} />
    </Answered>
  );
}
