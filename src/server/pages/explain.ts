/** 解释: what a number rests on. Every number on a page leads here. */
import { explainStatistic } from "../../analysis/explain.ts";
import { statIndicator } from "../../analysis/stat-indicators.ts";
import { STATISTIC_ZH } from "../../analysis/statistic.ts";
import { type Period, parsePeriod, periodZh } from "../../domain/period.ts";
import { placeFinder, requirePlace } from "../../domain/place-finder.ts";
import { REJECT_REASONS, type RejectReason } from "../../domain/reject.ts";
import { dayParts, dayText } from "../../domain/time.ts";
import { DEFAULT_POLICIES, POLICIES, type PolicyName } from "../../standards/policy.ts";
import { requireSight } from "../access/sight.ts";
import { html } from "../html.ts";
import type { Ask, Reply } from "../route.ts";
import { formatShort } from "./format-words.ts";
import { page, state } from "./layout.ts";
import { whole } from "./numbers.ts";

const EXCLUDED_SHOWN = 30;

export async function explainPage(ask: Ask): Promise<Reply> {
  const { query, params, facts, store, today } = ask;
  const indicator = statIndicator(params["indicator"] ?? "");
  const place = requirePlace(placeFinder(facts.places), query.get("place") ?? facts.home.code, "place");
  requireSight(ask.actor, indicator.code, place);
  const period = soFar(parsePeriod(query.get("period") ?? String(dayParts(today).year)), today);
  const found = await explainStatistic(store, { indicator, place, period, policies: DEFAULT_POLICIES, today });
  const { answer } = found;
  const rounded = answer["rounded"];
  const reason = answer["reason"];
  const policies = Object.entries((answer["policies"] ?? {}) as Record<string, string>);
  return page(ask, {
    title: "解释",
    small: html`<span class="nw">${place.name}</span> <span class="nw">${periodWords(period, today)}</span> <span class="nw">${indicator.zh}</span>`,
    crumb: html`<a href="/methods">方法</a> / ${indicator.zh}`,
    lead: html`<b>${rounded === null || rounded === undefined ? "—" : String(rounded)}</b> ${String(answer["unit"] ?? "")}　${
      STATISTIC_ZH[answer["statistic"] as keyof typeof STATISTIC_ZH] ?? ""
    }${typeof reason === "string" && html`；数据不足：${reason}`}。有效 ${String(answer["n"])} / 应有 ${String(answer["expected"])}。`,
    body: html`<section><h2>怎样算出</h2><ol class="steps">${found.steps.map((step) => html`<li>${step}</li>`)}</ol>
<p class="note">标准版本 ${found.editions.join("、") || "—"}。方法见 <a href="/methods/${methodOf(indicator.code)}">方法说明</a>。</p></section>
${policies.length > 0 && html`<section><h2>口径</h2><table><caption class="vh">用到的口径</caption><thead><tr><th scope="col">口径</th><th scope="col">取值</th><th scope="col" class="c2">含义</th></tr></thead><tbody>${policies.map(([name, value]) => html`<tr><th scope="row" class="mono">${name}</th><td>${value}</td><td class="c2">${POLICIES[name as PolicyName]?.zh ?? ""}</td></tr>`)}</tbody></table></section>`}
<section><h2>构成</h2><table><caption>每个地点应有、实有、有效多少</caption><thead><tr><th scope="col">地点</th><th scope="col" class="n">读数<br><span class="unit">实有 / 应有</span></th><th scope="col" class="n">有数据<br><span class="unit">天</span></th><th scope="col" class="n">有效<br><span class="unit">天</span></th></tr></thead><tbody>${found.members.map((one) => html`<tr><th scope="row">${one.place}<span class="two">${one.code}</span></th><td class="n">${whole(one.readingsPresent)} / ${whole(one.readingsExpected)}</td><td class="n">${one.daysWithData} / ${one.daysExpected}</td><td class="n">${one.daysValid}</td></tr>`)}</tbody></table>
${found.members
  .filter((one) => one.excluded.length > 0)
  .map(
    (one) =>
      html`<details><summary>${one.place}：不计入的 ${one.excluded.length} 天</summary><ul class="plain">${one.excluded.slice(0, EXCLUDED_SHOWN).map((day) => html`<li><span class="num">${day.day}</span>　${day.reason}</li>`)}</ul></details>`,
  )}</section>
${
  found.readings !== undefined &&
  found.readings.length > 0 &&
  html`<section><h2>小时值</h2><div class="scroll" tabindex="0" role="region" aria-label="小时值表"><table><caption>按小时结束时刻</caption><thead><tr><th scope="col">地点</th><th scope="col">时刻</th><th scope="col" class="n">值</th><th scope="col" class="n">批次</th></tr></thead><tbody>${found.readings.map((one) => html`<tr><th scope="row">${one.place}</th><td class="num">${one.hourEnd}</td><td class="n">${one.value}</td><td class="n"><a href="/data/batches/${one.batch}">#${one.batch}</a></td></tr>`)}</tbody></table></div></section>`
}
<section><h2>来源</h2>${
      found.sources.length === 0
        ? state("没有读数。")
        : html`<table><caption>读数来自哪些批次和文件</caption><thead><tr><th scope="col">批次</th><th scope="col">格式</th><th scope="col" class="n">读数</th><th scope="col" class="c2">文件</th></tr></thead><tbody>${found.sources.map((one) => html`<tr><th scope="row"><a class="rowhead" href="/data/batches/${one.batch}">#${one.batch}</a></th><td>${formatShort(one.format)}</td><td class="n">${whole(one.readings)}</td><td class="c2">${one.files.slice(0, 3).map(baseName).join("、")}${one.files.length > 3 && " 等"}</td></tr>`)}</tbody></table>`
    }${
      found.rejected.length > 0 &&
      html`<p class="note">库内拒收（全部批次）：${found.rejected.map((one) => `${REJECT_REASONS[one.reason as RejectReason]?.zh ?? one.reason} ${whole(one.count)} 处`).join("、")}。</p>`
    }</section>`,
  });
}

/** A year that is still running is explained up to the last day that is over, as the pages show it. */
function soFar(period: Period, today: number): Period {
  return period.kind === "year" && period.last > today && period.first <= today
    ? { ...period, kind: "cumulative", last: today }
    : period;
}

function periodWords(period: Period, today: number): string {
  return period.kind === "cumulative" && period.last === today && !period.text.includes("..")
    ? `${period.text} 年至 ${dayText(today).slice(5)}`
    : periodZh(period);
}

/** The name without the path on the machine it came from. */
export function baseName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

function methodOf(code: string): string {
  return code;
}
