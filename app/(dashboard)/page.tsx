import { FloorView } from "#components/floor/floor-view.tsx";

export default function LivePage() {
  return <FloorView />;
}
