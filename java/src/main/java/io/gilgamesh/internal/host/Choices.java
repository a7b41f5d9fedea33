package io.gilgamesh.internal.host;

import java.util.List;

/**
 * The overloads of a group among which calls choose.
 *
 * @param all each of them
 * @param statics those that need no target
 */
record Choices(OverloadSet all, OverloadSet statics) {

  static Choices of(String title, List<Overload> overloads) {
    List<Overload> statics = overloads.stream().filter(Overload::isStatic).toList();
    return new Choices(new OverloadSet(title, overloads), new OverloadSet(title, statics));
  }
}
