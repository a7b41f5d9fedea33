package io.gilgamesh.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One row of the table: an operation, what its floor is made of, and the bar it has to clear. */
final class Benchmark {

  /** Something done many times. */
  interface Work {
    /**
     * Does it.
     *
     * @param times how often
     * @return a sum that tells whether all went right
     */
    long run(long times);
  }

  /** Measures a row in a way of its own. */
  interface Special {
    Result measure();
  }

  private static final Work NOTHING = times -> 0;

  private final String name;
  private final Bar bar;
  private final Work operation;
  private final List<Work> floors = new ArrayList<>();
  private final Map<String, Work> variants = new LinkedHashMap<>();
  private int elements;
  private Special special;

  private Benchmark(String name, Bar bar, Work operation) {
    this.name = name;
    this.bar = bar;
    this.operation = operation;
    this.special = () -> Harness.measure(this);
  }

  static Benchmark of(String name, Bar bar, Work operation) {
    return new Benchmark(name, bar, operation);
  }

  static Benchmark special(String name, Bar bar, Special special) {
    Benchmark made = new Benchmark(name, bar, NOTHING);
    made.special = special;
    return made;
  }

  /** Adds a part of the floor; the first one has the operation's sum. */
  Benchmark floor(Work part) {
    floors.add(part);
    return this;
  }

  /** Has the time of one element told too. */
  Benchmark elements(int count) {
    elements = count;
    return this;
  }

  /** Adds another way to do the same; its time is told under this name. */
  Benchmark variant(String key, Work work) {
    variants.put(key, work);
    return this;
  }

  String name() {
    return name;
  }

  Bar bar() {
    return bar;
  }

  Work operation() {
    return operation;
  }

  List<Work> floors() {
    return floors;
  }

  Map<String, Work> variants() {
    return variants;
  }

  int elements() {
    return elements;
  }

  Result measure() {
    return special.measure();
  }
}
