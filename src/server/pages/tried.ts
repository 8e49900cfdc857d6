/** What a dry run found, before a person decides: sums, reasons, warnings, and what becomes of each file or sheet. */
import { basename } from "node:path";
import type { BatchResult, FileResult } from "../../../ingest/pipeline.ts";
import { REFUSE_REASONS, REJECT_REASONS, type RejectReason } from "../../domain/reject.ts";
import { HOUR_MIN_MINUTES } from "../../standards/gb3095-validity.ts";
import { type Html, html } from "../html.ts";
import { baseName } from "./explain.ts";
import { formatZh } from "./format-words.ts";
import { quietZero, whole } from "./numbers.ts";

/** @param lacks of a sheet a mapping does not fit, by its file's name, the heads it has not */
export function resultTable(result: BatchResult, lacks?: ReadonlyMap<string, readonly string[]>): Html {
  const { files } = result;
  const unit = result.unit === "cell" ? "格" : "行";
  return html`<section><h2>${formatZh(result.format)} <small>${files.length} 个${files.some(({ file }) => file.includes("#")) ? "工作表" : "文件"}</small></h2>
<p>读取 <b>${whole(result.read)}</b> ${unit} = 新增 ${whole(result.inserted)} + 更正 ${whole(result.corrected)} + 未变 ${whole(result.unchanged)} + 让位 ${whole(result.outranked)} + 拒收 ${whole(result.rejected)}；缺测 ${whole(result.missing)}，不取 ${whole(result.ignored)}。</p>
${
  result.rejects.length > 0 &&
  html`<table><caption>拒收的原因</caption><thead><tr><th scope="col">原因</th><th scope="col" class="n">${unit}</th></tr></thead><tbody>${result.rejects.map((one) => html`<tr><th scope="row">${REJECT_REASONS[one.reason as RejectReason]?.zh ?? one.reason}</th><td class="n">${whole(one.count)}</td></tr>`)}</tbody></table>`
}${notes(result)}${files.length > 1 ? filesTable(result, unit, lacks) : files.map((file) => file.reason !== undefined && html`<p>未取：${refusedWhy(file, lacks)}</p>`)}</section>`;
}

/** What a sum does not tell. */
function notes({ warnings, minutes, registered }: BatchResult): Html | false {
  const said = [
    ...warnings.map((one) => html`<b>请核对</b>：${one.zh}`),
    ...(minutes === undefined
      ? []
      : [
          `分钟值求得 ${whole(minutes.touched - minutes.short)} 个小时值；不足 ${HOUR_MIN_MINUTES} 分钟、暂不出小时值 ${whole(minutes.short)} 个`,
        ]),
    ...(registered.length === 0 ? [] : [`新登记地点 ${whole(registered.length)} 个`]),
  ];
  return said.length > 0 && html`<ul class="plain">${said.map((one) => html`<li>${one}</li>`)}</ul>`;
}

/** Of each file or sheet what became of it; those not taken first. */
function filesTable(
  { files, source }: BatchResult,
  unit: string,
  lacks: ReadonlyMap<string, readonly string[]> | undefined,
): Html {
  const shown = [...files].sort((a, b) => Number(a.outcome === "read") - Number(b.outcome === "read"));
  return html`<table><caption>逐个说明${shown.length > FILES_SHOWN && `，列 ${FILES_SHOWN} 个`}</caption><thead><tr><th scope="col">文件或工作表</th><th scope="col">结果</th><th scope="col" class="n">读取<br><span class="unit">${unit}</span></th><th scope="col" class="n">新增</th><th scope="col" class="n">更正</th><th scope="col" class="n c2">未变</th><th scope="col" class="n">拒收</th></tr></thead><tbody>${shown
    .slice(0, FILES_SHOWN)
    .map(
      (file) =>
        html`<tr><th scope="row">${shownName(file.file, source)}</th><td>${file.reason === undefined ? "读取" : html`未取：${refusedWhy(file, lacks)}`}</td><td class="n">${quietZero(file.read)}</td><td class="n">${quietZero(file.inserted)}</td><td class="n">${quietZero(file.corrected)}</td><td class="n c2">${quietZero(file.unchanged)}</td><td class="n">${quietZero(file.rejected)}</td></tr>`,
    )}</tbody></table>`;
}

const FILES_SHOWN = 60;

/** Of a workbook the sheet alone: the page says which file it is. */
function shownName(file: string, source: string): string {
  const prefix = `${basename(source)}#`;
  return file.startsWith(prefix) ? file.slice(prefix.length) : baseName(file);
}

function refusedWhy({ file, reason }: FileResult, lacks?: ReadonlyMap<string, readonly string[]>): string {
  const missing = lacks?.get(file) ?? [];
  const words = reason === undefined ? "" : REFUSE_REASONS[reason].zh;
  return missing.length === 0 ? words : `${words}，没有列 ${missing.join("、")}`;
}
