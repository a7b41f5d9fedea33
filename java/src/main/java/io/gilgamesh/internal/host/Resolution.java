package io.gilgamesh.internal.host;

import io.gilgamesh.internal.host.Fit.Certainty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The choice of an overload by the arguments of a call: those candidates whose worst argument fits
 * best, and of them the one that is better than each other in some argument and worse in none. The
 * order of {@code docs/overloads.md}; that in which overloads are declared plays no part.
 *
 * @param candidate what was chosen
 * @param lasting whether other arguments with the same key have the same choice
 */
record Resolution(Candidate candidate, boolean lasting) {

  /** Null where nothing fits. */
  static @Nullable Resolution of(
      String title, List<Overload> overloads, @Nullable Object[] values) {
    List<Candidate> candidates = new ArrayList<>();
    overloads.forEach(overload -> overload.addCandidates(values, candidates));
    boolean alone = overloads.size() == 1 && candidates.size() <= 1;
    for (int tier = 0; tier < Candidate.TIERS; tier++) {
      List<Candidate> fitting = fitting(candidates, tier, alone, values);
      if (!fitting.isEmpty()) {
        Candidate best = best(title, fitting, values);
        return new Resolution(best, isLasting(overloads, values, best, alone));
      }
    }
    return null;
  }

  private static List<Candidate> fitting(
      List<Candidate> candidates, int tier, boolean alone, @Nullable Object[] values) {
    return candidates.stream()
        .filter(candidate -> candidate.tier() == tier)
        .filter(candidate -> alone || !candidate.isRefused(values))
        .toList();
  }

  private static Candidate best(String title, List<Candidate> fitting, @Nullable Object[] values) {
    Candidate best = best(fitting, values);
    if (best == null) {
      best = best(fitting.stream().filter(one -> Arity.fits(one, values)).toList(), values);
    }
    if (best == null) {
      throw CallFailures.ambiguous(title, unbeaten(fitting, values), values);
    }
    return best;
  }

  private static @Nullable Candidate best(List<Candidate> fitting, @Nullable Object[] values) {
    for (Candidate candidate : fitting) {
      long better =
          fitting.stream().filter(rival -> Specificity.isBetter(candidate, rival, values)).count();
      if (better == fitting.size() - 1) {
        return candidate;
      }
    }
    return null;
  }

  private static List<Overload> unbeaten(List<Candidate> fitting, @Nullable Object[] values) {
    return fitting.stream()
        .filter(
            candidate ->
                fitting.stream().noneMatch(rival -> Specificity.isBetter(rival, candidate, values)))
        .map(Candidate::overload)
        .distinct()
        .toList();
  }

  /** Overloads that take as many arguments and did not fit may fit other values of the classes. */
  private static boolean isLasting(
      List<Overload> overloads, @Nullable Object[] values, Candidate best, boolean alone) {
    if (alone) {
      return !best.has(Certainty.BY_VALUE);
    }
    return overloads.stream().allMatch(overload -> overload.isCertain(values));
  }
}
