/** A table nobody has a format for: its columns proposed with reasons, confirmed by a person, tried, kept as a mapping. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BEGINNING } from "../../../ingest/body.ts";
import { type ColumnMeaning, mapText, type Proposal, proposeMap } from "../../../ingest/propose-map.ts";
import { type TextTable, tableOfText } from "../../../ingest/table.ts";
import { fault } from "../../domain/faults.ts";
import { INDICATORS } from "../../domain/indicator.ts";
import { PLACE_KIND_ZH, PLACE_KINDS } from "../../domain/place.ts";
import { placeFinder } from "../../domain/place-finder.ts";
import { choiceField, field, textField } from "../form.ts";
import { type Html, html } from "../html.ts";
import type { Ask, Reply } from "../route.ts";
import { baseName } from "./explain.ts";
import { page, state } from "./layout.ts";
import { type AskedSheet, sheetsTable, skippedSheets } from "./mapping-sheets.ts";

const MOST_COLUMNS = 200;
const LONGEST_NAME = 40;

const SPANS = [
  ["hourEnd", "小时（标小时末）"],
  ["hourStart", "小时（标小时开始）"],
  ["minuteStart", "分钟（标分钟开始）"],
  ["minuteEnd", "分钟（标分钟末）"],
  ["day", "日"],
  ["month", "月"],
  ["period", "月、半月等写明的时段"],
  ["sample", "采样时刻"],
] as const;

/**
 * The page that asks what the columns are: of the first sheet that can be asked about, or of the one named by its number.
 * @throws Fault `upload.missing` when there is no such sheet
 */
export async function mappingPage(ask: Ask, id: string, path: string, sheet?: string): Promise<Reply> {
  const finder = placeFinder(ask.facts.places);
  const sheets = (await tablesAt(ask, path)).map((table) => ({ table, proposal: proposeMap(table, finder) }));
  const at = sheet === undefined ? sheets.findIndex((one) => one.proposal !== undefined) : Number(sheet) - 1;
  if (sheet !== undefined && sheets[at] === undefined) throw fault("upload.missing");
  const proposal = sheets[at]?.proposal;
  const crumb = html`<a href="/data">数据</a> / <a href="/data/upload">上传</a>`;
  if (proposal === undefined)
    return page(ask, {
      ...{ title: "认列", small: baseName(path), current: "/data", crumb },
      body: state(
        html`看不出这个文件的列：${sheets.length > 1 && html`${sheets.length} 张表里都`}没有找到表头、时间列和数值列。整理成一行表头、每行一个时间后<a href="/data/upload">再传一次</a>。`,
        "failed",
      ),
    });
  return page(ask, {
    ...{ title: "认列", small: baseName(path), current: "/data", crumb, body: form(ask, id, sheets, at, proposal) },
    lead: html`没有现成的格式。${sheets.length > 1 && html`“${sheets[at]?.table.name}”的`}表头在第 ${proposal.headLine} 行；下面是按表头和内容推断的含义，请逐列核对，再演算。`,
  });
}

