package io.gilgamesh.internal.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Choices among overloads for calls with named arguments. The names, in the order of the call, tell
 * which parameter each argument is for; the rest is as for arguments by position.
 */
final class NamedChoices {

  /** What was chosen, and for each parameter the place of its argument among those given. */
  private record Choice(Plan plan, List<Integer> order) {
    @Nullable Object invoke(@Nullable Object target, @Nullable Object[] given) throws Throwable {
      return plan.invoke(target, arranged(given, order));
    }
  }

  /** An overload that has the names, and for each parameter the place of its argument. */
  private record Named(Overload overload, List<Integer> order) {
    boolean takes(String title, @Nullable Object[] given) {
      return Resolution.of(title, List.of(overload), arranged(given, order)) != null;
    }

    boolean isCertain(@Nullable Object[] given) {
      return overload.isCertain(arranged(given, order));
    }
  }

  /** A choice for arguments with these names and this key. */
  private record Known(List<String> names, CallKey key, Choice choice) {
    boolean fits(Set<String> others, @Nullable Object[] given) {
      return names.size() == others.size() && startsWith(others) && key.fits(given);
    }

    private boolean startsWith(Set<String> others) {
      int i = 0;
      for (String other : others) {
        if (!names.get(i++).equals(other)) {
          return false;
        }
      }
      return true;
    }
  }

  private final String title;
  private final List<Overload> overloads;
  private volatile Known[] known = {};

  NamedChoices(String title, List<Overload> overloads) {
    this.title = title;
    this.overloads = overloads;
  }

  @Nullable Object call(
      @Nullable Object target, @Nullable Object[] values, Map<String, @Nullable Object> named)
      throws Throwable {
    @Nullable Object[] given = joined(values, named);
    Choice choice = find(given, named.keySet());
    if (choice == null) {
      throw CallFailures.noneTakes(title, overloads, values, named);
    }
    return choice.invoke(target, given);
  }

  private static @Nullable Object[] joined(
      @Nullable Object[] values, Map<String, @Nullable Object> named) {
    @Nullable Object[] given = new Object[values.length + named.size()];
    System.arraycopy(values, 0, given, 0, values.length);
    int i = values.length;
    for (Object value : named.values()) {
      given[i++] = value;
    }
    return given;
  }

  private static @Nullable Object[] arranged(@Nullable Object[] given, List<Integer> order) {
    @Nullable Object[] arranged = new Object[given.length];
    for (int i = 0; i < arranged.length; i++) {
      arranged[i] = given[order.get(i)];
    }
    return arranged;
  }

  private @Nullable Choice find(@Nullable Object[] given, Set<String> names) {
    for (Known one : known) {
      if (one.fits(names, given)) {
        return one.choice;
      }
    }
    return choose(given, List.copyOf(names));
  }

  private @Nullable Choice choose(@Nullable Object[] given, List<String> names) {
    List<Named> candidates = candidates(given.length - names.size(), names);
    List<Named> taking = candidates.stream().filter(one -> one.takes(title, given)).toList();
    if (taking.isEmpty()) {
      return null;
    }
    List<Integer> order = taking.get(0).order;
    if (taking.stream().anyMatch(one -> !one.order.equals(order))) {
      throw CallFailures.ambiguous(title, overloads, given);
    }
    List<Overload> among = taking.stream().map(Named::overload).toList();
    Resolution chosen = Resolution.of(title, among, arranged(given, order));
    return chosen == null ? null : choice(chosen, order, candidates, given, names);
  }

  private List<Named> candidates(int positional, List<String> names) {
    List<Named> candidates = new ArrayList<>();
    for (Overload overload : overloads) {
      List<Integer> order = overload.order(positional, names);
      if (order != null) {
        candidates.add(new Named(overload, order));
      }
    }
    return candidates;
  }

  /** Remembers the choice where other arguments with the same key have the same one. */
  private Choice choice(
      Resolution chosen,
      List<Integer> order,
      List<Named> candidates,
      @Nullable Object[] given,
      List<String> names) {
    Choice choice = new Choice(new Plan(title, chosen.candidate()), order);
    boolean lasting =
        candidates.size() == 1
            ? chosen.lasting()
            : candidates.stream().allMatch(one -> one.isCertain(given));
    if (lasting) {
      remember(new Known(names, CallKey.of(given), choice));
    }
    return choice;
  }

  private synchronized void remember(Known one) {
    known = Recent.with(known, one);
  }

  /** Whether a choice for these arguments is remembered. */
  boolean knows(@Nullable Object[] values, Map<String, @Nullable Object> named) {
    @Nullable Object[] given = joined(values, named);
    return Arrays.stream(known).anyMatch(one -> one.fits(named.keySet(), given));
  }
}
