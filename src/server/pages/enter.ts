/** What follows a right password: the session, or the second step first. */
import type { StoredAccount } from "../../store/accounts.ts";
import { newSecret } from "../access/totp.ts";
import { pendingCookie, sessionCookie, sessionId } from "../access/who.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";

/** Whether a right password is not enough for an account. */
export function needsSecondStep(
  { context: { access } }: Ask,
  { id, role }: Pick<StoredAccount, "id" | "role">,
): boolean {
  return access.hasFactor(id) || access.mustHaveFactor(role);
}

/** Begins the second step: the code, or setting it up where the role must have one and the account has none. */
export function secondStep({ context, request }: Ask, account: number, to: string): Reply {
  const { access } = context;
  const has = access.hasFactor(account);
  const id = access.pending.begin({ account, to, offered: has ? undefined : newSecret() });
  return seeOther(has ? "/login/code" : "/account/second-factor", { "set-cookie": pendingCookie(request, id) });
}

/** Ends what the asker's cookie opened before: whoever logs in again leaves nothing behind under the old id. */
export function leave({ context, request }: Ask): void {
  const before = sessionId(request);
  if (before !== undefined) context.access.sessions.end(before);
}

/** Begins a session. @returns the header that hands it over */
export function beginSession({ context, request }: Ask, account: number): Readonly<Record<string, string>> {
  return { "set-cookie": sessionCookie(request, context.access.sessions.begin(account, cameFrom(request))) };
}

/** Address and browser, for a person to know their own sessions by. */
function cameFrom(request: Ask["request"]): string {
  const LONGEST = 100;
  return `${request.ip ?? ""}　${(request.headers["user-agent"] ?? "").slice(0, LONGEST)}`;
}
