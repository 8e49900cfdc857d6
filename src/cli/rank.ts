/** `duibiao rank`: the places of one kind in order, worst first, for one indicator and period. */
import Table from "cli-table3";
import type { StoreState } from "../analysis/as-of.ts";
import { behindZh } from "../analysis/behind.ts";
import { exceedanceZh } from "../analysis/exceedance.ts";
import { type Ranking, rankJson, rankPlaces } from "../analysis/rank.ts";
import { besideJson } from "../analysis/rank-beside.ts";
import { CHANGE_DECIMALS, CHANGE_ZH, type RankChange, type RankChanges, rankChanges } from "../analysis/rank-change.ts";
import { type PublishedBeside, publishedBeside } from "../analysis/rank-published.ts";
import { csvCell } from "../domain/csv-cell.ts";
import { fault } from "../domain/faults.ts";
import { periodZh } from "../domain/period.ts";
import type { PlaceKind } from "../domain/place.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { decimalText } from "../standards/gbt8170.ts";
import { refuseBeforeData, refuseTwoForms } from "./answerable.ts";
import { stateAsOf } from "./as-of.ts";
import { command } from "./command.ts";
import { QUESTION_OPTIONS, readQuestion } from "./question.ts";
import { writeWhole } from "./write-whole.ts";

const KINDS = ["township", "station", "road", "section", "district"] as const satisfies readonly PlaceKind[];

