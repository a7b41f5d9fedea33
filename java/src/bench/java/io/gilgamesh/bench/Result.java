package io.gilgamesh.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured.
 *
 * @param ns of one operation
 * @param floorNs of its floor
 * @param ratio of both, or what the row calls its ratio
 * @param extra more figures, by key
 */
record Result(double ns, double floorNs, double ratio, Map<String, Double> extra) {

  static Result of(double ns, double floorNs) {
    return new Result(ns, floorNs, ns / floorNs, new LinkedHashMap<>());
  }

  Result with(String key, double figure) {
    extra.put(key, figure);
    return this;
  }

  double extra(String key) {
    return extra.get(key);
  }
}
