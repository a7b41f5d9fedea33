package io.gilgamesh.internal.host;

import io.gilgamesh.internal.host.Fit.Certainty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way in which arguments fit an overload.
 *
 * @param overload the overload
 * @param variable whether the last arguments are passed in an array
 * @param parameters one for each argument
 * @param fits how each argument fits
 * @param match how well the worst of them does
 */
record Candidate(
    Overload overload, boolean variable, List<Parameter> parameters, List<Fit> fits, Match match) {

  /** Null where an argument does not fit. */
  static @Nullable Candidate of(
      Overload overload, boolean variable, List<Parameter> parameters, @Nullable Object[] values) {
    List<Fit> fits = new ArrayList<>();
    Match worst = Match.EXACT;
    for (int i = 0; i < values.length; i++) {
      Fit fit = parameters.get(i).fit(values[i]);
      fits.add(fit);
      worst = worst.worse(fit.match());
    }
    return worst == Match.NONE ? null : new Candidate(overload, variable, parameters, fits, worst);
  }

  /** The order of candidates: those of a lower tier count only where a higher one has none. */
  int tier() {
    if (match == Match.EXPLICIT) {
      return variable ? 4 : 3;
    } else if (variable) {
      return 2;
    }
    return match == Match.EXACT ? 0 : 1;
  }

  static final int TIERS = 5;

  boolean has(Certainty certainty) {
    for (Fit fit : fits) {
      if (fit.certainty() == certainty) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of the conversions that have to be tried fails. */
  boolean isRefused(@Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (fits.get(i).isRefused(values[i])) {
        return true;
      }
    }
    return false;
  }
}
