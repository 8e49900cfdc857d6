/**
 * Format `weather`: hourly wind, rain, temperature, pressure and humidity, one station and hour a row.
 *
 * The label is the end of the hour, Beijing time, as Chinese weather stations write it. The place is a column, else
 * `--place`. Units are those of the heads, else m/s, mm, ℃, hPa, %.
 */
import { indicatorOf } from "../src/domain/indicator.ts";
import { readColumnTable, type ValueColumn } from "./column-table.ts";
import type { Format } from "./format.ts";
import { findHead, unitIn } from "./heads.ts";
import { namedPlace } from "./place-column.ts";
import { isTableName, tableOfText } from "./table.ts";

const ITEMS: readonly (readonly [RegExp, string])[] = [
  [/^(平均)?风速|^wind(speed)?$/i, "wind"],
  [/^(小时)?(降水量|降雨量|雨量|降水)|^rain$/i, "rain"],
  [/^(气温|温度)|^temp(erature)?$/i, "temp"],
  [/^(气压|大气压|本站气压)|^pressure$/i, "pressure"],
  [/^(相对)?湿度|^humidity$/i, "humidity"],
];
const TIME_HEAD = /^(时间|日期时间|观测时间|监测时间|time|datetime)$/i;
const PLACE_HEAD = /^(站点|站名|站点名称|区站号|地点|station|place)$/i;
const UNITS: Readonly<Record<string, RegExp>> = {
  wind: /^m\/s$|^米\/秒$/i,
  rain: /^mm$|^毫米$/i,
  temp: /^℃$|^°C$|^C$/i,
  pressure: /^hPa$|^百帕$/i,
  humidity: /^%$|^％$/,
};

export const weather: Format = {
  name: "weather",
  zh: "气象小时观测（Excel、CSV）",
  unit: "cell",
  describe: "时间为小时结束，北京时间；风速 m/s、降水 mm、气温 ℃、气压 hPa、湿度 %；地点取列，否则用 --place 指定",
  grade: "provisional",
  placeKinds: ["station", "district", "city", "township"],
  missingMarks: ["-", "--", "—", "/", "NA", "NULL", "999999", "999998", "9999", "32766"],
  takesTables: true,
  live: true,
  takesName: isTableName,
  recognises: (_, head) => findHead(tableOfText(head), isHead) !== undefined,
  read(file, sink, context) {
    const head = findHead(file.table ?? tableOfText(file.text), isHead);
    if (head === undefined) return "file.no-header";
    const { heads, body } = head;
    const placeAt = heads.findIndex((one) => PLACE_HEAD.test(one));
    const columns = heads.flatMap((name, at): readonly ValueColumn[] => {
      const code = ITEMS.find(([word]) => word.test(name))?.[1];
      if (code === undefined) return [];
      const indicator = indicatorOf(code);
      const unit = unitIn(name) ?? /\(([^()]+)\)$/.exec(name)?.[1];
      const fits = unit === undefined || (UNITS[code]?.test(unit) ?? false);
      return [
        {
          at,
          name,
          indicator,
          ...(fits ? {} : { problem: "unit.unknown" as const, detail: `${unit}，应为 ${indicator.unit}` }),
        },
      ];
    });
    readColumnTable(
      {
        heads,
        body,
        columns,
        placeAt,
        timeAt: heads.findIndex((one) => TIME_HEAD.test(one)),
        title: undefined,
        year: undefined,
        timeKind: "hourEnd",
        zone: "Asia/Shanghai",
        missingMarks: weather.missingMarks,
        placeOf: ({ cells }) =>
          namedPlace(
            placeAt < 0 ? (context.options["place"] ?? "") : (cells[placeAt] ?? "").trim(),
            context.places,
            weather.placeKinds,
          ),
      },
      sink,
    );
    return undefined;
  },
};

function isHead(heads: readonly string[]): boolean {
  return (
    heads.some((head) => TIME_HEAD.test(head)) &&
    heads.filter((head) => ITEMS.some(([word]) => word.test(head))).length >= 2
  );
}
