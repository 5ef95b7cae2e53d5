"""What stands under every table of the mixed analysis of variance, in a report or from a spreadsheet."""

INTERACTION = (
    "F, p and partial η² are those of time by group in a mixed analysis of variance (Type III sums of squares). "
    "The interval is 90 %, from the noncentral F (λ/(λ+N)): it leaves out nought exactly when p < .05."
)
TYPE_III = "Type III: the effect of time is that of unweighted means, as SPSS and afex give it."
EVERY_EFFECT = "Every effect of the analysis of variance"
