/** Prints the page that it stands on across the paper: its tables are wide. `app/globals.css` says how. */
export function WidePaper() {
  return <i hidden className="wide-paper" />;
}
