/** Who is setting up a second factor: somebody logged in, or somebody whose role may not go on without one. */
import type { StoredAccount } from "../../store/accounts.ts";
import type { PendingLogin } from "../access/pending-logins.ts";
import type { Session } from "../access/sessions.ts";
import { newSecret } from "../access/totp.ts";
import { pendingId, sessionId } from "../access/who.ts";
import type { Ask } from "../route.ts";

export type Enrolling = {
  readonly account: StoredAccount;
  /** The secret that was shown and waits for its first code. */
  readonly offered: string | undefined;
} & (
  | { readonly session: Session; readonly pending?: undefined }
  | { readonly pending: PendingLogin; readonly session?: undefined }
);

/** Time enough to find the phone and install an app. */
const OFFER_MS = 10 * 60_000;

/** By the asker's session, never a token; else by a log-in whose second step is to set one up. Asked again inside a change. */
export function enrollingOf({ context: { access }, request, csrf, now }: Ask): Enrolling | undefined {
  const session = csrf === "" ? undefined : access.sessions.find(sessionId(request) ?? "")?.session;
  const pending = access.pending.find(pendingId(request));
  const account = access.byId(session?.account ?? pending?.account ?? 0);
  if (account === undefined) return undefined;
  if (session !== undefined) {
    const { offered } = session;
    return { account, session, offered: (offered?.until ?? 0) > now.getTime() ? offered?.secret : undefined };
  }
  if (pending?.offered === undefined) return undefined;
  return { account, pending, offered: pending.offered };
}

/** Shows a session a new secret, in place of one shown before. */
export function offer(session: Session, now: Date): void {
  session.offered = { secret: newSecret(), until: now.getTime() + OFFER_MS };
}
