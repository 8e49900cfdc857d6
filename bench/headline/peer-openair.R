# The headline job in R with openair: hours -> daily values (20 hours or more), MDA8, annual means and percentiles.
suppressPackageStartupMessages({
  library(openair)
  library(dplyr)
})
percentiles <- c(pm25 = 95, pm10 = 95, so2 = 98, no2 = 98, co = 95)
began <- proc.time()[["elapsed"]]
hours <- readr::read_csv(commandArgs(trailingOnly = TRUE)[1], show_col_types = FALSE, progress = FALSE)
hours$hour_of_day <- hours$hour
hours$date <- as.POSIXct(as.character(hours$date), tz = "UTC") + hours$hour * 3600
hours$hour <- NULL
loaded <- proc.time()[["elapsed"]]

quiet <- function(x) suppressWarnings(suppressMessages(x))
days <- quiet(timeAverage(hours[c("site", "date", names(percentiles))],
  avg.time = "day", data.thresh = 83, type = "site", progress = FALSE))
rolled <- bind_rows(lapply(split(hours[c("site", "date", "o3", "hour_of_day")], hours$site), function(one)
  quiet(rollingMean(one, pollutant = "o3", width = 8, new.name = "o3_8h", data.thresh = 75, align = "right"))))
inside <- rolled[rolled$hour_of_day >= 7, c("site", "date", "o3_8h")]
top <- quiet(timeAverage(inside, avg.time = "day", statistic = "max", type = "site", progress = FALSE))
seen <- quiet(timeAverage(inside, avg.time = "day", statistic = "frequency", type = "site", progress = FALSE))
top$o3_8h[!is.finite(top$o3_8h)] <- NA
count <- seen$o3_8h[match(paste(top$site, top$date), paste(seen$site, seen$date))]
count[is.na(count)] <- 0
top$o3_8h[!(count >= 14 | (!is.na(top$o3_8h) & top$o3_8h > 160))] <- NA

checks <- list()
yearly <- quiet(timeAverage(days, avg.time = "year", type = "site", progress = FALSE))
for (item in names(percentiles)) {
  at <- quiet(timeAverage(days[c("site", "date", item)], avg.time = "year", statistic = "percentile",
    percentile = percentiles[[item]], type = "site", progress = FALSE))
  checks[[item]] <- c(sum(!is.na(days[[item]])), sum(days[[item]], na.rm = TRUE), sum(yearly[[item]]), sum(at[[item]]))
}
mean8 <- quiet(timeAverage(top, avg.time = "year", type = "site", progress = FALSE))
at8 <- quiet(timeAverage(top, avg.time = "year", statistic = "percentile", percentile = 90, type = "site", progress = FALSE))
checks$o3 <- c(sum(!is.na(top$o3_8h)), sum(top$o3_8h, na.rm = TRUE), sum(mean8$o3_8h), sum(at8$o3_8h))
done <- proc.time()[["elapsed"]]
peak <- as.numeric(sub("\\D*(\\d+).*", "\\1", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) / 1024
numbers <- paste(sapply(names(checks), function(name)
  sprintf('"%s":[%s]', name, paste(sprintf("%.12g", checks[[name]]), collapse = ","))), collapse = ",")
cat(sprintf('{"version":"openair %s, R %s","loadMs":%f,"jobMs":%f,"memoryMb":%f,"checks":{%s}}\n',
  packageVersion("openair"), getRversion(), (loaded - began) * 1000, (done - loaded) * 1000, peak, numbers))
