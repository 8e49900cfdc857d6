/** The rest of the year in words, for targets that are no mean or count of days against a printed number. */
import type { Target } from "../domain/plan.ts";
import { waterItemZh } from "../standards/gb3838.ts";
import { decimalText } from "../standards/gbt8170.ts";
import type { RestOutlook } from "./rest-outlook.ts";
import type { SectionNeed } from "./section-rest.ts";

const REACH_ZH = { safe: "已稳达", open: "可达", out_of_reach: "已无法达到" } as const;

/** In words, one line a fact. */
export function restWords(rest: RestOutlook, { unit, indicator }: Target): readonly string[] {
  const { what, remainingDays, reach, budgetLeft, needed, moreNeeded, sections = [] } = rest;
  const decimals = indicator === "road_dust_load" ? 2 : 1;
  const say = (text: string): string => `${text}（${REACH_ZH[reach]}）`;
  switch (what) {
    case "total": {
      const daily = needed === undefined || needed.num < 0n ? "" : `，平均每天不超过 ${decimalText(needed, 1)} ${unit}`;
      return [
        say(
          `${rest.againstZh}，目前 ${decimalText(rest.soFar, 0)}；余 ${remainingDays} 天还可有 ${budgetLeft} ${unit}${daily}`,
        ),
      ];
    }
    case "days":
      return [
        say(
          `${rest.againstZh}，目前 ${decimalText(rest.soFar, 0)}；余 ${remainingDays} 天还须优良 ${moreNeeded} 天，${(budgetLeft ?? 0) < 0 ? `差 ${-(budgetLeft ?? 0)} 天` : `还可有 ${budgetLeft} 天非优良`}`,
        ),
      ];
    case "share":
      return [
        say(
          `${rest.againstZh}，目前 ${decimalText(rest.soFar, 1)}%${needed === undefined ? "" : `；余 ${remainingDays} 天的点日须有 ${decimalText(needed, 1)}% 以上达标`}`,
        ),
      ];
    case "mean":
      return [
        say(
          `${rest.againstZh}，目前 ${decimalText(rest.soFar, decimals)}${needed === undefined ? "" : `；余 ${remainingDays} 天平均须 < ${decimalText(needed, decimals)} ${unit}`}`,
        ),
      ];
    case "sections": {
      const head = say(`${rest.againstZh}，目前 ${decimalText(rest.soFar, 1)}%；还可有 ${budgetLeft} 个断面不达标`);
      return [head, ...sections.map(sectionWords)];
    }
  }
}

const CONCENTRATION_DECIMALS = 3;

function sectionWords({ place, item, soFar, needed, possible }: SectionNeed): string {
  const figure = (value: typeof soFar): string => decimalText(value, CONCENTRATION_DECIMALS);
  const bound = item === "do" ? "不低于" : "不高于";
  const rest = needed === undefined ? "" : `，余下各月平均须${bound} ${figure(needed)}${possible ? "" : "（不可能）"}`;
  return `${place}：${waterItemZh(item)}目前 ${figure(soFar)}${rest}`;
}
