import { Answered, askedOf } from "#app/answered.tsx";
import { NewSourceScreen } from "#components/sources/new/new-source-screen.tsx";
import { connectedProviders } from "#server/providers/providers.ts";

export const dynamic = "force-dynamic";

export default async function NewSource({ searchParams }: PageProps<"/sources/new">) {
  return (
    <Answered asked={await askedOf(searchParams)}>
      <NewSourceScreen providers={connectedProviders} />
    </Answered>
  );
}
