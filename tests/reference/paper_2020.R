# R's answers about the effects that the paper of 2020 prints: writes paper_2020.json.
library(effectsize)  # F_to_eta2
library(jsonlite)

effects <- c(scs = .119, eq = .109, pqcf = .104, nr = .093, iso = .088)

intervals <- lapply(effects, function(e) {
  F <- e / (1 - e) * 45
  x <- F_to_eta2(F, 1, 45, ci = .90, alternative = "two.sided")
  list(F = F, p = pf(F, 1, 45, lower.tail = FALSE), ci90 = c(x$CI_low, x$CI_high))
})

power <- lapply(effects[1:3], function(e) {
  f2 <- e / (1 - e)
  of <- function(lambda) pf(qf(.95, 1, 45), 1, 45, lambda, lower.tail = FALSE)
  list(f = sqrt(f2), lam_f2N = of(f2 * 47), lam_f2df2 = of(f2 * 45),
       lam_frounded2_N = of(round(sqrt(f2), 2)^2 * 47), gpower30_rho5 = of(f2 * 47 * 2 / (1 - .5)))
})

write_json(list(pes_ci_paper = intervals, power = power), "paper_2020.json", digits = 15, auto_unbox = TRUE, pretty = TRUE)
