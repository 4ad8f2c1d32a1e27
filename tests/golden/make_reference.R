# Independent figures for tests/golden/test_against_r.py: R survey and laeken on sample.csv (made-up data).
# Run once where R is:  Rscript tests/golden/make_reference.R   (Debian: r-cran-survey, r-cran-laeken)
suppressMessages({library(survey); library(laeken)})
options(survey.lonely.psu = "fail", digits = 17)
d <- read.csv("tests/golden/sample.csv")
d$others <- 1 - d$poor
designs <- list(
  clustered = svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, fpc = ~units, data = d, nest = TRUE),
  replaced  = svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = d, nest = TRUE),
  simple    = svydesign(ids = ~1, weights = ~weight, data = d))
out <- data.frame()
put <- function(design, measure, e) out <<- rbind(out, data.frame(design, measure, value = as.numeric(coef(e)), se = as.numeric(SE(e))))
for (n in names(designs)) {
  s <- designs[[n]]
  ratio <- function(u, v) { s2 <- update(s, u_ = u, v_ = v); svyratio(~u_, ~v_, s2) }
  put(n, "exclusion_error", ratio(d$poor * (1 - d$received), d$poor))
  put(n, "inclusion_error", ratio((1 - d$poor) * d$received, d$received))
  put(n, "nonpoor_receipt", ratio((1 - d$poor) * d$received, 1 - d$poor))
  put(n, "total_error", ratio(d$poor * (1 - d$received) + (1 - d$poor) * d$received, rep(1, nrow(d))))
  put(n, "coverage", svymean(~received, s))
  put(n, "coverage_group_b", ratio(d$received * (d$group == "b"), 1 * (d$group == "b")))
  put(n, "beneficiary_incidence_b", ratio(d$received * (d$group == "b"), d$received))
  put(n, "benefit_incidence_b", ratio(d$benefit * (d$group == "b"), d$benefit))
  put(n, "adequacy", ratio(d$benefit, (d$benefit > 0) * (d$welfare + d$benefit)))
  line <- 1000
  for (a in 0:2) put(n, paste0("fgt", a), svymean(~g_, update(s, g_ = (d$welfare <= line) * pmax((line - d$welfare) / line, 0)^a)))
  fall <- (d$welfare <= line) * pmax((line - d$welfare) / line, 0) - (d$welfare + d$benefit <= line) * pmax((line - d$welfare - d$benefit) / line, 0)
  put(n, "poverty_impact1", svymean(~f_, update(s, f_ = fall)))
  closed <- pmax(line - d$welfare, 0) - pmax(line - d$welfare - d$benefit, 0)
  put(n, "benefit_cost_ratio", ratio(closed, d$benefit))
}
out <- rbind(out, data.frame(design = "weights", measure = "gini_laeken", value = gini(d$welfare, weights = d$weight)$value / 100, se = NA))
write.csv(format(out, digits = 17, trim = TRUE), "tests/golden/reference.csv", row.names = FALSE, quote = FALSE)
