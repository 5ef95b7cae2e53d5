"""Mixed models for repeated measures by restricted maximum likelihood, with small-sample inference."""

from pilotage.stats.mixed_model.inference import Linear
from pilotage.stats.mixed_model.model import mmrm
from pilotage.stats.mixed_model.refusal import MixedModelError
from pilotage.stats.mixed_model.result import FixedEffects, FTest, MarginalMean, MixedModel, Tests

__all__ = ["FTest", "FixedEffects", "Linear", "MarginalMean", "MixedModel", "MixedModelError", "Tests", "mmrm"]
