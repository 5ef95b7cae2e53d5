"""Mixed models for repeated measures by restricted maximum likelihood, with small-sample inference."""

from pilotage.stats.mixed_model.model import mmrm
from pilotage.stats.mixed_model.refusal import MixedModelError
from pilotage.stats.mixed_model.result import Combination, FixedEffects, FTest, MarginalMean, MixedModel, Tests

__all__ = ["Combination", "FTest", "FixedEffects", "MarginalMean", "MixedModel", "MixedModelError", "Tests", "mmrm"]
