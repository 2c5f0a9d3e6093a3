import { Notice } from "#components/ui/notice.tsx";

export default function RoomNotFound() {
  return (
    <Notice title="No such room" way={{ href: "/rooms", words: "All rooms" }}>
      No room has this address. It may have been typed wrong, or the source of the room was removed.
    </Notice>
  );
}
