/** 管理: accounts, tokens, what was done, how the service runs. */
import { randomBytes } from "node:crypto";
import { fault } from "../../domain/faults.ts";
import { minuteText } from "../../domain/time.ts";
import { type StoredAccount, saveAccount, saveToken } from "../../store/accounts.ts";
import { brokenAudit, listAudit, recordAudit } from "../../store/audit.ts";
import { ROLE_ZH, ROLES, type Role } from "../access/actor.ts";
import { tokenDigest } from "../access/directory.ts";
import { hashPassword } from "../access/passwords.ts";
import { permits } from "../access/permission.ts";
import { csvText } from "../csv.ts";
import { choiceField, field, secretField, textField } from "../form.ts";
import { type Html, html } from "../html.ts";
import { type Ask, fileReply, type Reply, seeOther } from "../route.ts";
import { CSV } from "./exports.ts";
import { page, state } from "./layout.ts";
import { accountName } from "./login.ts";
import { whole } from "./numbers.ts";
import { schedulesSection } from "./schedules.ts";

const DAY_MS = 86_400_000;
const TOKEN_DAYS = 365;
const AUDIT_SHOWN = 200;
const MEGABYTE = 1024 * 1024;

export async function adminPage(ask: Ask): Promise<Reply> {
  const { actor, context, facts } = ask;
  const { access, jobs, cache, pool } = context;
  return page(ask, {
    title: "管理",
    current: "/admin",
    body: html`${permits(actor, "accounts") && accountsSection(ask)}
${permits(actor, "accounts") && tokensSection(ask)}
${await schedulesSection(ask)}
<section><h2>运行</h2><dl class="facts"><dt>数据版本</dt><dd class="mono">${facts.version}</dd><dt>账号</dt><dd>${access.accounts().filter((one) => one.active).length} 个在用</dd><dt>正在做的作业</dt><dd>${jobs.running().length} 个</dd><dt>页面缓存</dt><dd>${whole(Math.round(cache.bytes() / MEGABYTE))} MB</dd><dt>排队的请求</dt><dd>${pool.waiting()} 个</dd><dt>内存</dt><dd>${whole(Math.round(process.memoryUsage().rss / MEGABYTE))} MB</dd></dl>
<p class="note">${permits(actor, "audit") && html`<a href="/admin/audit">审计记录</a>　`}${permits(actor, "metrics") && html`<a href="/metrics">Prometheus 指标</a>`}</p></section>`,
  });
}

function accountsSection({ context, csrf, actor }: Ask): Html {
  const all = context.access.accounts();
  return html`<section><h2>账号 <small>${all.length} 个</small></h2><table><caption class="vh">账号</caption><thead><tr><th scope="col">账号</th><th scope="col">角色</th><th scope="col">街乡代码或部门</th><th scope="col">状态</th><th scope="col">操作</th></tr></thead><tbody>${all.map(
    (one) =>
      html`<tr><th scope="row">${one.name}</th><td>${ROLE_ZH[one.role as Role] ?? one.role}</td><td>${one.bound ?? "—"}</td><td>${one.active ? "在用" : "已停用"}${context.access.hasFactor(one.id) && html`<span class="two">两步验证</span>`}</td><td><form method="post" action="/admin/accounts/${one.id}"><input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="active" value="${one.active ? "no" : "yes"}"><button>${one.active ? "停用" : "恢复"}<span class="vh">${one.name}</span></button></form>${one.active && html`<form method="post" action="/admin/accounts/${one.id}/reset"><input type="hidden" name="_csrf" value="${csrf}"><button>重设密码<span class="vh">${one.name}</span></button></form>`}${context.access.hasFactor(one.id) && one.id !== actor.account && html`<form method="post" action="/admin/accounts/${one.id}/second-factor"><input type="hidden" name="_csrf" value="${csrf}"><button>重置两步验证<span class="vh">${one.name}</span></button></form>`}</td></tr>`,
  )}</tbody></table>
<details><summary>新建账号</summary><form class="fields" method="post" action="/admin/accounts"><input type="hidden" name="_csrf" value="${csrf}">
${textField("name", "账号", { required: true })}
${choiceField(
  "role",
  "角色",
  ROLES.map((role) => [role, ROLE_ZH[role]] as const),
  "reader",
)}
${textField("bound", "街乡代码（角色为街乡）或部门名称（角色为部门）")}
${textField("password", "初始密码（至少 10 个字符）", { required: true, type: "password", autocomplete: "new-password" })}
<div><button class="go">新建</button></div></form></details></section>`;
}