function form({ csrf }: Ask, id: string, sheets: readonly AskedSheet[], at: number, proposal: Proposal): Html {
  const { columns, kind, kindWhy, sheetPlace, span, spanWhy } = proposal;
  const meanings: readonly (readonly [ColumnMeaning, string])[] = [
    ["none", "不取"],
    ["place", "地点"],
    ["time", "时间"],
    ["indicator", "指标名"],
    ["value", "值（指标另有一列）"],
    ["unit", "单位"],
    ...INDICATORS.map(({ code, zh }) => [`value:${code}`, `${zh}的值`] as const),
  ];
  return html`<form method="post" action="/data/map"><input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="upload" value="${id}"><input type="hidden" name="columns" value="${columns.length}">
${sheetsTable(id, sheets, at)}
<div class="scroll" tabindex="0" role="region" aria-label="各列"><table class="tall"><caption>各列的含义</caption><thead><tr><th scope="col">列</th><th scope="col">含义和理由</th><th scope="col">单位</th><th scope="col" class="c2">内容</th></tr></thead><tbody>${columns.map(
    (one, k) =>
      html`<tr><th scope="row">${one.head || "（空）"}<input type="hidden" name="head${k}" value="${one.head}"></th><td><select name="means${k}" aria-label="${one.head}的含义">${meanings.map(([value, zh]) => html`<option value="${value}"${value === one.means && html` selected`}>${zh}</option>`)}</select><span class="two">${one.why}</span></td><td><input name="unit${k}" value="${one.unit}" size="8" maxlength="30" aria-label="${one.head}的单位"></td><td class="c2 mono">${one.sample.join("、")}</td></tr>`,
  )}</tbody></table></div>
<div class="fields">${choiceField(
    "kind",
    `地点的类别（${kindWhy}）`,
    PLACE_KINDS.map((one) => [one, PLACE_KIND_ZH[one]] as const),
    kind,
  )}
${choiceField("span", `时间的含义（${spanWhy}）`, SPANS, span)}
${textField("zone", "时区", { value: "Asia/Shanghai" })}
${textField("fixedPlace", "没有地点列时，整个文件是哪个地点")}
${sheets[at]?.table.name !== "" && html`<div><label><input type="checkbox" name="sheetPlace" value="1"${sheetPlace && html` checked`}> 没有地点列时，每张工作表的名称就是地点</label></div>`}
${textField("keep", "给这种表起个名字，下次直接选（可不填）")}
<div><button class="go">演算</button>　<a class="btn" href="/data/upload">放弃</a></div></div></form>`;
}

/** The mapping's text from the form, kept under a name when it was given one. @throws Fault `option.value`, `ingest.mapping` */
export async function confirmedMap({ body, context }: Ask): Promise<string> {
  const count = Number(field(body, "columns", 3));
  if (!Number.isInteger(count) || count < 1 || count > MOST_COLUMNS)
    throw fault("option.value", { option: "columns", given: String(body["columns"]), expected: `1–${MOST_COLUMNS}` });
  const columns = Array.from({ length: count }, (_, k) => ({
    head: field(body, `head${k}`, 200),
    means: field(body, `means${k}`, 60) as ColumnMeaning,
    unit: field(body, `unit${k}`, 30),
  }));
  const text = mapText({
    columns,
    kind: field(body, "kind", 20),
    span: field(body, "span", 20),
    zone: field(body, "zone", 60),
    fixedPlace: field(body, "fixedPlace", 100),
    sheetPlace: field(body, "sheetPlace", 1) !== "",
    skipSheets: skippedSheets(body),
  });
  const { parseGenericMap } = await import("../../../ingest/generic-map.ts");
  parseGenericMap(text);
  const name = field(body, "keep", LONGEST_NAME);
  if (name !== "") {
    if (!/^[\p{L}\p{N}_-]+$/u.test(name))
      throw fault(
        "option.value",
        { option: "keep", given: name, expected: "文字、数字、_ 和 -" },
        { parameter: "keep" },
      );
    await mkdir(folderOf(context.store.dir), { recursive: true });
    await writeFile(join(folderOf(context.store.dir), `${name}.yaml`), text);
  }
  return text;
}

/** Names of the mappings kept. */
export async function keptMaps(dir: string): Promise<readonly string[]> {
  const names = await readdir(folderOf(dir)).catch(() => []);
  return names
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length))
    .sort();
}

/** The text of one kept. @throws Fault `format.unknown` */
export async function keptMap(dir: string, name: string): Promise<string> {
  const known = await keptMaps(dir);
  if (!known.includes(name)) throw fault("format.unknown", { given: `map:${name}`, known: known.join(" ") });
  return await readFile(join(folderOf(dir), `${name}.yaml`), "utf8");
}

function folderOf(dir: string): string {
  return join(dir, "mappings");
}

/** The tables of a file that is asked about; none when it holds no table. */
export async function tablesAt({ context }: Pick<Ask, "context">, path: string): Promise<readonly TextTable[]> {
  const body = await context.readers.open(await readFile(path), baseName(path)).catch(() => undefined);
  if (body?.kind === "tables") return body.tables;
  return body?.kind === "text" ? [tableOfText(body.text.slice(0, BEGINNING))] : [];
}
