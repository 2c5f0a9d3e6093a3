import { languageFor } from "#components/desk/lobby/languages.ts";
import { lobbyDocument } from "#components/desk/lobby/lobby-document.ts";
import { answerLobby } from "#server/desk/lobby/answer.ts";

export const dynamic = "force-dynamic";

/** For who waits, by the link of a room. It is a document of its own: in its own language, and without any script of ours. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { token } = await params;
  return answerLobby(request, token, ({ shown, asked, accepted, nonce }) =>
    lobbyDocument(shown, { language: languageFor(asked, accepted), nonce }),
  );
}