function tokensSection({ context, csrf, now }: Ask): Html {
  const { access } = context;
  const tokens = access.tokens().filter((one) => !one.revoked && one.expiresAt > now.getTime());
  return html`<section><h2>接口令牌 <small>${tokens.length} 个</small></h2>${
    tokens.length === 0
      ? state("没有在用的令牌。")
      : html`<table><caption class="vh">令牌</caption><thead><tr><th scope="col">名称</th><th scope="col">账号</th><th scope="col">范围</th><th scope="col">到期</th><th scope="col">操作</th></tr></thead><tbody>${tokens.map(
          (one) =>
            html`<tr><th scope="row">${one.name}</th><td>${access.accounts().find((account) => account.id === one.account)?.name ?? "—"}</td><td>${one.scope === "write" ? "读写" : "只读"}</td><td class="num">${minuteText(one.expiresAt).slice(0, 10)}</td><td><form method="post" action="/admin/tokens/${one.id}/revoke"><input type="hidden" name="_csrf" value="${csrf}"><button>撤销<span class="vh">${one.name}</span></button></form></td></tr>`,
        )}</tbody></table>`
  }<details><summary>新发令牌</summary><form class="fields" method="post" action="/admin/tokens"><input type="hidden" name="_csrf" value="${csrf}">
${textField("name", "用途", { required: true })}
${choiceField(
  "account",
  "以谁的权限",
  access
    .accounts()
    .filter((one) => one.active)
    .map((one) => [String(one.id), one.name] as const),
)}
${choiceField("scope", "范围", [
  ["read", "只读"],
  ["write", "读写"],
])}
${textField("days", "有效天数（最多 365）", { required: true, value: "90" })}
<div><button class="go">发令牌</button></div></form></details></section>`;
}

export async function addAccount(ask: Ask): Promise<Reply> {
  const { context, body, now, facts, actor } = ask;
  const { access } = context;
  const name = accountName(field(body, "name", 100));
  const role = ROLES.find((one) => one === field(body, "role", 20));
  if (role === undefined) throw fault("access.account", { reason: "没有这个角色" });
  const given = field(body, "bound", 100);
  const bound = role === "township" || role === "department" ? given : undefined;
  if (bound === "") throw fault("access.account", { reason: "街乡写代码，部门写名称" });
  if (role === "township" && !facts.places.places.some((one) => one.code === bound))
    throw fault("access.account", { reason: `没有代码为 ${bound} 的街乡` });
  const password = await hashPassword(secretField(body, "password"), name);
  await context.write(async (sql) => {
    await access.reload(sql);
    if (access.accounts().some((one) => one.name === name))
      throw fault("access.account", { reason: `已有账号 ${name}` });
    await saveAccount(sql, { name, password, role, bound, active: true }, now);
    await recordAudit(sql, {
      at: now.getTime(),
      who: actor.name,
      role: actor.kind,
      action: "account.add",
      subject: name,
      after: tell({ role, bound, active: true }),
    });
    await access.reload(sql);
  });
  return seeOther("/admin");
}

export async function changeAccount(ask: Ask): Promise<Reply> {
  const { context, params, body, now, actor } = ask;
  const { access } = context;
  const account = access.accounts().find((one) => String(one.id) === params["id"]);
  if (account === undefined) throw fault("page.unknown", { given: `/admin/accounts/${params["id"]}` });
  const active = field(body, "active", 3) === "yes";
  const admins = access.accounts().filter((one) => one.active && one.role === "admin");
  if (!active && account.role === "admin" && admins.length <= 1)
    throw fault("access.account", { reason: "这是最后一个局管理员，不能停用" });
  await context.write(async (sql) => {
    await saveAccount(sql, { ...account, active }, now);
    await recordAudit(sql, {
      at: now.getTime(),
      who: actor.name,
      role: actor.kind,
      action: "account.change",
      subject: account.name,
      before: tell(account),
      after: tell({ ...account, active }),
    });
    await access.reload(sql);
  });
  access.resets.drop(account.id);
  access.endAll(account.id);
  return seeOther("/admin");
}

