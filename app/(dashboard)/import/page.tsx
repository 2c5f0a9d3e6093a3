import { Answered, askedOf } from "#app/answered.tsx";
import { ImportScreen } from "#components/imports/import-screen.tsx";
import { readImportsPage } from "#server/imports/api.ts";

export default async function Import({ searchParams }: PageProps<"/import">) {
  const asked = await askedOf(searchParams);
  const page = await readImportsPage(asked);
  return (
    <Answered asked={asked}>
      <ImportScreen page={page} />
    </Answered>
  );
}
