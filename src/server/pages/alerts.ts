/** 提醒: what is open, what is silent and why, what was sent; muting with a reason. */
import { fault } from "../../domain/faults.ts";
import { dayOf, dayText, minuteText } from "../../domain/time.ts";
import { alertMessages, listAlerts, saveMute } from "../../store/alerts.ts";
import { recordAudit } from "../../store/audit.ts";
import { permits } from "../access/permission.ts";
import { KIND_ZH, ruleZh } from "../alerts/message.ts";
import { field } from "../form.ts";
import { type Html, html } from "../html.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";
import { type SeenAlert, seenAlerts } from "./alerts-data.ts";
import { page, state } from "./layout.ts";
import { type Mark, tagged } from "./marks.ts";

const ENDED_SHOWN = 30;
const MESSAGES_SHOWN = 50;
const LONGEST_MUTE = 90;
const LONGEST_REASON = 200;

const MARKS: Readonly<Record<SeenAlert["kind"], Mark>> = { warning: "risk", no_data: "unknown", operation: "missed" };

export async function alertsPage(ask: Ask): Promise<Reply> {
  const all = await seenAlerts(ask);
  const open = all.filter((one) => one.state === "open");
  const loud = open.filter((one) => one.mute === undefined);
  const muted = open.filter((one) => one.mute !== undefined);
  const ended = all.filter((one) => one.state === "ended").slice(0, ENDED_SHOWN);
  const of = (kind: SeenAlert["kind"]) => loud.filter((one) => one.kind === kind);
  return page(ask, {
    title: "提醒",
    small: `未结 ${loud.length} 件`,
    current: "/",
    crumb: html`<a href="/">今日</a>`,
    lead: "一次过程一条：条件持续够久才开始，消失够久才解除；没有数据另列，不当作好转。",
    body: html`${
      all.length === 0 &&
      state(
        html`还没有过提醒。检查按排定的时刻运行${permits(ask.actor, "operate") && html`（<a href="/admin">管理</a>里可立即运行）`}，本页只列检查得出的；目标和来源此刻的情况见<a href="/">今日</a>。`,
      )
    }${openSection(ask, "预警", of("warning"))}${openSection(ask, "缺数", of("no_data"))}${of("operation").length > 0 && openSection(ask, "运行", of("operation"))}${
      muted.length > 0 && openSection(ask, "静默中", muted)
    }<section><h2>已解除 <small>最近 ${ended.length} 件</small></h2>${
      ended.length === 0
        ? state("还没有解除过的。")
        : html`<table><caption class="vh">已解除的提醒</caption><thead><tr><th scope="col">对象</th><th scope="col">规则</th><th scope="col" class="nw">开始</th><th scope="col" class="nw">解除</th></tr></thead><tbody>${ended.map((one) => html`<tr><th scope="row">${one.subject}</th><td>${ruleZh(one.rule)}</td><td class="num nw">${dayText(one.firstDay)}</td><td class="num nw">${minuteText(one.at)}</td></tr>`)}</tbody></table>`
    }</section>${permits(ask.actor, "alert.mute") && (await messageSection(ask))}`,
  });
}

function openSection(ask: Ask, zh: string, list: readonly SeenAlert[]): Html {
  const mutes = permits(ask.actor, "alert.mute");
  return html`<section><h2>${zh} <small>${list.length} 件</small></h2>${
    list.length === 0
      ? state(`没有${zh}。`)
      : html`<table class="tall"><caption class="vh">${zh}</caption><thead><tr><th scope="col">类别</th><th scope="col">事项</th><th scope="col" class="nw">自</th>${mutes && html`<th scope="col">静默</th>`}</tr></thead><tbody>${list.map(
          (one) =>
            html`<tr id="alert-${one.id}"><td class="nw">${tagged(MARKS[one.kind], KIND_ZH[one.kind])}</td><th scope="row">${one.subject}：${ruleZh(one.rule)}<span class="two">${one.words}</span></th><td class="num nw">${dayText(one.firstDay)}</td>${mutes && html`<td>${muteCell(ask, one)}</td>`}</tr>`,
        )}</tbody></table>`
  }</section>`;
}

function muteCell({ csrf }: Ask, { id, mute, subject }: SeenAlert): Html {
  const form = (days: Html, words: string) =>
    html`<form method="post" action="/alerts/${id}/mute"><input type="hidden" name="_csrf" value="${csrf}">${days}<button>${words}<span class="vh">${subject}</span></button></form>`;
  if (mute !== undefined)
    return html`到 ${dayText(mute.until)}，${mute.by}：${mute.reason}${form(html`<input type="hidden" name="days" value="0"><input type="hidden" name="reason" value="取消静默">`, "取消")}`;
  return html`<details><summary>静默</summary>${form(
    html`<div class="f"><label for="d-${id}">天数</label><input id="d-${id}" name="days" value="7" size="3" required inputmode="numeric" maxlength="2"></div><div class="f"><label for="r-${id}">原因</label><input id="r-${id}" name="reason" required maxlength="${LONGEST_REASON}"></div>`,
    "静默",
  )}</details>`;
}

async function messageSection({ store }: Ask): Promise<Html> {
  const messages = (await alertMessages(store.sql)).slice(0, MESSAGES_SHOWN);
  return html`<section><h2>发送 <small>最近 ${messages.length} 条</small></h2>${
    messages.length === 0
      ? state("还没有发送过。去处写在库文件夹的 service.yaml。")
      : html`<table><caption class="vh">发送记录</caption><thead><tr><th scope="col">时间</th><th scope="col">去处</th><th scope="col">结果</th><th scope="col">内容</th></tr></thead><tbody>${messages.map((one) => html`<tr><td class="num nw">${minuteText(one.at)}</td><td>${one.channel === "mail" ? "邮件" : one.channel}</td><td>${one.outcome === "sent" ? "已发出" : tagged("missed", "没有发出")}</td><th scope="row">${one.detail}</th></tr>`)}</tbody></table>`
  }</section>`;
}

/** Silences an alert's subject for some days, or no longer. @throws Fault `alert.unknown`, `option.value` */
export async function muteAlert({ params, body, context, actor, now }: Ask): Promise<Reply> {
  const text = field(body, "days", 2);
  const reason = field(body, "reason", LONGEST_REASON);
  const days = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (!(days <= LONGEST_MUTE))
    throw fault("option.value", { option: "days", given: text, expected: `0–${LONGEST_MUTE}` }, { parameter: "days" });
  if (reason === "")
    throw fault("option.value", { option: "reason", given: "", expected: "写明原因" }, { parameter: "reason" });
  await context.write(async (sql) => {
    const alert = (await listAlerts(sql)).find((one) => String(one.id) === params["id"]);
    if (alert === undefined) throw fault("alert.unknown", { given: params["id"] });
    const { rule, code, indicator, subject } = alert;
    const at = now.getTime();
    const until = dayOf(at) + days - 1;
    await saveMute(sql, { rule, code, indicator, until, reason, by: actor.name, at });
    await recordAudit(sql, {
      ...{ at, who: actor.name, role: actor.kind, action: days === 0 ? "alert.unmute" : "alert.mute" },
      subject: `${subject}：${ruleZh(rule)}`,
      after: days === 0 ? undefined : `到 ${dayText(until)}：${reason}`,
    });
  });
  return seeOther("/alerts");
}
