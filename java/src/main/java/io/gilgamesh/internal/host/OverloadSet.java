package io.gilgamesh.internal.host;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Overloads among which a call chooses, and the choices that were made. A choice is found again by
 * the key of the arguments; there are few for most members, so a short array is looked through.
 */
final class OverloadSet {

  /** A choice for arguments with this key. */
  private record Known(CallKey key, Plan plan) {}

  private final String title;
  private final List<Overload> overloads;
  private final List<Overload> refused;
  private volatile Known[] known = {};
  private volatile @Nullable NamedChoices named;

  /** Those that the policy refuses are told apart, and only where no other fits. */
  OverloadSet(String title, List<Overload> overloads) {
    this.title = title;
    this.overloads = overloads.stream().filter(one -> one.refusal() == null).toList();
    this.refused = overloads.stream().filter(one -> one.refusal() != null).toList();
  }

  boolean isEmpty() {
    return overloads.isEmpty() && refused.isEmpty();
  }

  @Nullable Object call(@Nullable Object target, @Nullable Object[] values) throws Throwable {
    Plan plan = find(values);
    if (plan == null) {
      throw refusal(values);
    }
    return plan.invoke(target, values);
  }

  private HostCallException refusal(@Nullable Object[] values) {
    for (Overload overload : refused) {
      HostCallException refusal = overload.refusal();
      boolean meant =
          overloads.isEmpty() || Resolution.of(title, List.of(overload), values) != null;
      if (refusal != null && meant) {
        return new HostCallException(refusal.kind(), String.valueOf(refusal.getMessage()));
      }
    }
    return CallFailures.noneFits(title, overloads, values);
  }

  /** The choice for these arguments, null where nothing fits. */
  @Nullable Plan find(@Nullable Object[] values) {
    for (Known one : known) {
      if (one.key.fits(values)) {
        return one.plan;
      }
    }
    return choose(values);
  }

  private @Nullable Plan choose(@Nullable Object[] values) {
    Resolution resolution = Resolution.of(title, overloads, values);
    if (resolution == null) {
      return null;
    }
    Plan plan = new Plan(title, resolution.candidate());
    if (resolution.lasting()) {
      remember(new Known(CallKey.of(values), plan));
    }
    return plan;
  }

  private synchronized void remember(Known one) {
    known = Recent.with(known, one);
  }

  /** Whether a choice for these arguments is remembered. */
  boolean knows(@Nullable Object[] values) {
    return Arrays.stream(known).anyMatch(one -> one.key.fits(values));
  }

  // ---- named arguments

  @Nullable Object call(
      @Nullable Object target, @Nullable Object[] values, Map<String, @Nullable Object> named)
      throws Throwable {
    if (overloads.isEmpty()) {
      throw refusal(values);
    }
    return named().call(target, values, named);
  }

  NamedChoices named() {
    NamedChoices all = named;
    if (all == null) {
      all = new NamedChoices(title, overloads);
      named = all;
    }
    return all;
  }
}
