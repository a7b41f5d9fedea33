package io.gilgamesh.internal.host;

import io.gilgamesh.PythonTuple;
import io.gilgamesh.internal.facade.Implementation;
import io.gilgamesh.internal.facade.Requirement;
import io.gilgamesh.internal.host.HostCallException.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * What Python classes ask for that derive from interfaces, and the numbers of lists of interfaces
 * by which their instances cross.
 */
public final class Implementations {

  private static final Numbering<Implementation> NUMBERING = new Numbering<>("implementation");
  private static final Map<Implementation, Integer> NUMBERS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private Implementations() {}

  /**
   * Finds an implementation.
   *
   * @param number its number
   * @return the implementation
   * @throws HostCallException if there is none, or its interfaces were unloaded
   */
  public static Implementation numbered(int number) {
    return NUMBERING.get(number);
  }

  /** The number of a list of interfaces, and what each of their methods needs. */
  @Protocol("implement")
  static PythonTuple implement(Object interfaces) {
    List<Class<?>> types =
        ((List<?>) interfaces).stream().<Class<?>>map(Implementations::openType).toList();
    try {
      Implementation made = Implementation.of(types);
      PythonTuple needs =
          PythonTuple.copyOf(made.requirements().stream().map(Implementations::described).toList());
      return PythonTuple.of((long) NUMBERS.computeIfAbsent(made, NUMBERING::add), needs);
    } catch (IllegalArgumentException e) {
      throw new HostCallException(Kind.TYPE, String.valueOf(e.getMessage()));
    }
  }

  /** The names and groups of the default methods that an interface itself declares. */
  @Protocol("defaults")
  static PythonTuple defaults(Object number) {
    return PythonTuple.copyOf(
        HostClass.numbered(((Long) number).intValue()).defaults().entrySet().stream()
            .map(entry -> PythonTuple.of(entry.getKey(), (long) entry.getValue().number()))
            .toList());
  }

  private static Class<?> openType(Object number) {
    HostClass found = HostClass.numbered(((Long) number).intValue());
    found.rules().checkLookUp(found.type());
    return found.type();
  }

  /** As {@code gilgamesh._java._requirements} takes it. */
  private static PythonTuple described(Requirement need) {
    return PythonTuple.of(
        need.title(),
        need.name(),
        need.accessor(),
        need.isFunction(),
        need.mayRead(),
        (long) need.positional(),
        PythonTuple.copyOf(need.keywords()),
        need.isOpen(),
        need.special(),
        need.isAbstract());
  }
}