export const rank = command({
  name: "rank",
  zh: "排名（倒序，第 1 名最差）：先修约，并列同名次，缺数据的另列",
  words: [{ name: "<indicator>", zh: "指标：pm25 tsp road_dust_load composite_index …" }],
  options: {
    ...QUESTION_OPTIONS,
    among: { type: "string", value: "city|区", zh: "范围：city 为全市（默认），或某区" },
    kind: { type: "string", value: KINDS.join("|"), zh: "地点类别（默认 township 街乡）" },
    order: { type: "string", value: "worst|best", zh: "worst 倒序（默认）；best 正序" },
    worst: { type: "string", value: "N", zh: "只列全市后 N 名；并列跨线时整组列出并注明" },
    change: { type: "string", value: "yoy|mom|both", zh: "加列同比（yoy）、环比（mom）：数值、名次和变化的名次" },
    per: {
      type: "string",
      value: "people|area",
      zh: "计数类按每万人（people）或每平方公里（area），只列有人口或面积的地点",
    },
    published: { type: "boolean", zh: "有公布排名时并列列出，差异附可能原因（JSON 总是带）" },
    "as-of": { type: "string", value: "X", zh: "按某一批次号或时刻的数据状态计算" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
    csv: { type: "boolean", zh: "输出 CSV" },
    xlsx: { type: "string", value: "F", zh: "写成 XLSX 文件" },
  },
  examples: [
    "duibiao rank tsp --period 2015-03-H1 --worst 30",
    "duibiao rank pm25 --period 2015 --kind station --order best",
    "duibiao rank tsp --period 2015-03 --worst 30 --change both --published",
    "duibiao rank pm25 --period 2015-01..2015-03 --among 朝阳区 --json",
  ],
  async run([indicator = ""], options, effects) {
    const question = readQuestion(indicator, options, effects.now());
    const kind = oneOf("kind", options.kind ?? "township", KINDS);
    const order = oneOf("order", options.order ?? "worst", ["worst", "best"] as const);
    const worst = options.worst === undefined ? undefined : countOf(options.worst);
    refuseTwoForms(options);
    const store = await effects.openStore();
    await refuseBeforeData(store, question.period);
    const finder = placeFinder(await store.places());
    const named = options.among ?? "city";
    const among =
      named === "city"
        ? cityOf(finder.find("110000")[0] ?? (await store.places()).places[0])
        : requirePlace(finder, named, "--among");
    const per = options.per === undefined ? undefined : oneOf("per", options.per, ["people", "area"] as const);
    const state = await stateAsOf(store, options["as-of"]);
    const daily = await state.dailyOf(question.period);
    const ranking = await rankPlaces(state.store, { ...question, among, kind, order, worst, per, daily });
    const changes = await changesAsked(state, ranking, options.change);
    const beside =
      options.json || options.published ? await publishedBeside(state.store, ranking, state.batch) : undefined;
    if (options.json) effects.out(JSON.stringify(rankJson(ranking, besideJson(ranking, changes, beside))));
    else if (options.csv) for (const line of csvLines(ranking)) effects.out(line);
    else if (options.xlsx !== undefined) {
      const { rankWorkbook } = await import("../../reports/workbooks/rank-workbook.ts");
      await writeWhole(options.xlsx, await rankWorkbook(ranking));
      effects.err(`已写入 ${options.xlsx}`);
    } else for (const line of tableLines(ranking, question.indicator.zh, changes, beside)) effects.out(line);
    return 0;
  },
});

const CHANGES = { yoy: ["yearOnYear"], mom: ["monthOnMonth"], both: ["yearOnYear", "monthOnMonth"] } as const;

async function changesAsked(
  state: StoreState,
  ranking: Ranking,
  asked: string | undefined,
): Promise<readonly RankChanges[]> {
  if (asked === undefined) return [];
  const kinds = CHANGES[oneOf("change", asked, ["yoy", "mom", "both"] as const)];
  const found: RankChanges[] = [];
  for (const kind of kinds) {
    const one = await rankChanges(state.store, ranking, kind, state.dailyOf);
    if (one !== undefined) found.push(one);
  }
  return found;
}

function cityOf<T>(place: T | undefined): T {
  if (place === undefined) throw fault("place.unknown", { given: "city", near: "" }, { parameter: "--among" });
  return place;
}

function oneOf<const T extends string>(option: string, given: string, known: readonly T[]): T {
  const found = known.find((one) => one === given);
  if (found === undefined) throw fault("option.value", { option, given, expected: known.join(" | ") });
  return found;
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw fault("option.value", { option: "worst", given: text, expected: "1 以上的整数" });
  return Number(text);
}

function tableLines(
  ranking: Ranking,
  indicatorZh: string,
  changes: readonly RankChanges[],
  beside: PublishedBeside | undefined,
): readonly string[] {
  const { question, rows, missing, n, unit, decimals } = ranking;
  const order = question.order === "worst" ? "倒序，第 1 名最差" : "正序，第 1 名最好";
  const title = `${question.among.name} ${periodZh(question.period)} ${indicatorZh}排名（${order}；参加排名 ${n} 个）`;
  const table = new Table({
    head: [
      "名次",
      "地点",
      `${indicatorZh}${unit === "" ? "" : `（${unit}）`}`,
      question.period.kind === "day" ? "有效小时" : "有效天数",
      ...changes.flatMap(({ kind }) => [CHANGE_ZH[kind], "名次变化", "变化名次"]),
      ...(beside === undefined ? [] : ["公布名次"]),
      "说明",
    ],
    style: { head: [], border: [] },
    colAligns: ["right", "left", "right", "right"],
  });
  const official = new Map((beside?.rows ?? []).map((row) => [row.place.id, row]));
  for (const row of rows) {
    const behind = row.item.behind === undefined ? "" : behindZh(row.item.behind);
    const aid = row.item.count === undefined ? "" : (exceedanceZh(row.item.count.counts) ?? "");
    const note = [row.tied ? "并列" : "", row.straddles ? "跨线" : "", behind, aid]
      .filter((one) => one !== "")
      .join(" ");
    const own = official.get(row.item.place.id);
    table.push([
      row.rank,
      row.item.place.name,
      decimalText(row.rounded, decimals),
      row.item.n,
      ...changes.flatMap((one) => changeCells(one.byPlace.get(row.item.place.id))),
      ...(beside === undefined ? [] : [own?.listed === true ? String(own.published ?? "—") : "—"]),
      [note, own?.reason ?? ""].filter((one) => one !== "").join("；"),
    ]);
  }
  const apart = missing.slice(0, 20).map((one) => `  ${one.place.name}：${one.valid === true ? "" : one.valid.zh}`);
  return [
    title,
    ...(ranking.note === undefined ? [] : [ranking.note]),
    ...(beside === undefined ? [] : [`公布：${beside.list.issuer}《${beside.list.list}》，以公布名次为准，本表为推算`]),
    ...(rows.length === 0 ? [] : table.toString().split("\n")),
    ...(missing.length === 0 ? [] : [`未参加排名 ${missing.length} 个：`, ...apart]),
    ...(missing.length > 20 ? [`  其余 ${missing.length - 20} 个见 --json`] : []),
  ];
}

function changeCells(change: RankChange | undefined): readonly string[] {
  const moved = change?.rankMoved;
  return [
    change?.percent === undefined ? "—" : `${decimalText(change.percent, CHANGE_DECIMALS)}%`,
    moved === undefined ? "—" : moved > 0 ? `+${moved}` : String(moved),
    change?.rankOfChange === undefined ? "—" : String(change.rankOfChange),
  ];
}

function csvLines(ranking: Ranking): readonly string[] {
  const { decimals } = ranking;
  return [
    "rank,fromWorst,fromBest,place,code,value,rounded,tied,validDays,straddles,reason",
    ...ranking.rows.map((row) =>
      [
        row.rank,
        row.fromWorst,
        row.fromBest,
        row.item.place.name,
        row.item.place.code,
        decimalText(row.value, 6),
        decimalText(row.rounded, decimals),
        row.tied,
        row.item.n,
        row.straddles,
        "",
      ]
        .map(csvCell)
        .join(","),
    ),
    ...ranking.missing.map((one) =>
      [
        "",
        "",
        "",
        one.place.name,
        one.place.code,
        one.value === undefined ? "" : decimalText(one.value, 6),
        "",
        "",
        one.n,
        "",
        one.valid === true ? "" : one.valid.zh,
      ]
        .map(csvCell)
        .join(","),
    ),
  ];
}
