/** `duibiao brief township`: one briefing for each township of a district, or for one, with a manifest. */
import { BRIEFING_FORMATS } from "../../reports/briefings/formats.ts";
import { fault } from "../domain/faults.ts";
import { parsePeriod } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { formatOf } from "./briefing-format.ts";
import { command } from "./command.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { lastDayOver } from "./question.ts";

export const briefTownship = command({
  name: "brief township",
  zh: "街乡简报（PDF、网页、Word、Excel）：名次与进退、差距、前后街乡、逐日浓度、投诉、任务；默认全区每个街乡各一份",
  words: [],
  options: {
    period: { type: "string", value: "T", zh: "时段：月、半月（TSP）、季、半年或年", required: true },
    place: { type: "string", value: "P", zh: "区或一个街乡（默认为计划所属的区）" },
    plan: { type: "string", value: "YYYY", zh: "对照哪一年的计划（默认时段所在年，没有则最近一年）" },
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
    "duibiao brief township --period 2026-10",
    "duibiao brief township --period 2026-10 --place 建外街道 --out 简报/",
  ],
  async run(_words, options, effects) {
    const { makeTownshipBriefings } = await import("./briefing-townships.ts");
    const period = parsePeriod(options.period);
    const store = await effects.openStore();
    const { places } = await store.places();
    const finder = placeFinder(await store.places());
    const [plan] = await plansOfYear(await planYearOf(options.plan, effects.now(), store.dir), store.dir);
    const asked = requirePlace(finder, options.place ?? plan?.place ?? "");
    const township = asked.kind === "township" || asked.kind === "zone" ? asked : undefined;
    const district = township === undefined ? asked : districtOf(places, township);
    const made = await makeTownshipBriefings(store, {
      place: district,
      period,
      today: lastDayOver(effects.now()),
      now: effects.now(),
      out: options.out ?? "briefings",
      planYear: options.plan,
      template: options.template,
      preliminary: options.preliminary,
      format: formatOf(options.format),
      only: township?.code,
      progress: effects.progress,
    });
    if (options.json) effects.out(JSON.stringify(made));
    else {
      effects.out(`已写入 ${made.folder}：${made.files.length} 份，清单 manifest.json`);
      const [only] = made.files;
      if (made.files.length === 1) for (const sentence of only?.summary ?? []) effects.out(`  ${sentence}`);
    }
    return 0;
  },
});

function districtOf(places: readonly Place[], township: Place): Place {
  const found = places.find((one) => one.id === township.parentId);
  if (found === undefined) throw fault("place.unknown", { given: township.name }, { parameter: "--place" });
  return found;
}
