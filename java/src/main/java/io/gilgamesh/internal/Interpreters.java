package io.gilgamesh.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The interpreters by their numbers: 0 is the main one, the others serve isolated contexts. */
final class Interpreters {

  private static volatile @Nullable InterpreterState[] known = new InterpreterState[1];

  private Interpreters() {}

  /** Gives the state of an interpreter as it is now. */
  static InterpreterState numbered(int number) {
    @Nullable InterpreterState[] all = known;
    InterpreterState found = number < all.length ? all[number] : null;
    return found != null ? found : renew(number);
  }

  /**
   * Gives a new state: of an interpreter that is used for the first time, or by another context.
   */
  static synchronized InterpreterState renew(int number) {
    @Nullable InterpreterState[] all = known;
    if (number >= all.length) {
      all = Arrays.copyOf(all, Math.max(number + 1, 2 * all.length));
    }
    InterpreterState former = all[number];
    InterpreterState fresh =
        former == null
            ? new InterpreterState(number)
            : new InterpreterState(number, former.handles());
    all[number] = fresh;
    known = all;
    return fresh;
  }
}
