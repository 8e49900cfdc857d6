"""The headline job in pandas: hours -> daily values (20 hours or more), MDA8, annual means and percentiles."""
import json
import resource
import sys
import time

import pandas as pd

PERCENTILES = {"pm25": 0.95, "pm10": 0.95, "so2": 0.98, "no2": 0.98, "co": 0.95}
began = time.perf_counter()
hours = pd.read_csv(sys.argv[1])
loaded = time.perf_counter()

items = list(PERCENTILES)
days = hours.groupby(["site", "date"], sort=True)[items].agg(["mean", "count"])
hours["o3_8h"] = hours.sort_values(["site", "date", "hour"]).groupby("site")["o3"].transform(
    lambda one: one.rolling(8, min_periods=6).mean()
)
inside = hours[hours["hour"] >= 7].groupby(["site", "date"])["o3_8h"].agg(["max", "count"])
mda8 = inside["max"].where((inside["count"] >= 14) | (inside["max"] > 160))
checks = {}
for item in items:
    valid = days[item]["mean"].where(days[item]["count"] >= 20)
    year = valid.groupby([valid.index.get_level_values("site"), valid.index.get_level_values("date").str[:4]])
    checks[item] = [int(valid.count()), float(valid.sum()), float(year.mean().sum()), float(year.quantile(PERCENTILES[item]).sum())]
year = mda8.groupby([mda8.index.get_level_values("site"), mda8.index.get_level_values("date").str[:4]])
checks["o3"] = [int(mda8.count()), float(mda8.sum()), float(year.mean().sum()), float(year.quantile(0.9).sum())]
done = time.perf_counter()
print(json.dumps({
    "version": "pandas " + pd.__version__,
    "loadMs": (loaded - began) * 1000,
    "jobMs": (done - loaded) * 1000,
    "memoryMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "checks": checks,
}))
