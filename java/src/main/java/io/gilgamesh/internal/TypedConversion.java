package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTuple;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One conversion of a decoded value to a type with records and parameters. What is wrong is
 * collected with its place, so that one try shows all of it.
 */
final class TypedConversion {

  /** Errors that are told; the rest is counted. */
  private static final int MOST_TOLD = 20;

  private final List<String> errors = new ArrayList<>();
  private String firstPath = "";
  private int count;

  private TypedConversion() {}

  /** Whether a class needs more than a look at the value itself. */
  static boolean isFor(Class<?> target) {
    return target.isRecord()
        || target == Optional.class
        || (target.isArray() && isFor(target.getComponentType()));
  }

  /**
   * Converts a decoded value.
   *
   * @param value a value in its natural form
   * @param type the wanted type
   * @return the value in that form, null for None
   */
  static @Nullable Object convert(@Nullable Object value, Type type) {
    TypedConversion conversion = new TypedConversion();
    Object converted = conversion.to(type, Map.of(), value, "");
    conversion.check();
    return converted;
  }

  private void check() {
    if (count == 1) {
      throw ApiBridge.get().conversion(firstPath, errors.get(0));
    } else if (count > 1) {
      String more = count > MOST_TOLD ? "\n  and " + (count - MOST_TOLD) + " more" : "";
      throw ApiBridge.get()
          .conversion("", count + " values do not fit:\n  " + String.join("\n  ", errors) + more);
    }
  }

  /** Notes what is wrong; there is no result then. */
  private @Nullable Object refuse(String path, String message) {
    if (count == 0) {
      firstPath = path;
      errors.add(message);
    } else if (count == 1) {
      errors.set(0, placed(firstPath, errors.get(0)));
    }
    if (count > 0 && count < MOST_TOLD) {
      errors.add(placed(path, message));
    }
    count++;
    return null;
  }

  private static String placed(String path, String message) {
    return path.isEmpty() ? message : path + ": " + message;
  }

  // ---- by the kind of type

  private @Nullable Object to(
      Type type, Map<String, Type> bound, @Nullable Object value, String path) {
    if (type instanceof Class<?> target) {
      return toClass(target, Map.of(), value, path);
    } else if (type instanceof ParameterizedType parameterized) {
      return toParameterized(parameterized, bound, value, path);
    } else if (type instanceof WildcardType wildcard) {
      return to(wildcard.getUpperBounds()[0], bound, value, path);
    } else if (type instanceof TypeVariable<?> variable) {
      Type known = bound.getOrDefault(variable.getName(), Object.class);
      return to(known, Map.of(), value, path);
    } else if (type instanceof GenericArrayType array) {
      return toArray(array.getGenericComponentType(), bound, value, path);
    }
    return refuse(path, "the type " + type + " is none that a value can have");
  }

