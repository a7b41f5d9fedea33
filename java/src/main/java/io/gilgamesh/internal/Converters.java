package io.gilgamesh.internal;

import io.gilgamesh.PythonConverter;
import io.gilgamesh.PythonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where converters are registered: in a context, in a Python, as services. What is registered is
 * joined with what stands around it when a conversion begins; joined anew only after a change.
 */
public final class Converters {

  /** Classes that cross by the shortest way, on which nobody looks for a converter. */
  private static final List<Class<?>> FIXED =
      List.of(
          Long.class,
          String.class,
          Double.class,
          Integer.class,
          Boolean.class,
          PythonObject.class,
          ArrayList.class);

  private final @Nullable Converters outer;
  private final Map<Class<?>, PythonConverter<?, ?>> own = new LinkedHashMap<>();
  private volatile @Nullable Joined joined;

  /** What is registered here and around, at one moment. */
  private record Joined(ConverterTable outer, ConverterTable table) {}

  /**
   * Services are looked for when the first value is converted that is not of the commonest kind.
   */
  private static final class Services {
    static final ConverterTable TABLE = ConverterTable.EMPTY.with(load());

    private static Map<Class<?>, PythonConverter<?, ?>> load() {
      Map<Class<?>, PythonConverter<?, ?>> found = new LinkedHashMap<>();
      for (PythonConverter<?, ?> converter : ServiceLoader.load(PythonConverter.class)) {
        found.putIfAbsent(checked(converter), converter);
      }
      return found;
    }
  }

  /**
   * Makes a place to register converters.
   *
   * @param outer the place around it, null where that is the services
   */
  public Converters(@Nullable Converters outer) {
    this.outer = outer;
  }

  /**
   * Registers a converter.
   *
   * @param converter the converter
   */
  public synchronized void register(PythonConverter<?, ?> converter) {
    own.put(checked(converter), converter);
    joined = null;
  }

  /**
   * Gives the classes of the converters that are registered here.
   *
   * @return a copy
   */
  public synchronized Set<Class<?>> types() {
    return Set.copyOf(own.keySet());
  }

  /**
   * Tells whether there can be a converter for a type, without looking for one.
   *
   * @param type the type
   * @return whether one can be registered for it or for what stands in it
   */
  public static boolean canConcern(ResolvedType type) {
    Class<?> raw = type.raw();
    return type.arguments().stream().anyMatch(Converters::canConcern)
        || !(raw.isPrimitive() || raw.isArray() || isFixed(raw));
  }

  private static boolean isFixed(Class<?> type) {
    return FIXED.stream().anyMatch(type::isAssignableFrom);
  }

  /**
   * Gives the converters that a conversion uses which begins now.
   *
   * @return the same table for as long as nothing is registered
   */
  public ConverterTable table() {
    ConverterTable around = outer == null ? Services.TABLE : outer.table();
    Joined known = joined;
    return known != null && known.outer == around ? known.table : join(around);
  }

  private synchronized ConverterTable join(ConverterTable around) {
    ConverterTable table = around.with(own);
    joined = new Joined(around, table);
    return table;
  }

  private static Class<?> checked(PythonConverter<?, ?> converter) {
    Class<?> type = Parameters.required(converter.type(), "type");
    Class<?> form = Parameters.required(converter.form(), "form");
    if (type == form) {
      throw new IllegalArgumentException("the form of " + type.getName() + " is the class itself");
    }
    boolean fixed = isFixed(type);
    if (fixed || type.isPrimitive() || type.isArray() || form.isPrimitive()) {
      throw new IllegalArgumentException(
          "no converter can be registered for "
              + type.getTypeName()
              + (form.isPrimitive() ? " by way of a primitive type: name its class instead" : "")
              + (fixed ? ": values of it cross as Python has them" : ""));
    }
    return type;
  }
}
