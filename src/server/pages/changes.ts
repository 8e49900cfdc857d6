/** 变更: which readings a batch replaced, from what to what. */

import { fault } from "../../domain/faults.ts";
import { indicatorOf } from "../../domain/indicator.ts";
import { minuteText } from "../../domain/time.ts";
import { listBatches } from "../../store/batches.ts";
import { html } from "../html.ts";
import type { Ask, Reply } from "../route.ts";
import { changesOf } from "./changes-data.ts";
import { formatShort } from "./format-words.ts";
import { page, state } from "./layout.ts";
import { whole } from "./numbers.ts";

const MOST = 200;

export async function changesPage(ask: Ask): Promise<Reply> {
  const { store, query, facts } = ask;
  const from = batchOf(query.get("from"), "from") ?? 0;
  const to = batchOf(query.get("to"), "to") ?? facts.lastBatch;
  const batches = (await listBatches(store.sql)).filter(
    (one) => one.id > from && one.id <= to && (one.account.corrected > 0 || one.kind === "undo"),
  );
  const changes = await changesOf(ask, { from, to, most: MOST + 1, skip: 0 });
  const shown = changes.slice(0, MOST);
  return page(ask, {
    title: "变更",
    small: from === 0 ? "全部批次" : `批次 #${from} 之后`,
    current: "/changes",
    lead:
      batches.length === 0
        ? "这段时间没有更正过读数。"
        : html`<b>${batches.length}</b> 个批次更正或撤销过读数；旧值都保留，可按当时的数据重新计算（as-of）。`,
    body: html`<form class="filter" action="/changes" aria-label="选择批次范围"><div class="f"><label for="from">从批次（不含）</label><input id="from" name="from" inputmode="numeric" size="8" value="${from === 0 ? "" : from}"></div><div class="f"><label for="to">到批次</label><input id="to" name="to" inputmode="numeric" size="8" value="${to}"></div><div class="f"><button class="go">查看</button></div></form>
<section><h2>更正过的批次</h2>${
      batches.length === 0
        ? state(
            html`没有。最近一次导入是批次 <a href="/data/batches/${facts.lastBatch}">#${facts.lastBatch}</a>，没有改动已有的数。`,
          )
        : html`<table><caption class="vh">更正过读数的批次</caption><thead><tr><th scope="col">批次</th><th scope="col">时间</th><th scope="col">格式</th><th scope="col" class="n">更正</th></tr></thead><tbody>${batches.map((one) => html`<tr><th scope="row"><a class="rowhead" href="/data/batches/${one.id}">#${one.id}</a></th><td class="num nw">${minuteText(one.at.getTime())}</td><td>${one.kind === "undo" ? `撤销 #${one.undoes}` : formatShort(one.format)}</td><td class="n">${whole(one.account.corrected)}</td></tr>`)}</tbody></table>`
    }</section>
${
  shown.length > 0 &&
  html`<section><h2>改了哪些读数 <small>${changes.length > MOST ? `列前 ${MOST} 个` : `${shown.length} 个`}</small></h2><table><caption>时刻为读数时段的开始；“值未变”是只改了标记（如维护、存疑）</caption><thead><tr><th scope="col">地点</th><th scope="col">指标</th><th scope="col">时刻</th><th scope="col" class="n">原值</th><th scope="col" class="n">新值</th><th scope="col" class="n c2">批次</th></tr></thead><tbody>${shown.map(
    (one) =>
      html`<tr><th scope="row">${one.name}</th><td>${indicatorOf(one.indicator).zh}</td><td class="num">${minuteText(Date.parse(one.start))}</td><td class="n">${String(one.before)}</td><td class="n">${one.after === undefined ? "已撤去" : one.after === one.before ? html`<span class="quiet">值未变</span>` : String(one.after)}</td><td class="n c2"><a href="/data/batches/${one.batch}">#${one.batch}</a></td></tr>`,
  )}</tbody></table></section>`
}`,
  });
}

function batchOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw fault("batch.unknown", { given: text }, { parameter: name });
  return Number(text);
}
