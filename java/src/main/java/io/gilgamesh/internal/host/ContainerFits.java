package io.gilgamesh.internal.host;

import io.gilgamesh.internal.Containers;
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

  static Fit ofCollection(Collection<?> value, Parameter wanted) {
    Class<?> raw = wanted.type();
    if (raw.isInstance(value)) {
      Match match = raw == value.getClass() ? Match.EXACT : Match.IMPLICIT;
      return typed(match, wanted, 0, all -> elements((Collection<?>) all, wanted));
    } else if (raw.isArray()) {
      return Fit.ifConvertible(all -> array((Collection<?>) all, wanted));
    } else if (Containers.isCollection(raw)) {
      return Fit.ifConvertible(all -> elements((Collection<?>) all, wanted));
    }
    return raw.isRecord() && !(value instanceof Set) ? record(wanted) : Fit.NONE;
  }

  static Fit ofDict(Map<?, ?> value, Parameter wanted) {
    Class<?> raw = wanted.type();
    if (raw.isInstance(value)) {
      Match match = raw == value.getClass() ? Match.EXACT : Match.IMPLICIT;
      return typed(match, wanted, 1, all -> entries((Map<?, ?>) all, wanted));
    } else if (Containers.isMap(raw)) {
      return Fit.ifConvertible(all -> entries((Map<?, ?>) all, wanted));
    }
    return raw.isRecord() ? record(wanted) : Fit.NONE;
  }

  private static Fit record(Parameter wanted) {
    return Fit.ifConvertible(
        parts -> TypeForm.ofNatural(parts, wanted.type(), wanted.converters()));
  }

  /** Elements of any type are left where they are. */
  private static Fit typed(Match match, Parameter wanted, int last, Conversion conversion) {
    for (int i = 0; i <= last; i++) {
      if (wanted.resolved().argument(i).raw() != Object.class) {
        return new Fit(match, conversion, Certainty.BY_KEY);
      }
    }
    return match == Match.EXACT ? Fit.EXACT : Fit.IMPLICIT;
  }

  // ---- what is made

  private static Object elements(Collection<?> all, Parameter wanted) {
    Class<?> raw = wanted.type();
    Parameter element = wanted.part("element", wanted.resolved().argument(0));
    boolean keep = raw.isInstance(all) && all.stream().allMatch(element::takesAsIs);
    if (keep) {
      return all;
    }
    Collection<@Nullable Object> made =
        (all instanceof Set ? Containers.ofSet(raw) : Containers.ofList(raw)).apply(all.size());
    all.forEach(value -> made.add(element.convert(value)));
    if (made.size() != all.size()) {
      throw Parameter.misfit(all, raw, "of its elements some are equal");
    }
    return made;
  }

  private static Object entries(Map<?, ?> all, Parameter wanted) {
    Class<?> raw = wanted.type();
    Parameter key = wanted.part("key", wanted.resolved().argument(0));
    Parameter value = wanted.part("value", wanted.resolved().argument(1));
    boolean fits = raw.isInstance(all);
    if (fits
        && all.keySet().stream().allMatch(key::takesAsIs)
        && all.values().stream().allMatch(value::takesAsIs)) {
      return all;
    }
    Map<@Nullable Object, @Nullable Object> made =
        fits ? new LinkedHashMap<>() : Containers.ofDict(raw).apply(all.size());
    all.forEach((k, v) -> made.put(key.convert(k), value.convert(v)));
    if (made.size() != all.size()) {
      throw Parameter.misfit(all, raw, "of its keys some are equal");
    }
    return made;
  }

  private static @Nullable Object array(Collection<?> all, Parameter wanted) {
    Class<?> raw = wanted.type().getComponentType();
    if (raw.isPrimitive()) {
      return Targets.convert(all, raw.arrayType());
    }
    Parameter element = wanted.element();
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
