package io.gilgamesh.internal;

import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Copies objects into other contexts: the package's {@code _copies} does it on both sides. */
public final class Copies {

  private static final String MODULE = "gilgamesh._copies";

  private Copies() {}

  /**
   * Copies an object.
   *
   * @param source an object of any context
   * @param target where the copy is to be
   * @return the copy
   */
  public static PythonObject copy(PythonObject source, ContextState target) {
    byte[] pickled;
    List<@Nullable Object> held;
    try (PythonObject module = Scripts.importModule(ApiBridge.get().context(source), MODULE);
        PythonObject parts = module.call("dump", source)) {
      pickled = Objects.requireNonNull(parts.itemTo(byte[].class, 0), "dump gives bytes");
      held = held(parts);
    }
    try (PythonObject module = Scripts.importModule(target, MODULE)) {
      return module.call("load", pickled, held);
    }
  }

  /** Gives the Java objects in the form in which they cross as themselves. */
  private static List<@Nullable Object> held(PythonObject parts) {
    List<@Nullable Object> held = new ArrayList<>();
    boolean[] plain = Objects.requireNonNull(parts.itemTo(boolean[].class, 2), "dump gives bools");
    try (PythonObject objects = parts.item(1)) {
      int index = 0;
      for (Object object : objects.toList()) {
        held.add(plain[index++] ? object : JavaObject.of(Objects.requireNonNull(object)));
      }
    }
    return held;
  }
}
