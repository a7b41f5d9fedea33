package io.gilgamesh.internal;

import io.gilgamesh.PythonDiscriminator;
import io.gilgamesh.PythonName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The records that a sealed interface permits, itself or through other sealed interfaces.
 *
 * @param type the interface
 * @param key under which a dict says which record it is
 * @param members the records, in the order of their declaration
 */
record RecordFamily(Class<?> type, String key, List<Class<?>> members) {

  /**
   * The family of a sealed interface.
   *
   * @throws PathFailure if it permits anything but records, or two records have one name
   */
  static RecordFamily of(Class<?> type) {
    List<Class<?>> members = new ArrayList<>();
    collect(type, members);
    Set<String> names = new LinkedHashSet<>();
    for (Class<?> member : members) {
      if (!names.add(label(member))) {
        throw new PathFailure(
            "two records of "
                + type.getName()
                + " are called "
                + label(member)
                + ": name one by"
                + " @PythonName");
      }
    }
    return new RecordFamily(type, key(type), List.copyOf(members));
  }

  private static void collect(Class<?> type, List<Class<?>> into) {
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isSealed() && permitted.isInterface()) {
        collect(permitted, into);
      } else if (permitted.isRecord()) {
        into.add(permitted);
      } else {
        throw new PathFailure(
            "no value can become "
                + type.getName()
                + ": it permits "
                + permitted.getName()
                + ", which is no record");
      }
    }
  }

  /** Whether all that the interface permits are records. */
  static boolean is(Class<?> type) {
    if (!type.isSealed() || !type.isInterface()) {
      return false;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (!permitted.isRecord() && !is(permitted)) {
        return false;
      }
    }
    return true;
  }

  /** What tells a record from the others, for each family that it belongs to. */
  static List<RecordShape.Constant> constants(Class<?> record) {
    Set<String> keys = new LinkedHashSet<>();
    collectKeys(record, keys);
    return keys.stream().map(key -> new RecordShape.Constant(key, label(record))).toList();
  }

  private static void collectKeys(Class<?> type, Set<String> into) {
    for (Class<?> above : type.getInterfaces()) {
      if (is(above)) {
        into.add(key(above));
      }
      collectKeys(above, into);
    }
  }

  private static String key(Class<?> type) {
    PythonDiscriminator named = type.getAnnotation(PythonDiscriminator.class);
    return named == null ? PythonDiscriminator.DEFAULT : named.value();
  }

  /** What a record is called in Python. */
  static String label(Class<?> record) {
    PythonName named = record.getAnnotation(PythonName.class);
    return named == null ? record.getSimpleName() : named.value();
  }
}
