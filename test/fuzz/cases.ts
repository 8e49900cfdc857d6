/** A small world for each format: a head, and rows whose readings are known. */
export type Known = {
  readonly place: string;
  readonly indicator: number;
  readonly start: number;
  readonly value: string;
};

export type FuzzCase = {
  readonly format: string;
  readonly file: string;
  readonly delimiter: string;
  readonly head: readonly string[];
  /** Row `i`; rows that are to be mutated get a place and a year of their own. */
  readonly row: (i: number, victim: boolean) => { readonly line: string; readonly known: readonly Known[] };
  readonly options?: Readonly<Record<string, string>>;
  /** What stands below the rows. */
  readonly tail?: readonly string[];
  /** One bad row makes the whole file unreadable, so nothing is known of its neighbours. */
  readonly whole?: boolean;
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SHANGHAI = 8 * HOUR;
const two = (n: number): string => String(n).padStart(2, "0");

/** Hour `i` from the first of a year, as a UTC instant and as Beijing figures. */
function hour(i: number, victim: boolean) {
  const start = Date.UTC(victim ? 2003 : 2016, 0, 1) + i * HOUR;
  const at = new Date(start);
  const date = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  return { start: start - SHANGHAI, date, hour: at.getUTCHours() };
}

function day(i: number, victim: boolean) {
  const start = Date.UTC(victim ? 1995 : 2005, 0, 1) + i * DAY;
  return { start: start - SHANGHAI, date: new Date(start).toISOString().slice(0, 10) };
}

/** Values with one decimal, never flat, never out of range. */
const value = (i: number, salt = 0): string => `${10 + ((i * 7 + salt) % 89)}.${(i * 3 + salt) % 9}`;
const station = (victim: boolean): string => (victim ? "天坛" : "东四");
const known = (place: string, indicator: number, start: number, text: string): Known => ({
  place,
  indicator,
  start,
  value: text,
});

export const FUZZ_CASES: readonly FuzzCase[] = [
  {
    format: "quotsoft",
    file: "beijing_all_20160101.csv",
    delimiter: ",",
    head: ["date,hour,type,东四,农展馆"],
    row: (i, victim) => {
      const { start, date, hour: h } = hour(i, victim);
      const line = `${date.replaceAll("-", "")},${h},PM2.5,${value(i)},${value(i, 5)}`;
      return { line, known: [known("东四", 1, start - HOUR, value(i)), known("农展馆", 1, start - HOUR, value(i, 5))] };
    },
  },
  {
    format: "prsa",
    file: "prsa_data.csv",
    delimiter: ",",
    head: ['"No","year","month","day","hour","PM2.5","PM10","SO2","NO2","CO","O3","station"'],
    row: (i, victim) => {
      const { start, date, hour: h } = hour(i, victim);
      const [y, m, d] = date.split("-").map(Number);
      return {
        line: `${i},${y},${m},${d},${h},${value(i)},NA,NA,NA,300,NA,${victim ? "Tiantan" : "Dongsi"}`,
        known: [known("东四", 1, start - HOUR, value(i)), known("东四", 5, start - HOUR, "0.3")],
      };
    },
  },
  {
    format: "township",
    file: "t.csv",
    delimiter: ",",
    head: ["place,period,indicator,value,unit"],
    row: (i, victim) => {
      const { start, date } = day(i, victim);
      return {
        line: `${victim ? "三里屯街道" : "将台乡"},${date},tsp,${value(i)},µg/m³`,
        known: [known("将台地区", 7, start, value(i))],
      };
    },
  },
  {
    format: "township",
    file: "报送.csv",
    delimiter: ";",
    head: ["街道（乡镇）空气质量情况", "日期;街道（乡镇）;PM2.5(μg/m³);TSP(μg/m³)"],
    row: (i, victim) => {
      const { start, date } = day(i, victim);
      return {
        line: `${date.replaceAll("-", "/")};${victim ? "三里屯街道" : "将台乡"};${value(i)};${value(i, 4)}`,
        known: [known("将台地区", 1, start, value(i)), known("将台地区", 7, start, value(i, 4))],
      };
    },
  },
  {
    format: "openaq",
    file: "o.csv",
    delimiter: ",",
    head: ["location_id,location_name,parameter,value,unit,datetimeUtc,timezone,latitude,longitude"],
    row: (i, victim) => {
      const { start } = hour(i, victim);
      return {
        line: `${victim ? 8 : 7},Here,pm25,${value(i)},µg/m³,${new Date(start).toISOString().replace(".000", "")},UTC,1,2`,
        known: [known("openaq-7", 1, start - HOUR, value(i))],
      };
    },
  },
  {
    format: "openair",
    file: "m.csv",
    delimiter: ",",
    head: ["date,ws,pm10,pm25"],
    row: (i, victim) => {
      const { start, date, hour: h } = hour(i, victim);
      return {
        line: `${date} ${two(h)}:00:00,1.5,${value(i)},${value(i, 3)}`,
        known: [
          known("openair-m", 2, start + SHANGHAI, value(i)),
          known("openair-m", 1, start + SHANGHAI, value(i, 3)),
        ],
      };
    },
  },
  {
    format: "noise-hourly",
    file: "n.tsv",
    delimiter: "\t",
    head: ["\tdatetime\tlaeq_P1"],
    row: (i, victim) => {
      const { start, date, hour: h } = hour(i, victim);
      return { line: `${i}\t${date} ${two(h)}:00:00\t${value(i)}`, known: [known("P1", 60, start, value(i))] };
    },
  },
  {
    format: "water-manual",
    file: "w.csv",
    delimiter: ",",
    head: ["断面名称,监测时间,氨氮(mg/L),总磷(mg/L)"],
    row: (i, victim) => {
      const month = `${victim ? 1995 : 2005 + (Math.floor(i / 12) % 15)}年${(i % 12) + 1}月`;
      const start = Date.UTC(2005 + (Math.floor(i / 12) % 15), i % 12, 1) - SHANGHAI;
      const name = `断面${victim ? "乙" : "甲"}${Math.floor(i / 180)}`;
      return {
        line: `${name},${month},${value(i)},0.${100 + (i % 800)}L`,
        known: [known(`section-${name}`, 26, start, value(i))],
      };
    },
  },
  {
    format: "noise-points",
    file: "np.csv",
    delimiter: ",",
    head: ["测点名称,功能区类别,监测时间,Leq"],
    row: (i, victim) => {
      const { start, date, hour: h } = hour(i, victim);
      return {
        line: `${victim ? "测点乙" : "测点甲"},2类,${date} ${h}:00,${value(i)}`,
        known: [known("noise-测点甲", 60, start, value(i))],
      };
    },
  },
  {
    format: "weather",
    file: "q.csv",
    delimiter: ",",
    head: ["时间,站点,风速(m/s),降水量(mm)"],
    row: (i, victim) => {
      const { start, date, hour: h } = hour(i, victim);
      return {
        line: `${date} ${h}:00,${station(victim)},${i % 30}.5,0`,
        known: [known("东四", 82, start - HOUR, `${i % 30}.5`)],
      };
    },
  },
  {
    format: "generic",
    file: "g.csv",
    delimiter: ",",
    head: ["设备导出", "s,t,v"],
    options: { map: "place: s\ntime: t\nkind: station\nspan: hourStart\nvalues:\n  v:\n    indicator: o3\n" },
    row: (i, victim) => {
      const { start, date, hour: h } = hour(i, victim);
      return { line: `${station(victim)},${date} ${h}:00,${value(i)}`, known: [known("东四", 6, start, value(i))] };
    },
  },
  {
    format: "dust-periods",
    file: "d.csv",
    delimiter: ",",
    head: ["沙尘影响时段", "开始时间,结束时间,地区,类型"],
    row: (i, victim) => {
      const { date } = day(i, victim);
      return { line: `${date} 01:00,${date} 07:00,北京市,扬沙`, known: [] };
    },
  },
  {
    format: "complaints",
    file: "c.csv",
    delimiter: ",",
    head: ["工单编号,问题分类,来电人,被反映区,被反映街乡镇,来电时间,是否解决"],
    row: (i, victim) => {
      const { date } = day(i % 400, victim);
      return { line: `A${i},噪声->施工,某某,朝阳区,${victim ? "三里屯街道" : "将台乡"},${date} 08:00,是`, known: [] };
    },
  },
  {
    format: "notice",
    file: "notice.txt",
    delimiter: " | ",
    head: ["2024年3月全市街道(乡镇)TSP浓度排名", "排序(倒序) | 所属区 | 街道(乡镇)"],
    row: (i, victim) => ({ line: `${i + 1} | 朝阳区 | ${victim ? "三里屯街道" : "将台乡"}`, known: [] }),
  },
  {
    format: "openaq-v3",
    file: "hours.json",
    delimiter: ",",
    head: ['{"meta":{},"results":[{}'],
    tail: ["]}"],
    whole: true,
    options: { place: "东四" },
    row: (i, victim) => {
      const { start } = hour(i, victim);
      const utc = (ms: number): string => new Date(ms).toISOString().replace(".000", "");
      const at = (name: string, ms: number): string => `"${name}":{"utc":"${utc(ms)}","local":"x"}`;
      const period = `{"label":"1hour",${at("datetimeFrom", start)},${at("datetimeTo", start + HOUR)}}`;
      return {
        line: `,{"value":${value(i)},"parameter":{"id":2,"name":"pm25","units":"µg/m³"},"period":${period}}`,
        known: [known("东四", 1, start, value(i))],
      };
    },
  },
  {
    format: "cnemc-water",
    file: "water_2020-05-08.csv",
    delimiter: ",",
    head: ["省份,流域,断面名称,监测时间,水质类别,溶解氧(mg/L),氨氮(mg/L),站点情况"],
    row: (i, victim) => {
      const name = `断面${victim ? "乙" : "甲"}${i}`;
      const start = Date.UTC(2020, 4, 8, i % 12) - SHANGHAI;
      return {
        line: `浙江省,太湖流域,${name},05-08 ${two(i % 12)}:00,Ⅱ,${i % 50}.5,0.${100 + (i % 800)},正常`,
        known: [known(`浙江省/${name}`, 22, start, `${i % 50}.5`)],
      };
    },
  },
  {
    format: "line-protocol",
    file: "a.lp",
    delimiter: " ",
    head: ["air,place=bj-dongsi pm10=50 1262304000000"],
    row: (i, victim) => {
      const { start } = hour(i, victim);
      return {
        line: `air,place=${victim ? "bj-tiantan" : "bj-dongsi"} pm25=${value(i)},o3=${value(i, 2)} ${start}`,
        known: [known("bj-dongsi", 1, start, value(i)), known("bj-dongsi", 6, start, value(i, 2))],
      };
    },
  },
];
