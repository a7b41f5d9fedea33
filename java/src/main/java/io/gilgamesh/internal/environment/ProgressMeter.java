package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonEnvironmentProgress;
import io.gilgamesh.PythonEnvironmentProgress.Step;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How far the making of an environment is. A package counts half when it is there, and half when it
 * is installed; before the installer says how many there are, nothing is claimed. Neither step nor
 * per cent goes back. May be used by several threads.
 */
final class ProgressMeter {
  private Consumer<PythonEnvironmentProgress> listener;
  private final Set<String> collected = new HashSet<>();
  private Step step = Step.FIND_PYTHON;
  private int total;
  private int there;
  private int installed;
  private int percent;

  ProgressMeter(Consumer<PythonEnvironmentProgress> listener) {
    this.listener = listener;
  }

  synchronized void step(Step reached, String message) {
    advance(reached);
    tell(message);
  }

  /** How many packages there are. */
  synchronized void total(int packages) {
    total = Math.max(total, packages);
  }

  /** A package is there, or will be; the same one may be named again. */
  synchronized void collected(String name, String message) {
    if (collected.add(name)) {
      there = Math.max(there, collected.size());
    }
    tell(message);
  }

  /** All packages are there, and are installed now. */
  synchronized void allCollected(int packages, String message) {
    total(packages);
    there = total;
    advance(Step.INSTALL);
    tell(message);
  }

  synchronized void installed(int packages) {
    if (packages > installed && step == Step.INSTALL) {
      installed = Math.min(packages, total);
      tell(installed + " of " + total + " packages installed");
    }
  }

  synchronized void done(String message) {
    step = Step.DONE;
    tell(message);
  }

  private void advance(Step reached) {
    if (reached.compareTo(step) > 0) {
      step = reached;
    }
  }

  private void tell(String message) {
    try {
      listener.accept(new PythonEnvironmentProgress(step, percent(), message));
    } catch (RuntimeException e) {
      listener = progress -> {};
    }
  }

  private OptionalInt percent() {
    if (step == Step.DONE) {
      return OptionalInt.of(100);
    }
    if (total == 0) {
      return OptionalInt.empty();
    }
    int now = (Math.min(there, total) + installed) * 100 / (2 * total);
    percent = Math.max(percent, Math.min(now, 99));
    return OptionalInt.of(percent);
  }
}