  private @Nullable Object toClass(
      Class<?> target, Map<String, Type> bound, @Nullable Object value, String path) {
    if (target == Optional.class) {
      return Optional.ofNullable(value);
    } else if (value == null) {
      return target.isPrimitive()
          ? refuse(path, "None cannot become " + target.getTypeName())
          : null;
    } else if (target.isRecord()) {
      return target.isInstance(value) ? value : toRecord(target, bound, value, path);
    } else if (target.isArray() && isFor(target.getComponentType())) {
      return toArray(target.getComponentType(), bound, value, path);
    }
    try {
      return Targets.natural(value, target);
    } catch (PathFailure e) {
      return refuse(path + e.getPath(), String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Object toParameterized(
      ParameterizedType type, Map<String, Type> bound, @Nullable Object value, String path) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == Optional.class) {
      return Optional.ofNullable(value == null ? null : to(arguments[0], bound, value, path));
    } else if (value == null) {
      return null;
    } else if (raw.isRecord()) {
      return toRecord(raw, binding(raw, arguments, bound), value, path);
    } else if (raw.isAssignableFrom(LinkedHashMap.class) && arguments.length == 2) {
      return toMap(arguments, bound, value, path);
    } else if (raw.isAssignableFrom(ArrayList.class)) {
      return elements(arguments[0], bound, value, path, new ArrayList<>());
    } else if (raw.isAssignableFrom(LinkedHashSet.class)) {
      return elements(arguments[0], bound, value, path, new LinkedHashSet<>());
    }
    return refuse(path, "no value can become " + type.getTypeName());
  }

  private static Map<String, Type> binding(
      Class<?> raw, Type[] arguments, Map<String, Type> outer) {
    Map<String, Type> bound = new HashMap<>();
    TypeVariable<?>[] variables = raw.getTypeParameters();
    for (int i = 0; i < variables.length; i++) {
      Type argument = arguments[i];
      boolean isOuters = argument instanceof TypeVariable<?>;
      Type known = isOuters ? outer.getOrDefault(argument.getTypeName(), Object.class) : argument;
      bound.put(variables[i].getName(), known);
    }
    return bound;
  }

  // ---- containers

  private @Nullable Object elements(
      Type type,
      Map<String, Type> bound,
      Object value,
      String path,
      Collection<@Nullable Object> into) {
    if (!(value instanceof Collection<?> collection)) {
      return refuse(path, Targets.describe(value) + " is not a list, tuple or set");
    }
    boolean isSet = collection instanceof Set;
    int i = 0;
    for (Object element : collection) {
      String step = isSet ? "{" + i + "}" : "[" + i + "]";
      into.add(to(type, bound, element, path + step));
      i++;
    }
    return into;
  }

  private @Nullable Object toArray(
      Type component, Map<String, Type> bound, @Nullable Object value, String path) {
    if (value == null) {
      return null;
    }
    List<@Nullable Object> all = new ArrayList<>();
    if (elements(component, bound, value, path, all) == null || count > 0) {
      return null;
    }
    Object array = Array.newInstance(erased(component, bound), all.size());
    for (int i = 0; i < all.size(); i++) {
      Array.set(array, i, all.get(i));
    }
    return array;
  }

  private static Class<?> erased(Type type, Map<String, Type> bound) {
    if (type instanceof Class<?> known) {
      return known;
    } else if (type instanceof ParameterizedType parameterized) {
      return (Class<?>) parameterized.getRawType();
    } else if (type instanceof GenericArrayType array) {
      return erased(array.getGenericComponentType(), bound).arrayType();
    }
    Type known = bound.get(type.getTypeName());
    return known == null ? Object.class : erased(known, Map.of());
  }

  private @Nullable Object toMap(
      Type[] arguments, Map<String, Type> bound, Object value, String path) {
    if (!(value instanceof Map<?, ?> map)) {
      return refuse(path, Targets.describe(value) + " is not a dict");
    }
    Map<@Nullable Object, @Nullable Object> converted = new LinkedHashMap<>();
    map.forEach(
        (key, element) ->
            converted.put(
                to(arguments[0], bound, key, path + "[key " + PathFailure.show(key) + "]"),
                to(arguments[1], bound, element, path + "[" + PathFailure.show(key) + "]")));
    return converted;
  }

  // ---- records

  private @Nullable Object toRecord(
      Class<?> type, Map<String, Type> bound, Object value, String path) {
    RecordShape shape;
    try {
      shape = RecordShape.of(type);
    } catch (PathFailure e) {
      return refuse(path, String.valueOf(e.getMessage()));
    }
    int before = count;
    @Nullable Object[] parts = parts(type, shape, value, path);
    for (int i = 0; i < parts.length && count == before; i++) {
      parts[i] = parts[i] == MISSING ? missing(shape, i, type, path) : parts[i];
    }
    return count > before ? null : made(shape, parts, bound, path);
  }

  private @Nullable Object made(
      RecordShape shape, @Nullable Object[] parts, Map<String, Type> bound, String path) {
    int before = count;
    List<RecordComponent> components = shape.components();
    for (int i = 0; i < parts.length; i++) {
      RecordComponent component = components.get(i);
      parts[i] = to(component.getGenericType(), bound, parts[i], path + "." + component.getName());
    }
    try {
      return count > before ? null : shape.make(parts);
    } catch (PathFailure e) {
      return refuse(path, String.valueOf(e.getMessage()));
    }
  }

  private static final Object MISSING = new Object();

  /** An absent part is an empty Optional, or wrong. */
  private @Nullable Object missing(RecordShape shape, int index, Class<?> type, String path) {
    RecordComponent component = shape.components().get(index);
    return component.getType() == Optional.class
        ? null
        : refuse(path, "has no '" + component.getName() + "' for " + type.getSimpleName());
  }

  /** The parts of a record, by name, or by place where it is a tuple. */
  private @Nullable Object[] parts(Class<?> type, RecordShape shape, Object value, String path) {
    List<RecordComponent> components = shape.components();
    @Nullable Object[] parts = new Object[components.size()];
    if (value instanceof Map<?, ?> map) {
      checkNames(type, components, map, path);
      for (int i = 0; i < parts.length; i++) {
        String name = components.get(i).getName();
        parts[i] = map.containsKey(name) ? map.get(name) : MISSING;
      }
    } else if (value instanceof PythonTuple tuple && tuple.size() == parts.length) {
      tuple.toArray(parts);
    } else if (value instanceof PythonObject object) {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = attribute(object, components.get(i).getName());
      }
    } else {
      refuse(path, Targets.describe(value) + " cannot become " + type.getTypeName());
    }
    return parts;
  }

  private static @Nullable Object attribute(PythonObject object, String name) {
    Optional<PythonObject> found = object.findAttr(name);
    if (found.isEmpty()) {
      return MISSING;
    }
    try (PythonObject part = found.get()) {
      return part.toJava();
    }
  }

  /** A key that no component takes would be lost. */
  private void checkNames(
      Class<?> type, List<RecordComponent> components, Map<?, ?> map, String path) {
    for (Object key : map.keySet()) {
      if (components.stream().noneMatch(component -> component.getName().equals(key))) {
        refuse(
            path + "[" + PathFailure.show(key) + "]",
            type.getSimpleName() + " has no such component");
      }
    }
  }
}
