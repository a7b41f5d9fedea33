package io.gilgamesh.internal.host;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The groups of one class's members. Those that it inherits unchanged are its superclass's. */
final class ClassMembers {

  /**
   * A field.
   *
   * @param name its name
   * @param type its type
   * @param isStatic whether it belongs to the class
   * @param getter the group that reads it
   * @param setter the group that writes it, null where it is final
   */
  record FieldGroups(
      String name,
      Class<?> type,
      boolean isStatic,
      MemberGroup getter,
      @Nullable MemberGroup setter) {}

  /** The JVM tells members in no order that lasts. */
  private static final Comparator<Overload> ORDER =
      Comparator.<Overload>comparingInt(overload -> overload.parameters().size())
          .thenComparing(Overload::toString);

  private final Class<?> type;
  private final Overloads overloads;
  private final Map<String, MemberGroup> methods = new TreeMap<>();
  private final Set<String> own = new LinkedHashSet<>();
  private final List<FieldGroups> fields = new ArrayList<>();
  private final @Nullable MemberGroup constructor;
  private final @Nullable MemberGroup function;

  ClassMembers(Class<?> type, AccessRules rules, @Nullable ClassMembers above) {
    this.type = type;
    overloads = new Overloads(rules);
    Members members = new Members(type, rules);
    Map<String, MemberGroup> inherited = above == null ? Map.of() : above.methods;
    members.methods().forEach((name, all) -> addMethods(name, all, inherited.get(name)));
    members.fields().forEach(this::addField);
    if (type.isArray()) {
      addLength();
    }
    constructor = constructor(members);
    function = callable();
  }

  private void addMethods(String name, List<Method> all, @Nullable MemberGroup inherited) {
    List<Overload> made = all.stream().map(overloads::of).sorted(ORDER).toList();
    if (inherited != null && isSame(made, inherited.overloads())) {
      methods.put(name, inherited);
    } else {
      methods.put(name, new MemberGroup(title(name), type, made));
      own.add(name);
    }
  }

  private static boolean isSame(List<Overload> here, List<Overload> above) {
    return here.size() == above.size()
        && here.stream().allMatch(one -> above.stream().anyMatch(other -> other.isInherited(one)));
  }

  private String title(String name) {
    return type.getTypeName() + "." + name;
  }

  private void addField(Field field) {
    boolean isFinal = Modifier.isFinal(field.getModifiers());
    String title = title(field.getName());
    fields.add(
        new FieldGroups(
            field.getName(),
            field.getType(),
            Modifier.isStatic(field.getModifiers()),
            new MemberGroup(title, type, List.of(overloads.getter(field))),
            isFinal ? null : new MemberGroup(title, type, List.of(overloads.setter(field)))));
  }

  private void addLength() {
    Overload length = Overloads.of("length", int.class, MethodHandles.arrayLength(type));
    MemberGroup getter = new MemberGroup(title("length"), type, List.of(length));
    fields.add(new FieldGroups("length", int.class, false, getter, null));
  }

  private @Nullable MemberGroup constructor(Members members) {
    List<Overload> made = new ArrayList<>();
    members.constructors().forEach(one -> made.add(overloads.of(one)));
    if (type.isArray()) {
      made.add(overloads.ofArray(type));
    }
    made.sort(ORDER);
    return made.isEmpty() ? null : new MemberGroup(type.getTypeName(), type, made);
  }

  private @Nullable MemberGroup callable() {
    Method method = Functions.ofObjects(type);
    return method == null ? null : methods.get(method.getName());
  }

  // ---- what was found

  /** The group of a method, inherited or not. */
  @Nullable MemberGroup method(String name) {
    return methods.get(name);
  }

  Map<String, MemberGroup> methods() {
    return methods;
  }

  /** The groups that the superclass has not, or has with other overloads. */
  Map<String, MemberGroup> ownMethods() {
    Map<String, MemberGroup> found = new LinkedHashMap<>();
    own.forEach(name -> found.put(name, methods.get(name)));
    return found;
  }

  List<FieldGroups> fields() {
    return fields;
  }

  @Nullable MemberGroup constructor() {
    return constructor;
  }

  @Nullable MemberGroup function() {
    return function;
  }
}
