package io.gilgamesh.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Times of one thing that is too long to be repeated in a round. */
final class Series {

  private final List<Double> nanos = new ArrayList<>();

  <T> T time(Supplier<T> work) {
    long began = System.nanoTime();
    T result = work.get();
    add(System.nanoTime() - began);
    return result;
  }

  void add(double time) {
    nanos.add(time);
  }

  double median() {
    return nanos.stream().sorted().toList().get(nanos.size() / 2);
  }

  double least() {
    return Collections.min(nanos);
  }

  double most() {
    return Collections.max(nanos);
  }
}
