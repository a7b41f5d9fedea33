package io.gilgamesh.internal.host;

import io.gilgamesh.internal.Containers;
import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.Targets;
import io.gilgamesh.internal.TypeForm;
import io.gilgamesh.internal.host.Fit.Certainty;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How Python's lists, tuples, sets and dicts fit types. They have been copied already, so a
 * parameter with type arguments gets elements of these types, where Java itself would let others
 * in.
 */
final class ContainerFits {

  private ContainerFits() {}

  static Fit ofCollection(Collection<?> value, ResolvedType type) {
    Class<?> raw = type.raw();
    if (raw.isInstance(value)) {
      Match match = raw == value.getClass() ? Match.EXACT : Match.IMPLICIT;
      return typed(match, type, 0, all -> elements((Collection<?>) all, type));
    } else if (raw.isArray()) {
      return Fit.ifConvertible(all -> array((Collection<?>) all, type.argument(0)));
    } else if (Containers.isCollection(raw)) {
      return Fit.ifConvertible(all -> elements((Collection<?>) all, type));
    }
    return raw.isRecord() && !(value instanceof Set) ? record(raw) : Fit.NONE;
  }

  static Fit ofDict(Map<?, ?> value, ResolvedType type) {
    Class<?> raw = type.raw();
    if (raw.isInstance(value)) {
      Match match = raw == value.getClass() ? Match.EXACT : Match.IMPLICIT;
      return typed(match, type, 1, all -> entries((Map<?, ?>) all, type));
    } else if (Containers.isMap(raw)) {
      return Fit.ifConvertible(all -> entries((Map<?, ?>) all, type));
    }
    return raw.isRecord() ? record(raw) : Fit.NONE;
  }

  private static Fit record(Class<?> raw) {
    return Fit.ifConvertible(parts -> TypeForm.ofNatural(parts, raw));
  }

  /** Elements of any type are left where they are. */
  private static Fit typed(Match match, ResolvedType type, int last, Conversion conversion) {
    for (int i = 0; i <= last; i++) {
      if (type.argument(i).raw() != Object.class) {
        return new Fit(match, conversion, Certainty.BY_KEY);
      }
    }
    return match == Match.EXACT ? Fit.EXACT : Fit.IMPLICIT;
  }

  // ---- what is made

  private static Object elements(Collection<?> all, ResolvedType type) {
    Parameter element = new Parameter("element", type.argument(0));
    boolean keep = type.raw().isInstance(all) && all.stream().allMatch(element::takesAsIs);
    if (keep) {
      return all;
    }
    Collection<@Nullable Object> made =
        (all instanceof Set ? Containers.ofSet(type.raw()) : Containers.ofList(type.raw()))
            .apply(all.size());
    all.forEach(value -> made.add(element.convert(value)));
    if (made.size() != all.size()) {
      throw Parameter.misfit(all, type.raw(), "of its elements some are equal");
    }
    return made;
  }

  private static Object entries(Map<?, ?> all, ResolvedType type) {
    Parameter key = new Parameter("key", type.argument(0));
    Parameter value = new Parameter("value", type.argument(1));
    boolean fits = type.raw().isInstance(all);
    if (fits
        && all.keySet().stream().allMatch(key::takesAsIs)
        && all.values().stream().allMatch(value::takesAsIs)) {
      return all;
    }
    Map<@Nullable Object, @Nullable Object> made =
        fits ? new LinkedHashMap<>() : Containers.ofDict(type.raw()).apply(all.size());
    all.forEach((k, v) -> made.put(key.convert(k), value.convert(v)));
    if (made.size() != all.size()) {
      throw Parameter.misfit(all, type.raw(), "of its keys some are equal");
    }
    return made;
  }

  private static @Nullable Object array(Collection<?> all, ResolvedType component) {
    Class<?> raw = component.raw();
    if (raw.isPrimitive()) {
      return Targets.convert(all, raw.arrayType());
    }
    Parameter element = new Parameter("element", component);
    @Nullable Object[] made = (@Nullable Object[]) Array.newInstance(raw, all.size());
    int i = 0;
    for (Object value : all) {
      made[i] = element(element, value, i);
      i++;
    }
    return made;
  }

  private static @Nullable Object element(Parameter type, @Nullable Object value, int index) {
    try {
      return type.convert(value);
    } catch (RuntimeException e) {
      throw Parameter.isMisfit(e) ? Parameter.misfitAt(index, e) : e;
    }
  }
}
