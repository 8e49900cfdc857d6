/** `duibiao brief district`: the district's briefing of a period, as a PDF that can be signed. */

import { BRIEFING_FORMATS } from "../../reports/briefings/formats.ts";
import { parsePeriod } from "../domain/period.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { formatOf } from "./briefing-format.ts";
import { command } from "./command.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { lastDayOver } from "./question.ts";

export const briefDistrict = command({
  name: "brief district",
  zh: "区级简报（PDF、网页、Word、Excel）：摘要、达标状态、日历、累计、排名、缺测、方法",
  words: [],
  options: {
    period: { type: "string", value: "T", zh: "时段：月、季、半年或年", required: true },
    place: { type: "string", value: "P", zh: "区（默认为计划所属的区）" },
    plan: { type: "string", value: "YYYY", zh: "对照哪一年的计划（默认时段所在年，没有则最近一年并注明试算）" },
    format: { type: "string", value: "F", zh: `格式：${BRIEFING_FORMATS.join("、")}（默认 pdf）` },
    out: { type: "string", value: "DIR", zh: "输出文件夹（默认 ./briefings）" },
    template: {
      type: "string",
      value: "FILE",
      zh: "模板：单位名、报头、联系人、各部分取舍和次序（默认库文件夹里的 briefing.yaml）",
    },
    preliminary: { type: "boolean", zh: "标为初步：标题和首段注明数据到齐的情况" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: [
    "duibiao brief district --period 2015-03",
    "duibiao brief district --period 2015 --place 朝阳区 --out 简报/",
  ],
  async run(_words, options, effects) {
    const { makeDistrictBriefing } = await import("./briefing-district.ts");
    const period = parsePeriod(options.period);
    const store = await effects.openStore();
    const finder = placeFinder(await store.places());
    const [plan] = await plansOfYear(await planYearOf(options.plan, effects.now(), store.dir), store.dir);
    const place = requirePlace(finder, options.place ?? plan?.place ?? "");
    const made = await makeDistrictBriefing(store, {
      place,
      period,
      today: lastDayOver(effects.now()),
      now: effects.now(),
      out: options.out ?? "briefings",
      planYear: options.plan,
      template: options.template,
      preliminary: options.preliminary,
      format: formatOf(options.format),
    });
    if (options.json) effects.out(JSON.stringify(made));
    else {
      effects.out(`已写入 ${made.file}`);
      for (const sentence of made.summary) effects.out(`  ${sentence}`);
    }
    return 0;
  },
});
