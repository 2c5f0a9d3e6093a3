import { connection } from "next/server";
import { ClassListForm } from "#components/history/expected/lists/list-form.tsx";

export default async function NewClassList() {
  await connection();
  return <ClassListForm id={null} name="" start={{ text: "", commas: null }} />;
}