function tell({ role, bound, active }: Pick<StoredAccount, "role" | "bound" | "active">): string {
  return JSON.stringify({ role, bound, active });
}

export async function addToken(ask: Ask): Promise<Reply> {
  const { context, body, now, actor } = ask;
  const { access } = context;
  const account = access.byId(Number(field(body, "account", 10)));
  const name = field(body, "name", 100);
  const days = Number(field(body, "days", 5));
  const scope = field(body, "scope", 5) === "write" ? "write" : "read";
  if (account === undefined || name === "" || !Number.isInteger(days) || days < 1 || days > TOKEN_DAYS)
    throw fault("access.account", { reason: `写明用途、账号和 1–${TOKEN_DAYS} 天的有效期` });
  const token = `dbt_${randomBytes(32).toString("base64url")}`;
  await context.write(async (sql) => {
    const expiresAt = now.getTime() + days * DAY_MS;
    await saveToken(
      sql,
      { account: account.id, name, digest: tokenDigest(token), scope, expiresAt, revoked: false },
      now,
    );
    await recordAudit(sql, {
      at: now.getTime(),
      who: actor.name,
      role: actor.kind,
      action: "token.add",
      subject: name,
      after: JSON.stringify({ account: account.name, scope, days }),
    });
    await access.reload(sql);
  });
  return page(ask, {
    title: "新令牌",
    small: name,
    current: "/admin",
    crumb: html`<a href="/admin">管理</a>`,
    body: state(html`只显示这一次，请立即保存：<br><span class="mono">${token}</span>`),
  });
}

export async function revokeToken(ask: Ask): Promise<Reply> {
  const { context, params, now, actor } = ask;
  const { access } = context;
  const token = access.tokens().find((one) => String(one.id) === params["id"]);
  if (token === undefined) throw fault("page.unknown", { given: `/admin/tokens/${params["id"]}` });
  await context.write(async (sql) => {
    await saveToken(sql, { ...token, revoked: true }, now);
    await recordAudit(sql, {
      at: now.getTime(),
      who: actor.name,
      role: actor.kind,
      action: "token.revoke",
      subject: token.name,
    });
    await access.reload(sql);
  });
  return seeOther("/admin");
}

export async function auditPage(ask: Ask): Promise<Reply> {
  const broken = await brokenAudit(ask.store.sql);
  const entries = await listAudit(ask.store.sql, AUDIT_SHOWN);
  return page(ask, {
    title: "审计记录",
    small: `最近 ${entries.length} 条`,
    current: "/admin",
    crumb: html`<a href="/admin">管理</a>`,
    lead:
      broken === undefined
        ? "记录链完整：没有被改过或删过。"
        : html`<b>记录链在第 ${broken} 条断开</b>：有人改过或删过记录。`,
    body: html`<p class="note"><a href="/admin/audit.csv">导出 CSV</a></p>${
      entries.length === 0
        ? state("还没有记录。")
        : html`<table class="tall"><caption class="vh">审计记录，新的在前</caption><thead><tr><th scope="col">时间</th><th scope="col">谁</th><th scope="col">做了什么</th><th scope="col" class="c2">前后</th><th scope="col" class="c3">摘要</th></tr></thead><tbody>${entries.map(
            (one) =>
              html`<tr><td class="num">${minuteText(one.at)}</td><td>${one.who}<span class="two">${ROLE_ZH[one.role as Role] ?? ""}</span></td><th scope="row">${one.action}<span class="two">${one.subject}</span></th><td class="c2 mono">${one.before !== undefined && html`${one.before}<br>`}${one.after ?? ""}</td><td class="c3 mono">${one.digest.slice(0, 12)}</td></tr>`,
          )}</tbody></table>`
    }`,
  });
}

export async function auditCsv({ store }: Ask): Promise<Reply> {
  const entries = await listAudit(store.sql, 1_000_000);
  const text = csvText(
    ["id", "时间", "谁", "角色", "动作", "对象", "前", "后", "摘要"],
    entries.map((one) => [
      one.id,
      minuteText(one.at),
      one.who,
      one.role,
      one.action,
      one.subject,
      one.before ?? "",
      one.after ?? "",
      one.digest,
    ]),
  );
  return fileReply(CSV, text, "审计记录.csv");
}
