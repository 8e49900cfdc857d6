/** 数据: the batches with their accounts; one batch with its files and what was rejected; who has data on which day. */
import { fault } from "../../domain/faults.ts";
import { indicatorOf } from "../../domain/indicator.ts";
import { parsePeriod, periodZh } from "../../domain/period.ts";
import { PLACE_KIND_ZH, type PlaceKind } from "../../domain/place.ts";
import { REFUSE_REASONS, REJECT_REASONS, type RefuseReason, type RejectReason } from "../../domain/reject.ts";
import { dayParts, minuteText } from "../../domain/time.ts";
import { batchFiles, type HeldBatch, listBatches } from "../../store/batches.ts";
import { mendedBy, mendsOf, type RejectState, rejectStates } from "../../store/mends.ts";
import { permits } from "../access/permission.ts";
import { csvText } from "../csv.ts";
import { type Html, html } from "../html.ts";
import { link, oneOf } from "../query.ts";
import { type Ask, fileReply, type Reply } from "../route.ts";
import { baseName } from "./explain.ts";
import { CSV } from "./exports.ts";
import { formatShort } from "./format-words.ts";
import { page, state } from "./layout.ts";
import { batchOf, mendForm } from "./mend.ts";
import { quietZero, whole } from "./numbers.ts";
import { recentMonths } from "./periods.ts";
import { sourceForm } from "./save-source.ts";

const PAGE = 50;

export async function dataPage(ask: Ask): Promise<Reply> {
  const { store, query, actor } = ask;
  const all = await listBatches(store.sql);
  const number = pageNumber(query.get("page"));
  const shown = all.slice((number - 1) * PAGE, number * PAGE);
  const pages = Math.max(1, Math.ceil(all.length / PAGE));
  return page(ask, {
    title: "数据",
    small: `${all.length} 个批次`,
    current: "/data",
    body: html`<nav class="on-page" aria-label="数据"><a href="/data" aria-current="page">批次</a><a href="/data/coverage">覆盖</a>${permits(actor, "data.import") && html`<a href="/data/upload">上传</a>`}</nav>
${
  all.length === 0
    ? state("还没有导入过数据。")
    : html`<table><caption>读取 = 新增 + 更正 + 未变 + 让位 + 拒收；新的在前</caption><thead><tr><th scope="col" class="nw">批次</th><th scope="col">时间</th><th scope="col">格式</th><th scope="col" class="c3">来源</th><th scope="col" class="n">读取</th><th scope="col" class="n c2">新增</th><th scope="col" class="n">更正</th><th scope="col" class="n c2">未变</th><th scope="col" class="n">拒收</th></tr></thead><tbody>${shown.map(batchRow)}</tbody></table>
<nav class="pager" aria-label="分页">${number > 1 && html`<a href="${link("/data", { page: number - 1 })}">上一页</a>`}<span>第 ${number} / ${pages} 页</span>${number < pages && html`<a href="${link("/data", { page: number + 1 })}">下一页</a>`}</nav>`
}`,
  });
}

function batchRow({ id, at, kind, undoes, format, source, account, undoneBy }: HeldBatch): Html {
  return html`<tr><th scope="row" class="nw"><a class="rowhead" href="/data/batches/${id}">#${id}</a></th><td class="num nw">${minuteText(at.getTime()).slice(5)}</td><td>${kind === "undo" ? `撤销 #${undoes}` : formatShort(format)}${undoneBy !== undefined && html` <span class="tag">已由 #${undoneBy} 撤销</span>`}</td><td class="c3">${baseName(source)}</td><td class="n">${whole(account.read)}</td><td class="n c2">${quietZero(account.inserted)}</td><td class="n">${quietZero(account.corrected)}</td><td class="n c2">${quietZero(account.unchanged)}</td><td class="n">${quietZero(account.rejected)}</td></tr>`;
}

function pageNumber(text: string | undefined): number {
  if (text === undefined) return 1;
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw fault("option.value", { option: "page", given: text, expected: "1 以上的整数" }, { parameter: "page" });
  return Number(text);
}

