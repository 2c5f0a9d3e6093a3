import { notFound } from "next/navigation";
import { RoomView } from "#components/history/register/room-view.tsx";
import { paramsOf } from "#server/api/history/params.ts";
import { readRegisterPage } from "#server/api/history/register.ts";

export default async function Room({ params, searchParams }: PageProps<"/rooms/[id]">) {
  const { id } = await params;
  const page = await readRegisterPage(id, paramsOf(await searchParams));
  return page === null ? notFound() : <RoomView page={page} />;
}
