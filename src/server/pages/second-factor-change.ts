/** 两步验证: switching on, changing phones, new recovery codes, switching off; and an administrator's reset of another's. */
import { fault } from "../../domain/faults.ts";
import { recordAudit } from "../../store/audit.ts";
import { dropFactor, factorOf, saveFactor } from "../../store/second-factors.ts";
import { actorOfAccount } from "../access/directory.ts";
import { fitsPassword } from "../access/passwords.ts";
import { newRecoveryCodes, plainCode, takeCode } from "../access/second-factor.ts";
import { takenStep } from "../access/totp.ts";
import { sessionId } from "../access/who.ts";
import { field, secretField } from "../form.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";
import { enrollingOf, offer } from "./enrolment.ts";
import { beginSession } from "./enter.ts";
import { codesPage } from "./second-factor.ts";

const PAGE = "/account/second-factor";

/** No code was taken for a secret that is new. */
const NONE = -1;

/** The first code of a secret that was shown: from now on it holds. */
export async function confirmFactor(ask: Ask): Promise<Reply> {
  const { context, body, now, request } = ask;
  const { access } = context;
  const enrolling = enrollingOf(ask);
  if (enrolling?.offered === undefined) return seeOther(PAGE);
  const { account, offered, session, pending } = enrolling;
  const { id, name: who, role } = account;
  const address = request.ip ?? "";
  access.codeThrottle.begin(who, address);
  const step = takenStep(offered, plainCode(field(body, "code", 100)), now, NONE);
  if (step === undefined) throw fault("access.code", { what: "动态口令" });
  access.codeThrottle.passed(who, address);
  const { codes, digests } = newRecoveryCodes();
  const at = now.getTime();
  await context.write(async (sql) => {
    // Sent twice at once, or ended meanwhile.
    if (enrollingOf(ask)?.offered !== offered) throw fault("access.login-needed");
    const before = await factorOf(sql, id);
    await saveFactor(sql, { account: id, secret: offered, lastStep: step, recovery: digests, at });
    const action = before === undefined ? "second-factor.on" : "second-factor.moved";
    await recordAudit(sql, { at, who, role, action, subject: who });
    if (session === undefined)
      await recordAudit(sql, { at, who, role, action: "login", subject: address, after: '{"secondFactor":"code"}' });
    await access.reload(sql);
    if (session === undefined) access.endAll(id);
    else {
      session.offered = undefined;
      endElsewhere(ask, id);
    }
  });
  if (pending === undefined) return codesPage(ask, codes, PAGE);
  const reply = codesPage({ ...ask, actor: actorOfAccount(account) }, codes, pending.to);
  return { ...reply, headers: { ...reply.headers, ...beginSession(ask, id) } };
}

/** By password, and a code where there is a second factor: a new secret to confirm, new recovery codes, or none any more. */
export async function changeFactor(ask: Ask): Promise<Reply> {
  const { context, body, now, request } = ask;
  const { access } = context;
  const enrolling = enrollingOf(ask);
  if (enrolling?.session === undefined) throw fault("access.login-needed");
  const { account, session } = enrolling;
  const { id, name: who, role } = account;
  const what = field(body, "what", 10);
  const has = access.hasFactor(id);
  if (what === "off" && access.mustHaveFactor(role))
    throw fault("access.second-factor", { reason: "这个角色必须用两步验证，不能关闭" });
  if (what !== "offer" && !(has && (what === "codes" || what === "off")))
    throw fault("access.second-factor", { reason: has ? "没有这项更改" : "还没有打开" });
  const address = request.ip ?? "";
  access.throttle.begin(who, address);
  if (has) access.codeThrottle.begin(who, address);
  const fits = await fitsPassword(account.password, secretField(body, "password"));
  const given = field(body, "code", 100);
  const at = now.getTime();
  const { codes, digests } = newRecoveryCodes();
  const right = await context.write(async (sql) => {
    // Ended meanwhile: the password or the second factor changed elsewhere.
    if (enrollingOf(ask)?.session === undefined) throw fault("access.login-needed");
    const held = await factorOf(sql, id);
    if (!fits || (held !== undefined && (await takeCode(sql, id, given, now)) === undefined)) {
      await recordAudit(sql, { at, who, role, action: "second-factor.failed", subject: address });
      return false;
    }
    const factor = await factorOf(sql, id);
    if (what === "codes" && factor !== undefined) {
      await saveFactor(sql, { ...factor, recovery: digests });
      await recordAudit(sql, { at, who, role, action: "second-factor.codes", subject: who });
    }
    if (what === "off") {
      await dropFactor(sql, id);
      await recordAudit(sql, { at, who, role, action: "second-factor.off", subject: who });
    }
    await access.reload(sql);
    return true;
  });
  if (!right) throw fault("access.code", { what: has ? "密码、动态口令或备用码" : "密码" });
  access.throttle.passed(who, address);
  if (has) access.codeThrottle.passed(who, address);
  if (what === "offer") offer(session, now);
  else endElsewhere(ask, id);
  return what === "codes" ? codesPage(ask, codes, PAGE) : seeOther(PAGE);
}

/** Ends one's own sessions but this one, and log-ins under way. */
function endElsewhere({ context: { access }, request }: Ask, account: number): void {
  access.sessions.endOthers(account, sessionId(request) ?? "");
  access.pending.endAll(account);
}

/** An administrator's: for somebody who lost phone and recovery codes. One's own is not switched off this way. */
export async function resetFactor({ context, params, now, actor }: Ask): Promise<Reply> {
  const { access } = context;
  const account = access.accounts().find((one) => String(one.id) === params["id"]);
  if (account === undefined) throw fault("page.unknown", { given: `/admin/accounts/${params["id"]}/second-factor` });
  const { id, name } = account;
  if (id === actor.account) throw fault("access.second-factor", { reason: "不能在这里重置自己的" });
  await context.write(async (sql) => {
    if ((await factorOf(sql, id)) === undefined)
      throw fault("access.second-factor", { reason: `${name} 没有打开两步验证` });
    await dropFactor(sql, id);
    const entry = { at: now.getTime(), who: actor.name, role: actor.kind, subject: name };
    await recordAudit(sql, { ...entry, action: "second-factor.reset" });
    await access.reload(sql);
  });
  access.endAll(id);
  return seeOther("/admin");
}
