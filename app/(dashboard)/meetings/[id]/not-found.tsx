import { Notice } from "#components/ui/notice.tsx";

export default function MeetingNotFound() {
  return (
    <Notice title="No such meeting" way={{ href: "/meetings", words: "All meetings" }}>
      No meeting has this address. It may have been typed wrong, or the meeting was deleted.
    </Notice>
  );
}