export async function batchPage(ask: Ask): Promise<Reply> {
  const { store } = ask;
  const batch = await batchOf(ask);
  const files = await batchFiles(store.sql, batch.id);
  const reasons = await store.sql.rows<{ reason: string; count: bigint }>(
    "SELECT reason, count(*) AS count FROM reject WHERE batch = ? GROUP BY reason ORDER BY count(*) DESC, reason",
    [batch.id],
  );
  const rejects = await rejectsOf(ask, batch, PAGE);
  const { account, unit } = batch;
  const mends = await mendsOf(store.sql, batch.id);
  const mended = rejects.all.filter((one) => one.mendedBy !== undefined).length;
  const unitZh = unit === "cell" ? "格" : "行";
  return page(ask, {
    title: `批次 #${batch.id}`,
    small: batch.kind === "undo" ? `撤销 #${batch.undoes}` : formatShort(batch.format),
    current: "/data",
    crumb: html`<a href="/data">数据</a>`,
    lead: html`读取 <b>${whole(account.read)}</b> ${unitZh} = 新增 ${whole(account.inserted)} + 更正 ${whole(account.corrected)} + 未变 ${whole(account.unchanged)} + 让位 ${whole(account.outranked)} + 拒收 ${whole(account.rejected)}；缺测 ${whole(account.missing)}，不取 ${whole(account.ignored)}。`,
    stamp: [
      minuteText(batch.at.getTime()),
      ...(mends === undefined ? [] : [html`补正 <a href="/data/batches/${mends}">#${mends}</a> 的拒收`]),
      ...(batch.undoneBy === undefined
        ? []
        : [html`已由 <a href="/data/batches/${batch.undoneBy}">#${batch.undoneBy}</a> 撤销`]),
    ],
    body: html`${
      permits(ask.actor, "data.import") &&
      batch.kind === "ingest" &&
      batch.undoneBy === undefined &&
      html`<form method="post" action="/data/batches/${batch.id}/undo"><input type="hidden" name="_csrf" value="${ask.csrf}"><button>撤销这个批次</button></form>`
    }<section><h2>拒收 <small>${whole(account.rejected)} ${unitZh}</small></h2>${
      account.rejected === 0
        ? state("没有拒收。")
        : html`<p>${reasons.map((one) => `${REJECT_REASONS[one.reason as RejectReason]?.zh ?? one.reason} ${whole(one.count)}`).join("，")}。${mended > 0 && html`已补正 <b>${whole(mended)}</b>，待补正 <b>${whole(account.rejected - mended)}</b>。`}<a href="/data/batches/${batch.id}/rejects.csv">全部导出 CSV</a></p>
${mendForm(ask, batch, account.rejected - mended)}
<table><caption>前 ${Math.min(PAGE, rejects.shown.length)} 条</caption><thead><tr><th scope="col">文件</th><th scope="col" class="n">行</th><th scope="col">列</th><th scope="col">原文</th><th scope="col">原因</th></tr></thead><tbody>${rejects.shown.map((one) => html`<tr><td>${baseName(one.file)}</td><td class="n">${one.line}</td><td>${one.column}</td><td class="mono">${one.raw.slice(0, 80)}</td><td>${REJECT_REASONS[one.reason as RejectReason]?.zh ?? one.reason}${one.detail !== null && html`<span class="two">${one.detail}</span>`}${one.mendedBy !== undefined && html`<span class="two">已由 <a href="/data/batches/${one.mendedBy}">#${one.mendedBy}</a> 补正</span>`}</td></tr>`)}</tbody></table>`
    }</section>
<section><h2>文件 <small>${files.length} 个</small></h2><table><caption>${files.length > PAGE && `列前 ${PAGE} 个`}</caption><thead><tr><th scope="col">文件</th><th scope="col">结果</th><th scope="col" class="n">读取</th><th scope="col" class="n">拒收</th><th scope="col" class="c3">SHA-256</th></tr></thead><tbody>${files.slice(0, PAGE).map((file) => html`<tr><th scope="row">${baseName(file.name)}</th><td>${file.outcome === "read" ? "已读" : html`未取：${REFUSE_REASONS[file.reason as RefuseReason]?.zh ?? file.reason}`}</td><td class="n">${whole(file.account.read)}</td><td class="n">${quietZero(file.account.rejected)}</td><td class="c3 mono">${file.sha256.slice(0, 12)}</td></tr>`)}</tbody></table></section>${sourceForm(ask, batch)}`,
  });
}

/**
 * The first rejected units of a batch. Which of them were mended is looked for only where a batch mends it: that takes
 * all of them, and a batch may have a hundred thousand.
 */
async function rejectsOf(
  { store }: Ask,
  batch: HeldBatch,
  most: number,
): Promise<{ readonly shown: readonly RejectState[]; readonly all: readonly RejectState[] }> {
  if ((await mendedBy(store.sql, batch.id)).length > 0) {
    const all = await rejectStates(store.sql, batch);
    return { shown: all.slice(0, most), all };
  }
  const shown = await store.sql.rows<RejectState>(
    `SELECT f.name AS file, r.line, r."column", r.raw, r.reason, r.detail FROM reject r
     JOIN batch_file f ON f.batch = r.batch AND f.file = r.file WHERE r.batch = ? ORDER BY r.file, r.line, r."column"
     LIMIT ${most}`,
    [batch.id],
  );
  return { shown, all: [] };
}

const MOST_EXPORTED = 200_000;

export async function rejectsCsv(ask: Ask): Promise<Reply> {
  const batch = await batchOf(ask);
  const { shown } = await rejectsOf(ask, batch, MOST_EXPORTED);
  const text = csvText(
    ["文件", "行", "列", "原文", "原因", "说明", "补正批次"],
    shown.map((one) => [
      baseName(one.file),
      one.line,
      one.column,
      one.raw,
      REJECT_REASONS[one.reason as RejectReason]?.zh ?? one.reason,
      one.detail ?? "",
      one.mendedBy ?? "",
    ]),
  );
  return fileReply(CSV, text, `拒收-批次${batch.id}.csv`);
}

const COVERED = {
  station: { kinds: ["station"], indicators: ["pm25", "pm10", "so2", "no2", "co", "o3"] },
  township: { kinds: ["township", "zone"], indicators: ["pm25", "tsp"] },
  section: { kinds: ["section"], indicators: ["nh3n", "tp", "codmn", "do"] },
  noise_point: { kinds: ["noise_point"], indicators: ["leq"] },
} as const;

export async function coveragePage(ask: Ask): Promise<Reply> {
  const { query, store, facts, today } = ask;
  const kind = oneOf(query, "kind", Object.keys(COVERED) as (keyof typeof COVERED)[], "station");
  const { kinds, indicators } = COVERED[kind];
  const indicator = oneOf(
    query,
    "indicator",
    ["pm25", "pm10", "so2", "no2", "co", "o3", "tsp", "nh3n", "tp", "codmn", "do", "leq"] as const,
    indicators[0],
  );
  const period = parsePeriod(
    query.get("period") ??
      recentMonths(Math.max(facts.lastAirDay ?? 0, facts.lastTownshipDay ?? 0) || today, 1)[0]?.text ??
      "",
  );
  const whole31 =
    period.last - period.first < DAYS_SHOWN ? period : parsePeriod(recentMonths(period.last, 1)[0]?.text ?? "");
  const rows = await store.sql.rows<{ place: number; day: number; n: number; valid: boolean }>(
    `SELECT d.place, d.day, max(d.n) AS n, bool_or(coalesce(d.mda8_valid, d.valid)) AS valid FROM daily d
     WHERE d.indicator = ${indicatorOf(indicator).id} AND d.day BETWEEN ${whole31.first} AND ${whole31.last} GROUP BY d.place, d.day`,
  );
  const held = new Map(rows.map((row) => [`${row.place}|${row.day}`, row]));
  const places = facts.places.places.filter(
    (place) =>
      (kinds as readonly PlaceKind[]).includes(place.kind) && (kind === "station" || place.parentId === facts.home.id),
  );
  const days = Array.from({ length: whole31.last - whole31.first + 1 }, (_, k) => whole31.first + k);
  return page(ask, {
    title: "覆盖",
    small: periodZh(whole31),
    current: "/data",
    crumb: html`<a href="/data">数据</a>`,
    body: html`<form class="filter" action="/data/coverage" aria-label="选择"><div class="f"><label for="kind">地点</label><select id="kind" name="kind">${(Object.keys(COVERED) as (keyof typeof COVERED)[]).map((one) => html`<option value="${one}"${one === kind && html` selected`}>${PLACE_KIND_ZH[one]}</option>`)}</select></div>
<div class="f"><label for="ind">指标</label><select id="ind" name="indicator">${indicators.map((one) => html`<option value="${one}"${one === indicator && html` selected`}>${indicatorOf(one).zh}</option>`)}</select></div>
<div class="f"><label for="per">月份</label><select id="per" name="period">${[...new Set([whole31.text, ...recentMonths(facts.lastAirDay ?? today, 14).map((one) => one.text)])].map((one) => html`<option${one === whole31.text && html` selected`}>${one}</option>`)}</select></div><div class="f"><button class="go">查看</button></div></form>
${
  places.length === 0
    ? state("没有登记这类地点。")
    : html`<div class="scroll" tabindex="0" role="region" aria-label="覆盖表"><table class="grid"><caption>格内为当日读数个数；括号表示不够有效天的要求；空白为没有读到</caption><thead><tr><th scope="col">地点</th>${days.map((day) => html`<th scope="col">${dayParts(day).day}</th>`)}</tr></thead><tbody>${places.map(
        (place) =>
          html`<tr><th scope="row">${place.name}</th>${days.map((day) => {
            const row = held.get(`${place.id}|${day}`);
            return html`<td>${row === undefined ? html`<span class="vh">没有</span>` : row.valid ? row.n : html`<span class="down">(${row.n})</span>`}</td>`;
          })}</tr>`,
      )}</tbody></table></div>`
}`,
  });
}

const DAYS_SHOWN = 31;
