/** The second step of a log-in: the code of the app, or a recovery code. */
import { fault } from "../../domain/faults.ts";
import type { StoredAccount } from "../../store/accounts.ts";
import { recordAudit } from "../../store/audit.ts";
import { takeCode } from "../access/second-factor.ts";
import { pendingId } from "../access/who.ts";
import { field, textField } from "../form.ts";
import { html } from "../html.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";
import { beginSession, leave } from "./enter.ts";
import { page } from "./layout.ts";

export async function codePage(ask: Ask): Promise<Reply> {
  const found = pendingAccount(ask);
  if (found === undefined) return seeOther("/login");
  return page(ask, {
    title: "两步验证",
    small: found.account.name,
    lead: "输入手机验证器上的动态口令。手机不在身边，用一个备用码。",
    body: html`<form class="fields" method="post" action="/login/code"><input type="hidden" name="_csrf" value="${ask.csrf}">
${textField("code", "动态口令（6 位数字）或备用码", { required: true, autocomplete: "one-time-code" })}
<div><button class="go">登录</button></div></form>`,
  });
}

export async function loginCode(ask: Ask): Promise<Reply> {
  const { context, body, now, request } = ask;
  const { access } = context;
  const found = pendingAccount(ask);
  if (found === undefined) return seeOther("/login");
  const { account, to } = found;
  const { id, name: who, role } = account;
  const address = request.ip ?? "";
  access.codeThrottle.begin(who, address);
  const code = field(body, "code", 100);
  const entry = { at: now.getTime(), who, role, subject: address };
  const by = await context.write(async (sql) => {
    // Ended meanwhile: finished by another request, or by a change of password.
    if (pendingAccount(ask) === undefined) return undefined;
    const taken = await takeCode(sql, id, code, now);
    if (taken === undefined) await recordAudit(sql, { ...entry, action: "login.code-failed" });
    else await recordAudit(sql, { ...entry, action: "login", after: JSON.stringify({ secondFactor: taken }) });
    if (taken !== undefined) access.pending.endAll(id);
    return taken;
  });
  if (by === undefined) throw fault("access.code", { what: "动态口令或备用码" });
  access.codeThrottle.passed(who, address);
  leave(ask);
  // A recovery code is used where the phone is not: the page that says how many are left and how to change phones.
  return seeOther(by === "recovery" ? "/account/second-factor" : to, beginSession(ask, id));
}

/** Whose second step it is; undefined without a right password in the last minutes, or where one must be set up first. */
function pendingAccount({
  context: { access },
  request,
}: Ask): { readonly account: StoredAccount; readonly to: string } | undefined {
  const pending = access.pending.find(pendingId(request));
  const account = pending === undefined ? undefined : access.byId(pending.account);
  if (pending === undefined || account === undefined || pending.offered !== undefined) return undefined;
  return { account, to: pending.to };
}
