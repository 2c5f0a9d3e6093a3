import { connection } from "next/server";
import { Answered, askedOf } from "#app/answered.tsx";
import { ClassListForm } from "#components/scheduled/lists/list-form.tsx";

export default async function NewClassList({ searchParams }: PageProps<"/expected/lists/new">) {
  await connection();
  const asked = await askedOf(searchParams);
  return (
    <Answered asked={asked}>
      <ClassListForm id={null} name="" start={{ text: "", commas: null }} />
    </Answered>
  );
}
