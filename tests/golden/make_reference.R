# Independent figures for tests/golden/test_against_r.py: R survey and laeken on made-up data: sample.csv, and
# sample_with_holes.csv (names for strata, missing values, zero weights, ties, negative welfare, a stratum taken whole).
# Run once where R is:  Rscript tests/golden/make_reference.R   (Debian: r-cran-survey, r-cran-laeken)
suppressMessages({library(survey); library(laeken)})
options(survey.lonely.psu = "fail", digits = 17)
line <- 1000
out <- data.frame()
put <- function(data, design, measure, e) out <<- rbind(out, data.frame(data, design, measure, value = as.numeric(coef(e)), se = as.numeric(SE(e))))

# 2 Cov(benefit, rank) / mean, ties at the middle of theirs: for the jackknife alone
coefficient <- function(w, b, y) {
  held <- !is.na(b) & !is.na(y); w <- w[held]; b <- b[held]; y <- y[held]
  o <- order(y); w <- w[o]; b <- b[o]; y <- y[o]
  rank <- (ave(cumsum(w), y, FUN = max) - ave(w, y, FUN = sum) / 2) / sum(w)
  2 * sum(w * b * rank) / sum(w * b) - 1
}

measure <- function(data, n, s) {
  d <- s$variables
  ratio <- function(u, v) {  # rows that are not known leave the sums, not the design
    known <- !is.na(u) & !is.na(v)
    svyratio(~u_, ~v_, update(s, u_ = ifelse(known, u, 0), v_ = ifelse(known, v, 0)))
  }
  told <- ifelse(is.na(d$received) | is.na(d$poor), NA, 1)
  inside <- ifelse(!is.na(d$group) & d$group == "b", 1, 0)
  keep <- function(m, e) put(data, n, m, e)
  keep("exclusion_error", ratio(d$poor * (1 - d$received), told * d$poor))
  keep("inclusion_error", ratio((1 - d$poor) * d$received, told * d$received))
  keep("nonpoor_receipt", ratio((1 - d$poor) * d$received, told * (1 - d$poor)))
  keep("total_error", ratio(d$poor * (1 - d$received) + (1 - d$poor) * d$received, told))
  z <- function(x) ifelse(is.na(x), 0, x)
  sums <- svytotal(~a_ + b_ + c_ + d_, update(s, a_ = z(d$poor * d$received), b_ = z(told * d$poor), c_ = z((1 - d$poor) * d$received), d_ = z(told * (1 - d$poor))))
  keep("targeting_differential", svycontrast(sums, quote(a_ / b_ - c_ / d_)))
  keep("coverage", svymean(~received, s, na.rm = TRUE))
  keep("coverage_group_b", svymean(~received, subset(s, group == "b"), na.rm = TRUE))
  keep("beneficiary_incidence_b", ratio(d$received * inside, d$received))
  keep("benefit_incidence_b", ratio(d$benefit * inside, d$benefit))
  keep("adequacy", ratio(d$benefit, (d$benefit > 0) * (d$welfare + d$benefit)))
  gap <- function(y, a) (y <= line) * pmax((line - y) / line, 0)^a
  for (a in 0:2) keep(paste0("fgt", a), svymean(~g_, update(s, g_ = gap(d$welfare, a)), na.rm = TRUE))
  for (a in 0:1) keep(paste0("poverty_impact", a), svymean(~f_, update(s, f_ = gap(d$welfare, a) - gap(d$welfare + d$benefit, a)), na.rm = TRUE))
  closed <- pmax(line - d$welfare, 0) - pmax(line - d$welfare - d$benefit, 0)
  keep("benefit_cost_ratio", ratio(closed, d$benefit))
  if (!n %in% c("whole_stratum")) {  # R's JKn knows no stratum with one unit
    left_out <- as.svrepdesign(s, type = if (n == "simple") "JK1" else "JKn")
    keep("gini", withReplicates(left_out, function(w, data) coefficient(w, data$welfare, data$welfare)))
    keep("concentration", withReplicates(left_out, function(w, data) coefficient(w, ifelse(is.na(data$welfare), NA, data$benefit), data$welfare)))
  }
  w <- weights(s); known <- !is.na(d$welfare)
  out <<- rbind(out, data.frame(data, design = n, measure = "gini_laeken", value = gini(d$welfare[known], weights = w[known])$value / 100, se = NA))
}

d <- read.csv("tests/golden/sample.csv")
measure("sample", "clustered", svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, fpc = ~units, data = d, nest = TRUE))
measure("sample", "replaced", svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = d, nest = TRUE))
measure("sample", "simple", svydesign(ids = ~1, weights = ~weight, data = d))

h <- read.csv("tests/golden/sample_with_holes.csv", na.strings = "")
measure("sample_with_holes", "whole_stratum", svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, fpc = ~units, data = h, nest = TRUE))
h$fraction <- 1 / h$units * as.numeric(ave(h$cluster, h$stratum, FUN = function(x) length(unique(x))))
most <- h[h$stratum != "pulau", ]
measure("sample_with_holes", "rates", svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, fpc = ~fraction, data = most, nest = TRUE))
measure("sample_with_holes", "simple", svydesign(ids = ~1, weights = ~weight, data = h))
write.csv(format(out, digits = 17, trim = TRUE), "tests/golden/reference.csv", row.names = FALSE, quote = FALSE)
